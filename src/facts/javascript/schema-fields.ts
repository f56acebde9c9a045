import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { FieldChange } from '../code.ts';
import { propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import { treeOf } from './planted.ts';
import type { Tree } from './tree.ts';

/** A field of a schema in code: zod, valibot, TypeBox, Joi, yup. */
interface SchemaField {
  readonly line: number;
  readonly required: boolean;
  readonly values?: readonly string[];
}
type Schemas = ReadonlyMap<string, ReadonlyMap<string, SchemaField>>;

const builders = /\b(?:z|v|Type|t|Joi|joi|yup|Yup|s)\.(?:strictObject|looseObject|object|Object|interface|type)$/;
const mentions = /\b(?:z|v|Type|t|Joi|joi|yup|Yup)\.(?:strictObject|looseObject|object|Object)\(/;
const optional =
  /\.(?:optional|nullish|default|catch|notRequired)\(|^(?:Type\.Optional|t\.Optional|v\.(?:optional|nullish))\(/;
/** Names of schemas that no client fills in. */
const notSent =
  /response|result|output|reply|env(?:ironment)?(?:vars|schema)?$|config|options|props|settings$|row|record|entity/i;

/**
 * What a change does to the fields of the schemas that both versions of a file have: new required fields, optional ones made
 * required, fields and enumeration values removed.
 *
 * @throws as plantTree, for the text before
 */
export function readFieldChanges(tree: Tree, before: string | undefined): readonly FieldChange[] {
  if (before === undefined || !mentions.test(before) || !mentions.test(tree.text)) return [];
  const old = schemasOf(treeOf(tree.path, before));
  const changes: FieldChange[] = [];
  for (const [schema, fields] of schemasOf(tree)) {
    const had = old.get(schema);
    if (!had || notSent.test(schema.split('.')[0] ?? '')) continue;
    for (const [field, now] of fields) {
      const was = had.get(field);
      const at = { line: now.line, schema, field };
      if (!was && now.required) changes.push({ ...at, change: 'new-required' });
      else if (was && !was.required && now.required) changes.push({ ...at, change: 'now-required' });
      const gone = was?.values?.find((value) => now.values && !now.values.includes(value));
      if (gone !== undefined) changes.push({ ...at, change: 'value-removed', value: gone });
    }
    for (const [field, was] of had)
      if (!fields.has(field)) changes.push({ line: was.line, schema, field, change: 'removed' });
  }
  return changes;
}

/** Objects of all schemas by their path: `Order`, `Order.lines`. */
function schemasOf(tree: Tree): Schemas {
  const schemas = new Map<string, ReadonlyMap<string, SchemaField>>();
  for (const call of tree.of('CallExpression')) {
    if (!builders.test(textOf(tree, call.callee))) continue;
    const object = call.arguments[0] && unwrap(call.arguments[0]);
    const name = object?.type === 'ObjectExpression' ? pathOf(call) : undefined;
    // Two schemas of one name say nothing of which became which.
    if (name !== undefined && object?.type === 'ObjectExpression' && !schemas.has(name))
      schemas.set(name, fieldsOf(tree, object));
  }
  return schemas;
}

function fieldsOf(tree: Tree, object: TSESTree.ObjectExpression): ReadonlyMap<string, SchemaField> {
  const fields = new Map<string, SchemaField>();
  const joi = /\bjoi\./i.test(textOf(tree, object).slice(0, 2_000));
  for (const property of object.properties) {
    const name = property.type === 'Property' ? propertyName(property) : undefined;
    if (property.type !== 'Property' || name === undefined) continue;
    const text = textOf(tree, property.value);
    // Joi and yup fields are optional until they say otherwise.
    const required =
      joi || /^(?:yup|Yup)\./.test(text)
        ? /\.required\(/.test(tail(text))
        : !optional.test(tail(text)) && /\(/.test(text);
    const values = valuesOf(property.value);
    fields.set(name, { line: property.loc.start.line, required, ...(values ? { values } : {}) });
  }
  return fields;
}

/** The chain at the end of a field's schema: what an inner object says of its own fields does not count. */
function tail(text: string): string {
  const inner = text.lastIndexOf('})');
  return inner < 0 || /^(?:Type|t|v)\.(?:O|o)ptional\(/.test(text) ? text : text.slice(inner);
}

/** `z.enum(['a', 'b'])` */
function valuesOf(node: Node): readonly string[] | undefined {
  let at = unwrap(node);
  for (let steps = 0; steps < 10 && at.type === 'CallExpression'; steps++) {
    const [first] = at.arguments;
    const callee = at.callee;
    if (
      callee.type === 'MemberExpression' &&
      /^(?:enum|picklist|valid|oneOf)$/.test(propertyName(callee) ?? '') &&
      first?.type === 'ArrayExpression'
    )
      return first.elements.flatMap((element) => (element?.type === 'Literal' ? [String(element.value)] : []));
    if (callee.type !== 'MemberExpression') return undefined;
    at = unwrap(callee.object);
  }
  return undefined;
}

/** Name of a schema: the variable, and the fields on the way down to an inner object. */
function pathOf(call: Node): string | undefined {
  const names: string[] = [];
  for (let at: Node | undefined = call.parent; at; at = at.parent) {
    if (at.type === 'Property') names.unshift(propertyName(at) ?? '?');
    else if (at.type === 'VariableDeclarator')
      return at.id.type === 'Identifier' ? [at.id.name, ...names].join('.') : undefined;
    else if (at.type === 'BlockStatement' || at.type === 'ClassBody') return undefined;
  }
  return undefined;
}

function textOf(tree: Tree, node: Node): string {
  return tree.text.slice(...node.range);
}
