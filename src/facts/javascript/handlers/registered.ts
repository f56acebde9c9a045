import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../constant-text.ts';
import { hasSpread, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FoundHandler, Framework } from './found.ts';
import { functionsOf } from './resolve.ts';
import { frameworkOfShape, rolesOf } from './shape.ts';
import { schemasAmong, validatorAmong, validatorOfOptions } from './validators.ts';

const verbs = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'head',
  'options',
  'all',
  'use',
  'any',
  'openapi',
]);
const conventional = /^(?:app|api|server|fastify|instance|route|routes|router)$|(?:App|Api|Router|Routes|Server)$/i;

const frameworks: readonly (readonly [RegExp, Framework])[] = [
  [/^(?:new )?(?:express|express-promise-router|restify|polka|router)\b/, 'express'],
  [/^(?:new )?(?:fastify|Fastify)\b/, 'fastify'],
  [/^new (?:koa|@koa\/router|koa-router|koa-tree-router)\b/, 'koa'],
  [/^(?:koa-router|@koa\/router)\b/, 'koa'],
  [/^new (?:hono|@hono\/zod-openapi|elysia)\b/, 'hono'],
  [/^(?:new )?(?:@hapi\/hapi|hapi)\b/, 'hapi'],
];

/** Handlers given to a router: Express, Fastify, Koa, Hono, hapi and those that look like them. */
export function registeredHandlers(source: Source): readonly FoundHandler[] {
  return source.tree.of('CallExpression').flatMap((call) => {
    const { callee } = call;
    if (callee.type !== 'MemberExpression') return [];
    const verb = propertyName(callee);
    if (verb === undefined) return [];
    if (verb === 'route' && call.arguments[0]?.type === 'ObjectExpression') return fromOptions(source, call, callee);
    return verbs.has(verb) ? fromVerb(source, call, callee, verb) : [];
  });
}

function fromVerb(
  source: Source,
  call: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  verb: string,
): readonly FoundHandler[] {
  const chained = chainedPath(source, callee.object);
  const [first, ...rest] = call.arguments;
  if (!first) return [];
  const hasPath = first.type === 'Literal' || first.type === 'TemplateLiteral' || first.type === 'ArrayExpression';
  const path = chained ?? constantText(source.tree, first) ?? 'unknown';
  const candidates = chained !== undefined || (verb === 'use' && !hasPath) ? call.arguments : rest;
  if (candidates.length === 0) return [];
  const root = rootOf(callee.object);
  const known = frameworkOf(source, root);
  const named = (root.type === 'Identifier' && conventional.test(root.name)) || isOwnController(root);
  if (!known && !named && chained === undefined) return [];
  // `cache.get('key', () => …)` on a conventional name: a path starts with a slash, or is a wildcard.
  if (!known && verb !== 'use' && path !== 'unknown' && !/^[/*]|^$/.test(path)) return [];
  const validatedBy =
    validatorAmong(source, candidates) ??
    (candidates[0]?.type === 'ObjectExpression' ? validatorOfOptions(candidates[0]) : undefined);
  const validator = validatedBy ? { validatedBy, schemas: schemasAmong(candidates) } : {};
  return candidates
    .flatMap((candidate) => functionsIn(source, candidate))
    .map((fn) => found(source, fn, call, known, verb, path, validator, describedBy(source, candidates[0])));
}

/** A class that registers its own methods: `this.get('/users', this.list)`. */
function isOwnController(root: Node): boolean {
  if (root.type !== 'ThisExpression') return false;
  let at: Node | undefined = root;
  while (at && at.type !== 'ClassDeclaration') at = at.parent;
  return at?.superClass?.type === 'Identifier' && /Controller|Router|Routes/.test(at.superClass.name);
}

/** Whether a route's options say what goes in and out. */
function describedBy(source: Source, options: Node | undefined): 'yes' | 'no' | 'unknown' {
  if (!options) return 'no';
  const node = unwrap(options);
  if (node.type === 'ObjectExpression') {
    if (propertyOf(node, 'schema') ?? propertyOf(node, 'openapi') ?? propertyOf(node, 'description')) return 'yes';
    if (/openApi|openapi|swagger|validPath/.test(source.tree.text.slice(...node.range))) return 'yes';
    return hasSpread(node) ? 'unknown' : 'no';
  }
  return functionsOf(source, node).length > 0 ? 'no' : 'unknown';
}

function functionsIn(source: Source, candidate: Node): readonly FunctionNode[] {
  const handler = propertyOf(unwrap(candidate), 'handler');
  return functionsOf(source, handler ?? candidate);
}

/** Fastify and hapi: `app.route({ method, url, handler, schema })`. */
function fromOptions(
  source: Source,
  call: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
): readonly FoundHandler[] {
  const [options] = call.arguments;
  const handler = propertyOf(options, 'handler');
  if (!handler || !options) return [];
  const at = propertyOf(options, 'url') ?? propertyOf(options, 'path');
  const method = propertyOf(options, 'method');
  const known = frameworkOf(source, rootOf(callee.object)) ?? (propertyOf(options, 'url') ? 'fastify' : 'hapi');
  const validatedBy = validatorOfOptions(options);
  const validator = validatedBy ? { validatedBy, schemas: schemasAmong([options]) } : {};
  const path = (at && constantText(source.tree, at)) ?? 'unknown';
  const verb = (method && constantText(source.tree, method)) ?? 'any';
  return functionsOf(source, handler).map((fn) =>
    found(source, fn, call, known, verb, path, validator, describedBy(source, options)),
  );
}

function found(
  source: Source,
  fn: FunctionNode,
  node: Node,
  known: Framework | undefined,
  verb: string,
  path: string,
  validator: Pick<FoundHandler, 'validatedBy' | 'schemas'>,
  described: 'yes' | 'no' | 'unknown',
): FoundHandler {
  const framework = known ?? frameworkOfShape(source, fn) ?? 'unknown';
  const method = verb === 'all' || verb === 'any' ? 'ANY' : verb === 'del' ? 'DELETE' : verb.toUpperCase();
  return {
    fn,
    node,
    framework,
    method,
    path,
    roles: rolesOf(fn, framework),
    described,
    ...validator,
  };
}

/** `router.route('/x').get(h).post(h)`: the path stands further down the chain. */
export function chainedPath(source: Source, object: Node): string | undefined {
  for (let at = unwrap(object); at.type === 'CallExpression'; at = unwrap(at.callee.object)) {
    if (at.callee.type !== 'MemberExpression') return undefined;
    const [first] = at.arguments;
    if (propertyName(at.callee) === 'route' && first) return constantText(source.tree, first) ?? 'unknown';
  }
  return undefined;
}

/** The receiver at the head of a chain of calls: `app` in `app.get(…).post(…)`. */
export function rootOf(object: Node): Node {
  let at = unwrap(object);
  while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression') at = unwrap(at.callee.object);
  return at;
}

/** Framework of what a route is registered at, by its construction or its type. */
export function frameworkOf(source: Source, receiver: Node): Framework | undefined {
  const origin = source.originOf(receiver);
  if (origin.from === 'type') {
    const type = /^new (?:@?[\w/-]+\.)?(\w+)/.exec(origin.text)?.[1] ?? '';
    if (/^Fastify(?:Instance)?/.test(type)) return 'fastify';
    if (/^(?:Express|Application|IRouter|Router)$/.test(type)) return 'express';
    if (/^(?:Open)?Hono/.test(type)) return 'hono';
  }
  return frameworks.find(([pattern]) => pattern.test(origin.text))?.[1];
}
