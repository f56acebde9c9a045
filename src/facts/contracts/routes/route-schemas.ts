import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../../javascript/constant-text.ts';
import { propertyName, propertyOf, simpleName } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import type { Tree as CodeTree } from '../../javascript/tree.ts';
import type { Direction } from '../openapi/change.ts';
import type { Tree } from '../tree.ts';
import { typeboxOf } from './typebox.ts';
import { declared, schemaWriter } from './written-schema.ts';

/** A JSON schema that a route is registered with. */
export interface RouteSchema {
  /** Tells it from the others of the file, on either side of the change. */
  readonly key: string;
  readonly direction: Direction;
  /** "the request body of `POST /orders`". */
  readonly subject: string;
  readonly schema: Tree;
}

const parts: Readonly<Record<string, string>> = {
  body: 'the request body',
  querystring: 'the query',
  query: 'the query',
  headers: 'the request headers',
};
const status = /^(?:[1-5](?:\d\d|[xX]{2})|default)$/;
/** The answers whose schema a client relies on. */
const success = /^2(?:\d\d|[xX]{2})$/;

/**
 * The schemas of a file's routes as Fastify takes them: `{ body, querystring, headers, response: { 200: … } }`, written into
 * the registration or into a constant. Where two have the same name, neither is told.
 */
export function routeSchemas(code: CodeTree): ReadonlyMap<string, RouteSchema> {
  const write = schemaWriter(code);
  const found = new Map<string, RouteSchema | undefined>();
  const add = (schema: RouteSchema) => found.set(schema.key, found.has(schema.key) ? undefined : schema);
  for (const object of code.of('ObjectExpression')) {
    const owner = isHolder(code, object) ? ownerOf(code, object) : undefined;
    if (owner === undefined) continue;
    for (const property of object.properties) {
      const name = property.type === 'Property' ? propertyName(property) : undefined;
      if (property.type !== 'Property' || name === undefined) continue;
      const value = declared(code, property.value);
      const words = parts[name];
      if (words && isSchema(value))
        add({
          key: `${owner} ${name}`,
          direction: 'request',
          subject: `${words} of \`${owner}\``,
          schema: write(property.value),
        });
      if (name === 'response')
        for (const answer of answers(code, value))
          add({
            key: `${owner} response ${answer.status}`,
            direction: 'response',
            subject: `the ${answer.status} response of \`${owner}\``,
            schema: write(answer.schema),
          });
    }
  }
  return new Map([...found].flatMap(([key, schema]) => (schema ? [[key, schema]] : [])));
}

function* answers(code: CodeTree, response: Node): Generator<{ status: string; schema: Node }> {
  for (const property of response.type === 'ObjectExpression' ? response.properties : []) {
    const name = property.type === 'Property' ? propertyName(property) : undefined;
    if (property.type === 'Property' && name && success.test(name) && isSchema(declared(code, property.value)))
      yield { status: name, schema: property.value };
  }
}

/** It has the parts of a request or the answers by status, and what stands there are schemas. */
function isHolder(code: CodeTree, object: TSESTree.ObjectExpression): boolean {
  const response = propertyOf(object, 'response');
  if (response && isAnswers(declared(code, response))) return true;
  return Object.keys(parts).some((name) => {
    const value = propertyOf(object, name);
    return value !== undefined && isSchema(declared(code, value)) && isUnderSchema(object);
  });
}

/** `schema: { body: … }`, `const createOrder = { body: … }`: elsewhere an object with a `body` may be anything. */
function isUnderSchema({ parent }: TSESTree.ObjectExpression): boolean {
  if (parent.type === 'Property') return propertyName(parent) === 'schema';
  return (
    parent.type === 'VariableDeclarator' || parent.type === 'TSAsExpression' || parent.type === 'TSSatisfiesExpression'
  );
}

function isAnswers(node: Node): boolean {
  if (node.type !== 'ObjectExpression' || node.properties.length === 0) return false;
  return node.properties.every((one) => one.type === 'Property' && status.test(propertyName(one) ?? ''));
}

function isSchema(node: Node): boolean {
  if (/^(?:Object|Array)$/.test(typeboxOf(node) ?? '')) return true;
  const type = propertyOf(node, 'type');
  return type?.type === 'Literal' && /^(?:object|array)$/.test(String(type.value));
}

/** `POST /orders`, or the name of the constant that holds the schema. */
function ownerOf(code: CodeTree, object: Node): string | undefined {
  for (let at: Node | undefined = object; at; at = at.parent) {
    if (at.type === 'ObjectExpression') {
      const url = textAt(code, at, 'url') ?? textAt(code, at, 'path');
      if (url !== undefined) return `${(textAt(code, at, 'method') ?? 'ANY').toUpperCase()} ${url}`;
    }
    if (at.type === 'CallExpression') {
      const [first] = at.arguments;
      const url = first && constantText(code, first);
      return url?.startsWith('/') || url === '' ? `${simpleName(at.callee).toUpperCase()} ${url}` : undefined;
    }
    if (at.type === 'VariableDeclarator') return at.id.type === 'Identifier' ? at.id.name : undefined;
    if (at.type === 'BlockStatement' || at.type === 'ClassBody') return undefined;
  }
  return undefined;
}

function textAt(code: CodeTree, object: Node, name: string): string | undefined {
  const value = propertyOf(object, name);
  return value && constantText(code, value);
}
