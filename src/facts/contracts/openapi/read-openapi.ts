import type { SourceFile } from '../../../review/types.ts';
import type { ContractFacts } from '../../contract.ts';
import type { Project } from '../../project.ts';
import type { Problem } from '../../sql.ts';
import { compareAsyncapi, isAsyncapi } from '../asyncapi/compare-asyncapi.ts';
import { contractPaths, namedLikeContract, referredFiles } from '../contract-paths.ts';
import { type DocumentedOperation, operationsOfDocument } from '../documented-operations.ts';
import { openDocuments } from '../documents.ts';
import { operationsWithoutRoute } from '../unserved-operations.ts';
import { type Comparison, type PlacedProblem, short } from './change.ts';
import { checkDocument } from './check-document.ts';
import { compareDocuments } from './compare-documents.ts';

/** The head of a text says whether it is a whole document; a document may begin with long comments or `info`. */
const rootMark = /^[\t {]{0,10}["']?(?:openapi|swagger|asyncapi)["']?[\t ]{0,10}:[\t ]{0,10}["']?[23]\b/m;

/**
 * States the facts of a changed OpenAPI or AsyncAPI file, whole document or part.
 *
 * @returns undefined when the file is neither
 * @throws RangeError when a document is too large or too deep to read
 */
export function readOpenapi(file: SourceFile, project: Project): ContractFacts | undefined {
  const roots = rootsOf(file, project);
  if (roots.length === 0) return undefined;
  const problems: Problem[] = [];
  const notes = new Set<string>();
  for (const root of roots) {
    const { found, notes: told } = compareRoot(root, file, project);
    for (const { path, ...problem } of found) if (path === file.path) problems.push(problem);
    for (const text of told) notes.add(text);
  }
  return { format: 'openapi', problems: distinct(problems), notes: [...notes] };
}

/** Documents that a file is, or is a part of. */
function rootsOf(file: SourceFile, project: Project): readonly string[] {
  if (rootMark.test(file.after ?? '') || rootMark.test(file.before ?? '')) return [file.path];
  return project.paths
    .filter(
      (path) =>
        namedLikeContract(path) && rootMark.test(project.text(path) ?? '') && refersTo(path, file.path, project),
    )
    .slice(0, 5);
}

function refersTo(root: string, path: string, project: Project): boolean {
  const seen = new Set<string>([root]);
  const open = [root];
  for (let at = open.pop(); at !== undefined && seen.size < 200; at = open.pop()) {
    for (const next of referredFiles(at, project.text(at) ?? project.textBefore(at) ?? '')) {
      if (next === path) return true;
      if (seen.has(next) || !contractPaths.test(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

function compareRoot(
  root: string,
  file: SourceFile,
  project: Project,
): { found: readonly PlacedProblem[]; notes: ReadonlySet<string> } {
  const before = openDocuments((path) => (path === file.path ? file.before : project.textBefore(path)));
  const after = openDocuments((path) => (path === file.path ? file.after : project.text(path)));
  const basePath = root === file.path ? (file.previousPath ?? root) : root;
  const old = (basePath === file.previousPath ? openDocuments(() => file.before) : before).parsed(basePath);
  const now = after.parsed(root);
  const notes = new Set<string>();
  const found: PlacedProblem[] = checkDocument(after, root, now, file);
  if (old?.tree && now?.tree) {
    const comparison: Comparison = {
      before,
      after,
      lines: linesOf(file),
      today: new Date().toISOString().slice(0, 10),
      found: new Map(),
      notes,
      compared: new Set(),
      budget: { steps: 100_000 },
    };
    if (isAsyncapi(old.tree) && isAsyncapi(now.tree)) compareAsyncapi(comparison, old.tree, now.tree);
    else compareDocuments(comparison, old.tree, now.tree);
    found.push(...comparison.found.values());
    found.push(...unserved(project, operationsOfDocument(before, old.tree), operationsOfDocument(after, now.tree)));
  } else if (old?.tree && !file.after) found.push(removedDocument(file));
  return { found, notes };
}

/** Operations that the change adds and that the code does not serve. */
function unserved(
  project: Project,
  before: readonly DocumentedOperation[],
  after: readonly DocumentedOperation[],
): PlacedProblem[] {
  const key = ({ method, path }: DocumentedOperation) => `${method} ${path}`;
  const known = new Set(before.map(key));
  const added = after.filter((operation) => !known.has(key(operation)));
  const older = after.filter((operation) => known.has(key(operation)));
  return operationsWithoutRoute(project, added, older).map((operation) => ({
    path: operation.file,
    rule: 'operation-without-route',
    severity: 'notice',
    line: operation.line,
    endLine: operation.line,
    because: `\`${short(`${operation.method} ${operation.template}`)}\` is new here, and the code that serves its neighbours has no such route.`,
  }));
}

function removedDocument(file: SourceFile): PlacedProblem {
  return {
    path: file.path,
    rule: 'removed-operation',
    severity: 'warning',
    line: 1,
    endLine: 1,
    side: 'before',
    anywhere: true,
    because: 'the whole contract is gone.',
  };
}

/** Only the file at hand is known line by line: a problem elsewhere is stated when that file is read. */
function linesOf(file: SourceFile): Comparison['lines'] {
  return {
    added: (path) => (path === file.path ? file.added : []),
    removed: (path) => (path === file.path ? file.removed : []),
  };
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Map<string, Problem>();
  for (const problem of problems) {
    const key = [problem.rule, problem.side, problem.line].join(' ');
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()];
}
