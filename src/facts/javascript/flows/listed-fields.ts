import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';

/** What a schema's field says when it lets through numbers, dates, ids, listed words or a pattern only: zod, Joi, yup, valibot, TypeBox. */
const harmless =
  /\b(?:enum|nativeEnum|picklist|literal|valid|oneOf|equal|number|int|integer|bigint|boolean|date|datetime|uuid|guid|cuid2?|ulid|nanoid|regex|pattern|matches|alphanum|hex|Integer|Number|Boolean|Enum|Literal)\(/;
/** The same in a JSON schema. */
const listed =
  /\b(?:enum|const|pattern)\s*:|\btype\s*:\s*['"](?:integer|number|boolean)['"]|\bformat\s*:\s*['"](?:uuid|date|date-time|ipv4|ipv6)['"]/;
/** The same of express-validator: `query('sort').isIn(['name', 'price'])`. */
const checks =
  /\.(?:is(?:In|Int|UUID|Alpha|Alphanumeric|MongoId|Numeric|Boolean|Hexadecimal|ISO8601|Date|Slug|ULID)|matches|toInt)\(/;
/** A field that has fields itself: what is said of those is not said of it. */
const nested = /\bobject\(|\bObject\(|\bproperties\s*:/;
/** Names under which validators hand over what they checked. */
const result = /^(?:value|data|output)$/;
/** Characters of a field's rules that are read. */
const maxRules = 300;

/**
 * Whether a schema of this file lets the field that is read from its result hold nothing that could harm a text.
 *
 * @param callee `Query.parse`, on the schema's name
 * @param path what is read from the call's result: `['sort']`, `['data', 'sort']`
 */
export function isListedField(source: Source, callee: TSESTree.Node, path: readonly string[]): boolean {
  const schema = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  const declared = schema && initOf(source, schema);
  if (!declared) return false;
  const [fields] = within(source.tree, 'ObjectExpression', declared);
  const name = path.find((step) => !result.test(step));
  const field = fields && name !== undefined ? propertyOf(fields, name) : undefined;
  return field !== undefined && isHarmless(source, field);
}

/** Whether the file itself says what a validator lets through: a schema that is declared, or written, where it is used. */
export function isInSight(source: Source, callee: Node): boolean {
  const schema = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  return schema !== undefined && (schema.type === 'CallExpression' || initOf(source, schema) !== undefined);
}

/** Whether any of a route's schemas says something of a field. */
export function isDescribedInput(source: Source, schemas: readonly Node[], path: readonly string[]): boolean {
  const name = fieldOf(path);
  return withNamed(source, schemas).some((schema) =>
    within(source.tree, 'Property', schema).some((property) => propertyName(property) === name),
  );
}

/** The field that a path from a request ends at. */
function fieldOf(path: readonly string[]): string | undefined {
  return path.findLast((step) => step !== '[]' && !step.endsWith('()'));
}

/**
 * Whether the schemas that a route gives for its input let a field hold nothing that could harm a text.
 *
 * @param path what is read from the request: `['query', 'sort']`
 */
export function isListedInput(source: Source, schemas: readonly Node[], path: readonly string[]): boolean {
  const name = fieldOf(path);
  if (name === undefined) return false;
  const all = withNamed(source, schemas);
  const fields = all
    .flatMap((schema) => within(source.tree, 'Property', schema))
    .filter((property) => propertyName(property) === name)
    .map(({ value }) => value);
  const checked = all.some((schema) => isChain(source, schema, name));
  return checked || (fields.length > 0 && fields.every((field) => isHarmless(source, field)));
}

function isHarmless(source: Source, field: Node): boolean {
  const rules = source.tree.text.slice(...(initOf(source, field) ?? field).range).slice(0, maxRules);
  return !nested.test(rules) && (harmless.test(rules) || listed.test(rules));
}

/** `query('sort').isIn(['name', 'price'])`. */
function isChain(source: Source, schema: Node, name: string): boolean {
  const text = source.tree.text.slice(...schema.range).slice(0, maxRules);
  const field = /^(?:query|param|body|check|cookie|header)\(['"]([\w.-]+)['"]/.exec(text)?.[1];
  return field === name && checks.test(text);
}

/** Schemas with those that stand in them by name, as far as the file declares them. */
function withNamed(source: Source, schemas: readonly Node[]): readonly Node[] {
  const all = schemas.map((schema) => initOf(source, schema) ?? schema).slice(0, 8);
  const named = all
    .flatMap((schema) => within(source.tree, 'Identifier', schema).slice(0, 60))
    .flatMap((id) => initOf(source, id) ?? []);
  return [...all, ...named.slice(0, 8)];
}

/** What a name is declared to be. */
function initOf(source: Source, node: Node): Node | undefined {
  const plain = unwrap(node);
  const declarator = plain.type === 'Identifier' ? source.tree.bindingOf(plain)?.node : undefined;
  return declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier'
    ? (declarator.init ?? undefined)
    : undefined;
}
