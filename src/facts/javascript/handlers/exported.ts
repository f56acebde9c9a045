import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { exportedNodes } from '../exported-nodes.ts';
import type { FunctionNode } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FoundHandler, Framework, ParameterRole } from './found.ts';
import { functionsOf } from './resolve.ts';
import { nameOf, rolesOf } from './shape.ts';

const nextRoute = /(?:^|\/)app\/(?:.{0,200}\/)?route\.[cm]?[jt]sx?$/;
const nextPages = /(?:^|\/)pages\/api\/.{1,200}\.[cm]?[jt]sx?$/;
const nextMiddleware = /(?:^|\/)(?:middleware|proxy)\.[jt]s$/;
const methods = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** Handlers by export and place: Next.js route handlers, pages API, server actions, Remix loaders, AWS Lambda. */
export function exportedHandlers(source: Source): readonly FoundHandler[] {
  const { path } = source.tree;
  const names = exportsOf(source);
  const found: FoundHandler[] = [];
  const add = (name: string, framework: Framework, method: string, roles = rolesOf) => {
    for (const fn of names.get(name) ?? [])
      found.push({ fn, node: fn, framework, method, path: routeOf(path), roles: roles(fn, framework) });
  };
  if (nextRoute.test(path)) {
    for (const name of names.keys()) if (methods.test(name)) add(name, 'next', name, routeRoles);
  } else if (nextPages.test(path)) add('default', 'next', 'ANY');
  else for (const [name, fns] of names) if (methods.test(name) && fns.every(isWebHandler)) add(name, 'next', name);
  if (nextMiddleware.test(path) && 'next' in source.packages.all) add('middleware', 'next', 'USE');
  if (/(?:^|\/)app\/routes\//.test(path)) {
    add('loader', 'remix', 'GET');
    add('action', 'remix', 'POST');
  }
  if (/(?:^|\/)\+server\.[jt]s$/.test(path))
    for (const name of names.keys()) if (methods.test(name)) add(name, 'remix', name);
  add('handler', 'lambda', 'ANY');
  add('lambdaHandler', 'lambda', 'ANY');
  return [...found, ...serverActions(source, names)];
}

/** A route of Next is given the request, and what hangs on it the path's parameters: `(request, { params })`. */
function routeRoles(fn: FunctionNode): readonly ParameterRole[] {
  return fn.params.map((_, i) => (i < 2 ? 'request' : 'other'));
}

/** `export async function POST(request: Request)` in a file of any name: not a client's `POST(url, body)`. */
function isWebHandler({ params, async }: FunctionNode): boolean {
  const [first] = params;
  if (!first) return async;
  return first.type === 'ObjectPattern' || /^_?(?:req|request|event|ctx|context)$/.test(nameOf(first));
}

/** Functions under a `'use server'` directive: any client may call them with any arguments. */
function serverActions(
  source: Source,
  exported: ReadonlyMap<string, readonly FunctionNode[]>,
): readonly FoundHandler[] {
  const whole = source.tree.program.body.some(isUseServer);
  const actions = whole
    ? [...exported.values()].flat()
    : source.tree.functions.filter((fn) => fn.body.type === 'BlockStatement' && fn.body.body.some(isUseServer));
  return actions.map((fn) => ({
    fn,
    node: fn,
    framework: 'next',
    method: 'POST',
    path: 'unknown',
    roles: fn.params.map(() => 'input'),
  }));
}

function isUseServer(statement: TSESTree.ProgramStatement | TSESTree.Statement): boolean {
  return (
    statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'Literal' &&
    statement.expression.value === 'use server'
  );
}

/** Exported functions by name, ESM and CommonJS. */
export function exportsOf(source: Source): ReadonlyMap<string, readonly FunctionNode[]> {
  const names = new Map<string, readonly FunctionNode[]>();
  for (const [name, exported] of exportedNodes(source).byName) {
    const fns = 'node' in exported ? functionsOf(source, exported.node) : [];
    if (fns.length > 0) names.set(name, fns);
  }
  return names;
}

/** `app/(shop)/api/orders/[id]/route.ts` serves `/api/orders/[id]`. */
function routeOf(path: string): string {
  const route = /(?:^|\/)(?:app|pages)\/(.{0,200}?)(?:\/route)?\.[cm]?[jt]sx?$/.exec(path)?.[1];
  return route === undefined ? 'unknown' : `/${route.replace(/\([^)/]{0,80}\)\//g, '')}`;
}
