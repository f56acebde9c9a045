import {
  type BreakingChange,
  BreakingChangeType,
  buildASTSchema,
  type DangerousChange,
  type DefinitionNode,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
} from 'graphql';
import { completeDocument } from './complete-document.ts';

/** A change of a schema as graphql-js words it, and the rule that teaches it. */
export interface Graded {
  readonly change: BreakingChange | DangerousChange;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
}

/** What a change of a schema's definitions does to its clients; nothing where one side cannot be built. */
export function changesBetween(before: readonly DefinitionNode[], after: readonly DefinitionNode[]): Graded[] {
  const [old, now] = [schemaOf(before), schemaOf(after)];
  if (!old || !now) return [];
  return [
    ...findBreakingChanges(old, now)
      .filter((change) => !isNoBreak(change, old))
      .map((change) => ({ change, rule: 'breaking-graphql-change', severity: 'error' as const })),
    ...findDangerousChanges(old, now).map((change) => ({
      change,
      rule: 'dangerous-graphql-change',
      severity: 'warning' as const,
    })),
  ];
}

const executable = new Set<string>([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);

/** A directive that stands in schemas only is the server's business: no client writes it. */
function isNoBreak({ type, description }: BreakingChange, old: GraphQLSchema): boolean {
  if (!type.includes('DIRECTIVE')) return false;
  const words = new Set(description.match(/\w+/g));
  if (type === BreakingChangeType.DIRECTIVE_LOCATION_REMOVED) return ![...executable].some((place) => words.has(place));
  const meant = old.getDirectives().filter(({ name }) => words.has(name));
  return !meant.some(({ locations }) => locations.some((place) => executable.has(place)));
}

function schemaOf(definitions: readonly DefinitionNode[]): GraphQLSchema | undefined {
  try {
    return buildASTSchema(completeDocument(definitions), { assumeValid: true, assumeValidSDL: true });
  } catch {
    // A schema that cannot be built (two kinds of one name, say) is the server's start-up error, not a change to judge.
    return undefined;
  }
}
