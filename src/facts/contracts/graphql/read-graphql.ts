import {
  type BreakingChange,
  BreakingChangeType,
  buildASTSchema,
  type DangerousChange,
  type DefinitionNode,
  findBreakingChanges,
  findDangerousChanges,
  GraphQLError,
  type GraphQLSchema,
  parse,
  Source,
} from 'graphql';
import type { SourceFile } from '../../../review/types.ts';
import type { ContractFacts } from '../../contract.ts';
import type { Project } from '../../project.ts';
import type { Problem } from '../../sql.ts';
import { contractPaths } from '../contract-paths.ts';
import { completeDocument, isTypeSystem } from './complete-document.ts';
import { type Located, locate } from './locate.ts';

const maxTokens = 50_000;
const maxFiles = 100;
/** Each change is looked for in the whole schema: more than this in one file is another schema. */
const maxChanges = 500;

/**
 * States what a changed GraphQL schema file does to its consumers: every breaking and dangerous change that graphql-js knows.
 * The schema may be split over files; what is not in sight is taken to be unchanged.
 *
 * @returns undefined for a file of operations only, which is a client's
 */
export function readGraphql(file: SourceFile, project: Project): ContractFacts | undefined {
  const own = { before: definitionsOf(file.path, file.before), after: definitionsOf(file.path, file.after) };
  const failed = own.after.error;
  if (failed) return { format: 'graphql', problems: [failed], notes: [] };
  if (![...own.before.definitions, ...own.after.definitions].some(isTypeSystem)) return undefined;
  const others = project.paths
    .filter((path) => path !== file.path && /\.(?:graphqls?|gql)$/i.test(path) && contractPaths.test(path))
    .slice(0, maxFiles);
  const before = schemaOf([
    ...own.before.definitions,
    ...others.flatMap((path) => definitionsOf(path, project.textBefore(path)).definitions),
  ]);
  const after = schemaOf([
    ...own.after.definitions,
    ...others.flatMap((path) => definitionsOf(path, project.text(path)).definitions),
  ]);
  if (!before || !after || file.before === undefined) return { format: 'graphql', problems: [], notes: [] };
  const problems: Problem[] = [];
  const state = (change: BreakingChange | DangerousChange, rule: string, severity: 'error' | 'warning') => {
    const at = locate(change.description, own.before.definitions, own.after.definitions, file);
    if (at) problems.push(problemOf(at, rule, severity, change.description));
  };
  for (const change of findBreakingChanges(before, after).slice(0, maxChanges))
    if (!isNoBreak(change)) state(change, 'breaking-graphql-change', 'error');
  for (const change of findDangerousChanges(before, after).slice(0, maxChanges))
    state(change, 'dangerous-graphql-change', 'warning');
  return { format: 'graphql', problems, notes: [] };
}

function problemOf(at: Located, rule: string, severity: 'error' | 'warning', because: string): Problem {
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

/** A repeatable directive and the order of locations are the server's business. */
function isNoBreak(change: BreakingChange): boolean {
  return change.type === BreakingChangeType.DIRECTIVE_REPEATABLE_REMOVED;
}

function definitionsOf(
  path: string,
  text: string | undefined,
): { definitions: readonly DefinitionNode[]; error?: Problem } {
  if (text === undefined) return { definitions: [] };
  try {
    return { definitions: parse(new Source(text, path), { maxTokens }).definitions };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line ?? 1;
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

function schemaOf(definitions: readonly DefinitionNode[]): GraphQLSchema | undefined {
  try {
    return buildASTSchema(completeDocument(definitions), { assumeValid: true, assumeValidSDL: true });
  } catch {
    // A schema that cannot be built (two kinds of one name, say) is the server's start-up error, not a change to judge.
    return undefined;
  }
}
