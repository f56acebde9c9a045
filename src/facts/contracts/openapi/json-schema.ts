import type { Documents } from '../documents.ts';
import { child, entries, isTrue, items, plainValue, type Tree } from '../tree.ts';

type Json = Record<string, unknown>;

interface Conversion {
  readonly documents: Documents;
  readonly version: number;
  readonly direction: 'request' | 'response' | undefined;
  readonly definitions: Map<number, Json>;
  readonly budget: { nodes: number };
}

/** Keywords whose value is one schema, a list of schemas, a map of schemas. */
const one = new Set([
  'items',
  'not',
  'additionalProperties',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
]);
const many = new Set(['allOf', 'oneOf', 'anyOf', 'prefixItems']);
const byName = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const plain = new Set(
  'type enum const format pattern minimum maximum minLength maxLength minItems maxItems minProperties maxProperties multipleOf uniqueItems minContains maxContains dependentRequired'.split(
    ' ',
  ),
);

/**
 * An OpenAPI schema as JSON Schema 2020-12, references turned into definitions. Identifiers and anchors of a hostile schema do
 * not come through.
 *
 * @param direction where given, read-only or write-only properties are not demanded in the other direction
 * @throws RangeError when the schema with all it refers to is too large
 */
export function schemaForAjv(
  documents: Documents,
  schema: Tree,
  version: number,
  direction?: 'request' | 'response',
): Json {
  const conversion: Conversion = { documents, version, direction, definitions: new Map(), budget: { nodes: 5_000 } };
  const root = convert(conversion, schema);
  return {
    ...root,
    $defs: Object.fromEntries([...conversion.definitions].map(([id, definition]) => [`d${id}`, definition])),
  };
}

function convert(c: Conversion, node: Tree): Json {
  if (--c.budget.nodes < 0) throw new RangeError('schema too large');
  if (node.scalar === false) return { not: {} };
  if (!node.map) return {};
  if (child(node, '$ref')) return reference(c, node);
  const out: Json = {};
  for (const [key, value] of entries(node)) {
    if (one.has(key)) out[key] = convert(c, value);
    else if (many.has(key) && value.list && value.list.length > 0)
      out[key] = value.list.map((item) => convert(c, item));
    else if (byName.has(key) && value.map)
      out[key] = Object.fromEntries([...value.map].map(([name, item]) => [name, convert(c, item)]));
    else if (plain.has(key)) out[key] = plainValue(value);
  }
  bounds(node, out);
  demands(c, node, out);
  return nullable(node, out);
}

function reference(c: Conversion, node: Tree): Json {
  const resolved = c.documents.resolve(node)?.node;
  // What cannot be resolved admits everything: silence where nothing is known.
  if (!resolved) return {};
  if (!c.definitions.has(resolved.id)) {
    c.definitions.set(resolved.id, {});
    c.definitions.set(resolved.id, convert(c, resolved));
  }
  return { $ref: `#/$defs/d${resolved.id}` };
}

/** Up to OpenAPI 3.0 exclusive bounds are flags. */
function bounds(node: Tree, out: Json): void {
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const value = child(node, flag)?.scalar;
    if (typeof value === 'number') out[flag] = value;
    if (value === true && typeof out[bound] === 'number') {
      out[flag] = out[bound];
      delete out[bound];
    }
  }
}

function demands(c: Conversion, node: Tree, out: Json): void {
  const required = items(child(node, 'required')).map((item) => String(item.scalar));
  const absent = c.direction === 'request' ? 'readOnly' : 'writeOnly';
  const demanded = required.filter((name) => {
    const property = child(node, 'properties', name);
    const schema = property && c.documents.resolve(property)?.node;
    if (!c.direction) return !isTrue(schema, 'readOnly') && !isTrue(schema, 'writeOnly');
    return !isTrue(schema, absent);
  });
  if (demanded.length > 0) out.required = demanded;
}

function nullable(node: Tree, out: Json): Json {
  if (!isTrue(node, 'nullable') && !isTrue(node, 'x-nullable')) return out;
  return { anyOf: [{ type: 'null' }, out] };
}
