import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { boundsOf } from './field-bounds.ts';
import { propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import { type SchemaField, type Schemas, spread } from './schema-field.ts';
import type { Tree } from './tree.ts';

const builders = /\b(?:z|v|Type|t|Joi|joi|yup|Yup|s)\.(?:strictObject|looseObject|object|Object|interface|type)$/;
/** What a file must say to hold a schema. */
export const mentionsSchema = /\b(?:z|v|Type|t|Joi|joi|yup|Yup)\.(?:strictObject|looseObject|object|Object)\(/;
const optional =
  /\.(?:optional|nullish|default|catch|notRequired)\(|^(?:Type\.Optional|t\.Optional|v\.(?:optional|nullish))\(/;
/** The fields of a file's schemas, by the schema's path: `Order`, `Order.lines`. */
export function schemaFields(tree: Tree): Schemas {
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
    if (property.type !== 'Property') fields.set(spread, { line: 0, endLine: 0, required: false });
    if (property.type !== 'Property' || name === undefined) continue;
    const text = textOf(tree, property.value);
    // Joi and yup fields are optional until they say otherwise.
    const required =
      joi || /^(?:yup|Yup)\./.test(text)
        ? /\.required\(/.test(tail(text))
        : !optional.test(tail(text)) && /\(/.test(text);
    const values = valuesOf(property.value);
    fields.set(name, {
      line: property.loc.start.line,
      endLine: property.loc.start.line,
      required,
      bounds: boundsOf(property.value),
      boundsEnd: property.loc.end.line,
      ...(values ? { values } : {}),
    });
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

/**
 * Name of a schema: the variable or the export, and the fields on the way down to an inner object; the route that a schema is
 * written into.
 */
function pathOf(call: Node): string | undefined {
  const names: string[] = [];
  let below: Node = call;
  for (let at: Node | undefined = call.parent; at; below = at, at = at.parent) {
    if (at.type === 'Property') names.unshift(propertyName(at) ?? '?');
    else if (at.type === 'VariableDeclarator')
      return at.id.type === 'Identifier' ? [at.id.name, ...names].join('.') : undefined;
    else if (at.type === 'AssignmentExpression') {
      const name = at.left.type === 'MemberExpression' ? propertyName(at.left) : undefined;
      return [...(name && name !== 'exports' ? [name] : []), ...names].join('.') || undefined;
    } else if (at.type === 'CallExpression' && at.callee !== below) {
      const route = routeOf(at);
      if (route !== undefined) return [route, ...names].join('.');
      // `zValidator('json', …)`: which part of the request; `.input(…)` and `.output(…)` of a procedure.
      const [part] = at.arguments;
      const method = at.callee.type === 'MemberExpression' ? propertyName(at.callee) : undefined;
      if (part?.type === 'Literal' && typeof part.value === 'string') names.unshift(part.value);
      else if (method && /^(?:in|out)put$/.test(method)) names.unshift(method);
    } else if (at.type === 'BlockStatement' || at.type === 'ClassBody') return undefined;
  }
  return undefined;
}

/** `app.post('/orders', …)` */
function routeOf({ callee, arguments: given }: TSESTree.CallExpression): string | undefined {
  const verb = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  const [path] = given;
  if (!verb || !/^(?:get|post|put|patch|delete|all)$/.test(verb) || path?.type !== 'Literal') return undefined;
  return String(path.value).startsWith('/') ? `${verb.toUpperCase()} ${path.value}` : undefined;
}

function textOf(tree: Tree, node: Node): string {
  return tree.text.slice(...node.range);
}
