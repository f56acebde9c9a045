import type { SourceFile } from '../../review/types.ts';
import { isJavaScript } from '../javascript/parse.ts';
import type { Project } from '../project.ts';
import { type CodeRoute, routesIn, routesOf } from './code-routes.ts';
import { type DocumentedOperation, documentedOperations } from './documented-operations.ts';

/** A documented operation whose route this change takes away. */
export interface LostRoute {
  readonly operation: DocumentedOperation;
  /** Line of the base's text. */
  readonly line: number;
}

const maxFiles = 400;

/**
 * Routes that a file of code served and serves no more, though a contract still has them. Told only where nothing in sight
 * may serve them now: no route that ends alike, no other changed file that names the path's last word anew.
 */
export function lostRoutes(file: SourceFile, project: Project): readonly LostRoute[] {
  if (file.before === undefined || file.before === file.after || !isJavaScript(file.path)) return [];
  const operations = documentedOperations(project);
  if (operations.length === 0) return [];
  const before = routesIn(file.previousPath ?? file.path, file.before);
  const after = file.after === undefined ? [] : routesIn(file.path, file.after);
  // A text of which nothing can be read any more has not lost its routes: it cannot be parsed, or is built otherwise now.
  if (file.after !== undefined && after.length === 0) return [];
  return before.flatMap(({ method, path, line }) => {
    if (after.some((route) => serves(route, { method, path }))) return [];
    const meant = operations.filter(
      (operation) =>
        operation.method === method && endsAlike(operation.path, path) && describes(operation.file, file.path),
    );
    const [operation] = meant;
    if (!operation || meant.length > 1 || !hasWord(path)) return [];
    if (!file.removed.includes(line) || isServed(project, operation) || isNamedAnew(project, file, operation))
      return [];
    return [{ operation, line }];
  });
}

/**
 * Operations that are new in a contract and that no route in sight serves. Told only where a file in sight serves most
 * of the older operations of the same resource, so that this is where the route would be.
 *
 * @param added operations of the head that the base does not have
 * @param older operations that both have
 */
export function operationsWithoutRoute(
  project: Project,
  added: readonly DocumentedOperation[],
  older: readonly DocumentedOperation[],
): readonly DocumentedOperation[] {
  if (added.length === 0 || older.length < 2) return [];
  const files = codeFiles(project);
  return added.filter((operation) => {
    const word = wordsOf(operation.path).at(-1);
    if (word === undefined || isServed(project, operation)) return false;
    const siblings = older.filter(({ path }) => resourceOf(path) === resourceOf(operation.path));
    const home = files.some(
      (path) => servedBy(routesOf(project, path), siblings) >= Math.max(2, siblings.length * 0.6),
    );
    if (!home) return false;
    // A new word that some code knows, or a generator that goes by the operation's id: the route may be built elsewhere.
    const isNewWord = !siblings.some(({ path }) => wordsOf(path).includes(word));
    return !files.some((path) => {
      const text = project.text(path) ?? '';
      return (isNewWord && names(text, word)) || (operation.id !== undefined && text.includes(operation.id));
    });
  });
}

/**
 * Whether a contract may be about a file of code: one that lies in a package of its own is about that package, one in a
 * folder of documents about what the folder stands in.
 */
function describes(contract: string, code: string): boolean {
  const folders = contract.split('/').slice(0, -1);
  const documents = folders.findIndex((name, i) => aside.test(name) || (i === 0 && name === 'api'));
  const root = documents < 0 ? folders : folders.slice(0, documents);
  // `packages/contracts` is a package about the others.
  if (documents > 0 && /^(?:packages|libs)$/.test(root.at(-1) ?? '')) root.pop();
  const path = code.split('/');
  return root.every((name, i) => path[i] === name);
}

const aside = /^(?:docs?|specs?|openapi|swagger|asyncapi|contracts?|schemas?|public|static|assets|resources|src)$/i;

function isServed(project: Project, operation: Pick<DocumentedOperation, 'method' | 'path'>): boolean {
  return codeFiles(project).some((path) => routesOf(project, path).some((route) => serves(route, operation)));
}

/** The route may be mounted below a prefix: an operation that ends like it may be its own. */
function serves(route: Pick<CodeRoute, 'method' | 'path'>, operation: { method: string; path: string }): boolean {
  if (route.method !== operation.method && route.method !== 'ALL') return false;
  return route.path.includes('*') || endsAlike(operation.path, route.path);
}

function endsAlike(path: string, end: string): boolean {
  return path === end || (end !== '/' && path.endsWith(end));
}

function servedBy(routes: readonly CodeRoute[], operations: readonly DocumentedOperation[]): number {
  return operations.filter((operation) => routes.some((route) => serves(route, operation))).length;
}

/** A file that says a path's last word more often than before, or this one as often: the route may have moved there. */
function isNamedAnew(project: Project, file: SourceFile, { path }: DocumentedOperation): boolean {
  const word = wordsOf(path).at(-1) ?? '';
  const explained = routesIn(file.path, file.after ?? '').some((route) => wordsOf(route.path).includes(word));
  if (!explained && countOf(file.after ?? '', word) >= countOf(file.before ?? '', word)) return true;
  return project.paths.some((other) => {
    if (!isJavaScript(other) || other === file.path) return false;
    const [now, old] = [project.text(other), project.textBefore(other)];
    return now !== undefined && now !== old && countOf(now, word) > countOf(old ?? '', word);
  });
}

function codeFiles(project: Project): readonly string[] {
  return project.paths.filter((path) => isJavaScript(path) && project.text(path) !== undefined).slice(0, maxFiles);
}

function wordsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '{}' && !/^v\d+$|^api$/.test(part));
}

function hasWord(path: string): boolean {
  return wordsOf(path).length > 0;
}

function resourceOf(path: string): string {
  return wordsOf(path)[0] ?? '';
}

/** Whether a text names a path's part in any spelling: `mark-paid`, `markPaid`, `mark_paid`. */
function names(text: string, word: string): boolean {
  return squeezed(text).includes(squeezed(word));
}

function countOf(text: string, word: string): number {
  return squeezed(text).split(squeezed(word)).length - 1;
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, '');
}
