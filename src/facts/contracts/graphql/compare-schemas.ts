import { isDeepStrictEqual } from 'node:util';
import {
  type BreakingChange,
  BreakingChangeType,
  buildASTSchema,
  type DangerousChange,
  DangerousChangeType,
  type DefinitionNode,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { completeDocument } from './complete-document.ts';

/** A change of a schema as graphql-js words it, and the rule that teaches it. */
export interface Graded {
  readonly change: BreakingChange | DangerousChange;
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'notice';
  /** No client notices it. */
  readonly harmless?: boolean;
}

/** What a change of a schema's definitions does to its clients; nothing where one side cannot be built. */
export function changesBetween(before: readonly DefinitionNode[], after: readonly DefinitionNode[]): Graded[] {
  const [old, now] = [schemaOf(before), schemaOf(after)];
  if (!old || !now) return [];
  return [
    ...findBreakingChanges(old, now)
      .filter((change) => !isNoBreak(change, old) && !goesWithItsUses(change, old, now))
      .map((change) => ({ change, rule: 'breaking-graphql-change', severity: 'error' as const })),
    ...findDangerousChanges(old, now).map((change) => ({
      change,
      rule: 'dangerous-graphql-change',
      // A new interface only lets fragments match that nobody has written yet, or that ask for it.
      severity:
        change.type === DangerousChangeType.IMPLEMENTED_INTERFACE_ADDED ? ('notice' as const) : ('warning' as const),
      harmless: isHarmless(change, now),
    })),
    ...changedInputDefaults(old, now),
  ];
}

/** graphql-js compares the defaults of arguments, and not those of the fields of an input. */
function changedInputDefaults(old: GraphQLSchema, now: GraphQLSchema): Graded[] {
  return Object.values(old.getTypeMap()).flatMap((before) => {
    const after = now.getType(before.name);
    if (!isInputObjectType(before) || !isInputObjectType(after)) return [];
    return Object.values(before.getFields()).flatMap(({ name, defaultValue }) => {
      const field = after.getFields()[name];
      if (!field || defaultValue === undefined || isDeepStrictEqual(defaultValue, field.defaultValue)) return [];
      const what = field.defaultValue === undefined ? 'was removed' : 'has changed';
      const description = `The default of ${before.name}.${name} ${what}.`;
      const change = { type: DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE, description };
      return [{ change, rule: 'dangerous-graphql-change', severity: 'warning' as const }];
    });
  });
}

/**
 * graphql-js calls optional input dangerous for servers that cannot tell a missing value from null. And a value that only
 * clients send surprises none of them.
 */
function isHarmless({ type, description }: DangerousChange, now: GraphQLSchema): boolean {
  if (type.startsWith('OPTIONAL_')) return true;
  const name = /enum type (\w+)/.exec(description)?.[1];
  if (type !== DangerousChangeType.VALUE_ADDED_TO_ENUM || name === undefined) return false;
  const uses = usesOf(now, name);
  return uses.length > 0 && uses.every(({ as }) => as === 'input');
}

/** A type whose every use went with a field that was removed: the field is what is told. */
function goesWithItsUses({ type, description }: BreakingChange, old: GraphQLSchema, now: GraphQLSchema): boolean {
  const name = type === BreakingChangeType.TYPE_REMOVED ? /^(\w+) was removed/.exec(description)?.[1] : undefined;
  const uses = name === undefined ? [] : usesOf(old, name);
  return uses.length > 0 && uses.every(({ owner, field }) => lost(now, owner, field));
}

/** The type is still there, the field is not. */
function lost(now: GraphQLSchema, owner: string, field: string): boolean {
  const type = now.getType(owner);
  return type !== undefined && 'getFields' in type && !Object.hasOwn(type.getFields(), field);
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

interface Use {
  readonly owner: string;
  readonly field: string;
  readonly as: 'answer' | 'input';
}

const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, readonly Use[]>>();

/** The fields of a schema that answer a type, take it as an argument or are part of an input; gathered once for all types. */
function usesOf(schema: GraphQLSchema, name: string): readonly Use[] {
  let uses = known.get(schema);
  if (!uses) {
    const all = [...usesIn(schema)];
    uses = new Map([...Map.groupBy(all, ([type]) => type)].map(([type, found]) => [type, found.map(([, use]) => use)]));
    known.set(schema, uses);
  }
  return uses.get(name) ?? [];
}

function* usesIn(schema: GraphQLSchema): Generator<readonly [string, Use]> {
  for (const type of Object.values(schema.getTypeMap())) {
    const owner = type.name;
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields()))
        yield [getNamedType(field.type).name, { owner, field: field.name, as: 'input' }];
    if (!(isObjectType(type) || isInterfaceType(type)) || owner.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      yield [getNamedType(field.type).name, { owner, field: field.name, as: 'answer' }];
      for (const { type: taken } of field.args)
        yield [getNamedType(taken).name, { owner, field: field.name, as: 'input' }];
    }
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
