import { type DefinitionNode, GraphQLError, parse, Source } from 'graphql';
import type { SourceFile } from '../../../review/types.ts';
import type { ContractFacts } from '../../contract.ts';
import type { Project } from '../../project.ts';
import type { Problem } from '../../sql.ts';
import { contractPaths, isGraphql } from '../contract-paths.ts';
import { changesBetween, type Graded } from './compare-schemas.ts';
import { isTypeSystem } from './complete-document.ts';
import { embeddedGraphql, mayEmbedGraphql } from './embedded.ts';
import { type Located, locate } from './locate.ts';

/** The largest schemas that are published have less than 100,000. */
const maxTokens = 150_000;
const maxFiles = 100;
const maxNotes = 50;

/**
 * States what a changed GraphQL schema file does to its consumers: every breaking and dangerous change that graphql-js knows.
 * The schema may be split over files, and stand in templates of code; what is not in sight is taken to be unchanged.
 *
 * @returns undefined for a file of operations only, which is a client's, and for code without a schema
 */
export function readGraphql(file: SourceFile, project: Project): ContractFacts | undefined {
  if (!isGraphql(file.path) && ![file.before, file.after].some((text) => mayEmbedGraphql(file.path, text)))
    return undefined;
  const own = { before: definitionsOf(file.path, file.before), after: definitionsOf(file.path, file.after) };
  const failed = own.after.error;
  // The parser stumbles below the line that is wrong: a text that was sound is broken by the change.
  if (failed) return { format: 'graphql', problems: [{ ...failed, anywhere: !own.before.error }], notes: [] };
  if (![...own.before.definitions, ...own.after.definitions].some(isTypeSystem)) return undefined;
  if (file.before === undefined) return { format: 'graphql', problems: [], notes: [] };
  const problems: Problem[] = [];
  const notes: string[] = [];
  for (const { change, rule, severity, harmless } of changesFor(file, project)) {
    const at = locate(change.description, own.before.definitions, own.after.definitions, file);
    if (!at) continue;
    if (harmless) notes.push(change.description.slice(0, 200));
    else problems.push(problemOf(at, rule, severity, change.description));
  }
  return { format: 'graphql', problems, notes: notes.slice(0, maxNotes) };
}

const compared = new WeakMap<Project, { readonly paths: ReadonlySet<string>; readonly changes: readonly Graded[] }>();

/** What the change does to the whole schema: compared once for all of its files, but for a file that the project knows otherwise. */
function changesFor(file: SourceFile, project: Project): readonly Graded[] {
  let whole = compared.get(project);
  if (!whole) {
    const paths = schemaPaths(project);
    whole = {
      paths: new Set(paths),
      changes: changesBetween(
        paths.flatMap((path) => definitionsOf(path, project.textBefore(path)).definitions),
        paths.flatMap((path) => definitionsOf(path, project.text(path)).definitions),
      ),
    };
    compared.set(project, whole);
  }
  const { path, before, after } = file;
  if (whole.paths.has(path) && before === project.textBefore(path) && after === project.text(path))
    return whole.changes;
  const others = [...whole.paths].filter((other) => other !== path);
  const side = (own: string | undefined, textOf: Project['text']) =>
    [definitionsOf(path, own), ...others.map((other) => definitionsOf(other, textOf(other)))].flatMap(
      ({ definitions }) => definitions,
    );
  return changesBetween(side(before, project.textBefore), side(after, project.text));
}

/** The schema's files, those that differ first: they are the question. */
function schemaPaths(project: Project): string[] {
  const embeds = (path: string) =>
    mayEmbedGraphql(path, project.text(path)) || mayEmbedGraphql(path, project.textBefore(path));
  const paths = project.paths.filter((path) => (isGraphql(path) ? contractPaths.test(path) : embeds(path)));
  const differs = (path: string) => project.text(path) !== project.textBefore(path);
  return [...paths.filter(differs), ...paths.filter((path) => !differs(path))].slice(0, maxFiles);
}

function problemOf(at: Located, rule: string, severity: Graded['severity'], because: string): Problem {
  const words = because.replaceAll('`', "'").slice(0, 200);
  return {
    rule,
    severity,
    line: at.line,
    endLine: at.endLine,
    because: words,
    anywhere: true,
    ...(at.side && { side: at.side }),
  };
}

function definitionsOf(
  path: string,
  text: string | undefined,
): { definitions: readonly DefinitionNode[]; error?: Problem } {
  if (text === undefined) return { definitions: [] };
  if (!isGraphql(path)) return { definitions: definitionsInCode(path, text) };
  try {
    return { definitions: parse(new Source(text, path), { maxTokens }).definitions };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (/Parsing aborted/.test(error.message)) throw new RangeError('too long to be reviewed');
    const line = Math.min(error.locations?.[0]?.line ?? 1, text.trimEnd().split('\n').length);
    return {
      definitions: [],
      error: {
        rule: 'invalid-contract',
        line,
        endLine: line,
        severity: 'error',
        because: 'Here the text is not valid GraphQL.',
      },
    };
  }
}

/** A text of code that does not parse is told where code is reviewed. */
function definitionsInCode(path: string, text: string): readonly DefinitionNode[] {
  if (!mayEmbedGraphql(path, text)) return [];
  try {
    return parse(new Source(embeddedGraphql(path, text), path), { maxTokens }).definitions;
  } catch {
    return [];
  }
}
