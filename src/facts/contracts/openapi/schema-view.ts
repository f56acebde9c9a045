import type { Documents } from '../documents.ts';
import { child, entries, items, type Tree } from '../tree.ts';
import type { Spot } from './change.ts';

/** Several schemas that must all hold: one schema is a list of one, an `allOf` of three a list of four. */
export type Conjunction = readonly Spot[];

/** A schema with its references followed and its `allOf` flattened, so that moving a property into a parent is no change. */
export interface SchemaView {
  readonly parts: Conjunction;
  /** JSON types allowed, undefined when any is; `null` among them when the schema is nullable. */
  readonly types?: ReadonlySet<string>;
  readonly required: ReadonlyMap<string, Spot>;
  readonly properties: ReadonlyMap<string, Conjunction>;
}

const maxParts = 60;

/** Follows references and flattens `allOf`; a reference that leads nowhere adds nothing. */
export function viewOf(documents: Documents, schema: Conjunction): SchemaView {
  const parts: Spot[] = [];
  for (const spot of schema) flatten(documents, spot, parts);
  const required = new Map<string, Spot>();
  const properties = new Map<string, Conjunction>();
  for (const part of parts) {
    for (const item of items(child(part.node, 'required')))
      required.set(String(item.scalar), { node: item, via: part.via });
    for (const [name, node] of entries(child(part.node, 'properties')))
      properties.set(name, [...(properties.get(name) ?? []), { node, via: part.via }]);
  }
  const types = typesOf(parts);
  return { parts, required, properties, ...(types && { types }) };
}

function flatten(documents: Documents, at: Spot, into: Spot[]): void {
  if (into.length >= maxParts) return;
  const resolved = documents.resolve(at.node);
  if (!resolved) return;
  if (into.some((part) => part.node.id === resolved.node.id)) return;
  const part = { node: resolved.node, via: [...at.via, ...resolved.via] };
  const single = onlyChoice(resolved.node);
  if (single) {
    into.push({ node: without(resolved.node, single.keyword), via: part.via });
    flatten(documents, { node: single.choice, via: part.via }, into);
    return;
  }
  const choice = orNull(documents, resolved.node);
  if (choice) {
    const { node, via } = choice.other;
    into.push({ node: without(resolved.node, choice.keyword), via: part.via });
    flatten(documents, { node: nullable(node), via: [...part.via, ...via] }, into);
  } else into.push(part);
  // OpenAPI 3.1 lets a reference have siblings that hold as well.
  for (const site of resolved.via)
    if ((site.map?.size ?? 0) > 1) into.push({ node: without(site, '$ref'), via: at.via });
  for (const member of items(child(resolved.node, 'allOf'))) flatten(documents, { node: member, via: part.via }, into);
}

/** A choice of one is none: generators write a reference so where something else stands beside it. */
function onlyChoice(node: Tree): { keyword: string; choice: Tree } | undefined {
  for (const keyword of ['oneOf', 'anyOf']) {
    const [choice, ...others] = items(child(node, keyword));
    if (choice && others.length === 0 && child(choice, '$ref')) return { keyword, choice };
  }
  return undefined;
}

/** A choice between a schema and `null` is that schema, nullable: another way to write `type: [X, 'null']`. */
function orNull(documents: Documents, node: Tree): { keyword: string; other: Spot } | undefined {
  for (const keyword of ['anyOf', 'oneOf']) {
    const choices = items(child(node, keyword));
    const others = choices.filter((choice) => child(choice, 'type')?.scalar !== 'null');
    const other = choices.length === 2 && others.length === 1 ? others[0] && documents.resolve(others[0]) : undefined;
    if (other) return { keyword, other };
  }
  return undefined;
}

/** The same schema with `null` among its values; what it contains is the same content, and it is another. */
function nullable(node: Tree): Tree {
  const flag: Tree = { path: node.path, line: node.line, endLine: node.endLine, id: -node.id - 1, scalar: true };
  return { ...node, id: -node.id - 1, map: new Map([...entries(node), ['nullable', flag]]) };
}

function without(node: Tree, keyword: string): Tree {
  return { ...node, map: new Map([...entries(node)].filter(([key]) => key !== keyword)) };
}

function typesOf(parts: Conjunction): ReadonlySet<string> | undefined {
  let types: Set<string> | undefined;
  for (const { node } of parts) {
    const own = ownTypes(node);
    if (own)
      types = types
        ? new Set([...types].filter((type) => own.has(type) || (type === 'integer' && own.has('number'))))
        : own;
  }
  return types;
}

function ownTypes(node: Tree): Set<string> | undefined {
  const type = child(node, 'type');
  const names = type?.list
    ? type.list.map((item) => String(item.scalar))
    : typeof type?.scalar === 'string'
      ? [type.scalar]
      : undefined;
  if (!names) return undefined;
  const types = new Set(names);
  if (child(node, 'nullable')?.scalar === true || child(node, 'x-nullable')?.scalar === true) types.add('null');
  return types;
}

/** Values of a keyword in all parts of a view, with their spots. */
export function keyword(view: SchemaView, name: string): readonly Spot[] {
  const found: Spot[] = [];
  for (const part of view.parts) {
    const node = child(part.node, name);
    if (node) found.push({ node, via: part.via });
  }
  return found;
}

const forPeople =
  /^(?:title|description|summary|examples?|default|deprecated|readOnly|writeOnly|nullable|externalDocs|\$comment|x-.*)$/;

/** A schema that every value fits: `true`, `{}`, or words for people alone. */
export function admitsAnything({ scalar, map }: Tree): boolean {
  return scalar === true || (map !== undefined && [...map.keys()].every((key) => forPeople.test(key)));
}

/** The type of value that a keyword speaks of: `maxLength` says nothing of a number. */
const spokenOf: readonly (readonly [RegExp, readonly string[]])[] = [
  [/Length$|^pattern$/, ['string']],
  [/^(?:exclusiveM|m)(?:ax|in)imum$|^multipleOf$/, ['number', 'integer']],
  [/Items$|Contains$/, ['array']],
  [/Properties$/, ['object']],
];

/** Whether a bound or pattern has any value to bound in a schema of these types. */
export function concerns(view: SchemaView, name: string): boolean {
  const types = spokenOf.find(([names]) => names.test(name))?.[1];
  return !types || !view.types || types.some((type) => view.types?.has(type));
}
