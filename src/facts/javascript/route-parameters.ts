import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { UnmatchedParameter } from '../code.ts';
import { constantText } from './constant-text.ts';
import type { FoundHandler } from './handlers/found.ts';
import { decorator } from './handlers/nest.ts';
import { nameOf } from './handlers/shape.ts';
import { enclosingFunction, propertyName, propertyOf } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const nestRoutes = /^(?:Get|Post|Put|Patch|Delete|All|Options|Head|Sse)$/;

/** Parameters of the path that a handler asks for and that its own path does not have: they are never there. */
export function readUnmatchedParameters(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
): readonly UnmatchedParameter[] {
  return handlers.flatMap((handler) => {
    const { node, framework } = handler;
    if (framework === 'nest' && node.type === 'MethodDefinition') return unmatchedOfNest(source, placeOf, node);
    return framework === 'express' ? unmatchedOfExpress(source, placeOf, handler) : [];
  });
}

function unmatchedOfNest(
  source: Source,
  placeOf: PlaceOf,
  method: TSESTree.MethodDefinition,
): readonly UnmatchedParameter[] {
  const owner = method.parent.parent;
  const prefix = owner.decorators.map(decorator).find(({ name }) => name === 'Controller');
  // A class without its own prefix is made a controller elsewhere, by what extends it.
  const bases = prefix && pathsOf(source, prefix.argument);
  const own = method.decorators.map(decorator).filter(({ name }) => nestRoutes.test(name));
  const paths = own.map(({ argument }) => pathsOf(source, argument));
  if (!bases || own.length === 0 || paths.some((path) => path === undefined)) return [];
  const path = [...bases, ...paths.flatMap((one) => one ?? [])].join('/');
  const known = parametersIn(path);
  return method.value.params.flatMap((param) =>
    param.decorators.flatMap((one) => {
      const { name, argument } = decorator(one);
      const asked = name === 'Param' && argument?.type === 'Literal' ? argument.value : undefined;
      if (typeof asked !== 'string' || asked === '' || known.has(asked)) return [];
      return [{ ...placeOf(param), name: asked, path: `/${path.replace(/^\/|\/$/g, '')}` }];
    }),
  );
}

/** The paths that a decorator's argument names; undefined where one is not in sight. */
function pathsOf(source: Source, argument: Node | undefined): readonly string[] | undefined {
  if (!argument) return [''];
  if (argument.type === 'ObjectExpression') {
    if (propertyOf(argument, 'host')) return undefined;
    return pathsOf(source, propertyOf(argument, 'path'));
  }
  const texts = (argument.type === 'ArrayExpression' ? argument.elements : [argument]).map((one) =>
    one ? constantText(source.tree, one) : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** `req.params.id` in a handler that is written into its registration; what a parent hands down is not in sight. */
function unmatchedOfExpress(
  source: Source,
  placeOf: PlaceOf,
  { fn, node, path, method, roles }: FoundHandler,
): readonly UnmatchedParameter[] {
  if (node.type !== 'CallExpression' || fn.parent !== node || method === 'USE' || !path.startsWith('/')) return [];
  if (/mergeParams|mapParams|\.param\(/.test(source.tree.text)) return [];
  // restify puts what the body and the query say among the parameters of the path.
  if ('restify' in source.packages.all || /['"]restify['"]/.test(source.tree.text)) return [];
  const param = fn.params[roles.indexOf('request')];
  const request = param ? nameOf(param) : '';
  const known = parametersIn(path);
  return within(source.tree, 'MemberExpression', fn).flatMap((member) => {
    const { object } = member;
    const isParams =
      object.type === 'MemberExpression' && propertyName(object) === 'params' && nameOf(object.object) === request;
    const name = isParams && request !== '' && enclosingFunction(member) === fn ? propertyName(member) : undefined;
    return name === undefined || known.has(name) ? [] : [{ ...placeOf(member), name, path }];
  });
}

/** Names that path-to-regexp gives: `:id`, `:id(\\d+)`, `*splat`, and the numbers of what has no name. */
function parametersIn(path: string): ReadonlySet<string> {
  const named = [...path.matchAll(/[:*]"?(\w+)/g)].map((match) => match[1] ?? '');
  const numbered = /[*()]/.test(path) ? ['0', '1', '2', '3'] : [];
  return new Set([...named, ...numbered]);
}
