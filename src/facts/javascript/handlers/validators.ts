import { hasSpread, isFunction, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

const middleware =
  /^(?:celebrate|validate\w*|validator|zValidator|sValidator|vValidator|tbValidator|arktypeValidator|checkSchema|checkExact|zodValidator|joiValidator|schemaValidator|withValidation|validation\w*|body|query|param)$/i;
const modules: readonly (readonly [RegExp, string])[] = [
  [/^celebrate\b/, 'celebrate'],
  [/^express-validator\b/, 'express-validator'],
  [/^@hono\/(?:zod|valibot|typebox|standard|arktype)-/, 'Hono validator'],
  [/^hono\/validator\b/, 'Hono validator'],
  [/^express-joi-validation\b/, 'joi'],
  [/^zod-express-middleware\b/, 'zod'],
];

/** What among the arguments of a route validates its input before the handler runs. */
export function validatorAmong(source: Source, args: readonly Node[]): string | undefined {
  for (const arg of args.flatMap(elements)) {
    const node = unwrap(arg);
    const callee = node.type === 'CallExpression' ? head(node.callee) : node;
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') continue;
    const origin = source.originOf(callee);
    const known = modules.find(([pattern]) => pattern.test(origin.text))?.[1];
    if (known) return known;
    const name = callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
    if (node.type === 'CallExpression' ? middleware.test(name) : /^validate|Validator$|Schema$/.test(name)) return name;
  }
  return undefined;
}

/** Fastify's and hapi's route options: a schema of the body, query or parameters. */
export function validatorOfOptions(options: Node): string | undefined {
  const schema = propertyOf(options, 'schema');
  if (schema) {
    const node = unwrap(schema);
    if (node.type !== 'ObjectExpression' || hasSpread(node)) return 'fastify schema';
    for (const part of ['body', 'querystring', 'query', 'params', 'headers'])
      if (propertyOf(node, part)) return 'fastify schema';
  }
  const hapi = propertyOf(options, 'options') ?? propertyOf(options, 'config');
  const validate = propertyOf(options, 'validate') ?? (hapi && propertyOf(unwrap(hapi), 'validate'));
  return validate ? 'hapi validate' : undefined;
}

/** What among the arguments of a route can say how its input must look: validators, and of options the parts made for it. */
export function schemasAmong(args: readonly Node[]): readonly Node[] {
  return args.flatMap(elements).flatMap((arg) => {
    const node = unwrap(arg);
    if (isFunction(node)) return [];
    if (node.type !== 'ObjectExpression') return [node];
    const inner = propertyOf(node, 'options') ?? propertyOf(node, 'config');
    const parts = [
      propertyOf(node, 'schema'),
      propertyOf(node, 'validate'),
      inner && propertyOf(unwrap(inner), 'validate'),
    ];
    return parts.filter((part) => part !== undefined);
  });
}

function elements(node: Node): readonly Node[] {
  return node.type === 'ArrayExpression' ? node.elements.filter((element) => element !== null) : [node];
}

/** `body('x').isEmail().trim()`: the call at the head of the chain names the validator. */
function head(callee: Node): Node {
  let at = callee;
  while (at.type === 'MemberExpression') {
    const object = unwrap(at.object);
    if (object.type !== 'CallExpression') break;
    at = object.callee;
  }
  return at;
}
