import { functionName } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FoundHandler, Framework, ParameterRole } from './found.ts';

const requestNames = /^_?(?:req|request)$/;
const responseNames = /^_?(?:res|resp|response|reply)$/;
const contextNames = /^_?(?:ctx|context|c)$/;

const requestTypes: readonly (readonly [RegExp, Framework])[] = [
  [/^(?:NextApiRequest|NextRequest)$/, 'next'],
  [/^FastifyRequest$/, 'fastify'],
  [/^(?:IncomingMessage)$/, 'http'],
  [/^(?:APIGateway\w{0,40}Event\w{0,20}|LambdaFunctionURLEvent|ALBEvent)$/, 'lambda'],
  [/^(?:ParameterizedContext|RouterContext)$/, 'koa'],
];

/** Functions that nobody in sight registers, but whose parameters are those of a handler: `(req, res)`, `(request, reply)`. */
export function shapedHandlers(source: Source): readonly FoundHandler[] {
  return source.tree.functions.flatMap((fn) => {
    const framework = frameworkOfShape(source, fn);
    if (!framework || fn.params.length < 1) return [];
    const roles = rolesOf(fn, framework);
    const complete = roles.includes('request') && roles.includes('response');
    const typed = framework === 'next' || framework === 'lambda' || framework === 'koa' || framework === 'fastify';
    if (!complete && !(typed && hasType(fn.params[0]))) return [];
    if (!complete && !isEntry(fn)) return [];
    return [{ fn, node: fn, framework, method: 'ANY', path: 'unknown', roles }];
  });
}

/** Framework that a function's parameters are typical of, by their types, then their names. */
export function frameworkOfShape(source: Source, fn: FunctionNode): Framework | undefined {
  for (const param of fn.params) {
    const type = typeName(param);
    const byType = type && requestTypes.find(([pattern]) => pattern.test(type))?.[1];
    if (byType) return byType;
  }
  const names = fn.params.map(nameOf);
  const at = names.findIndex((name) => requestNames.test(name));
  const after = names[at + 1] ?? '';
  if (at >= 0 && responseNames.test(after)) {
    if (/reply/.test(after)) return 'fastify';
    return 'express';
  }
  // `({ body }, res) => …`: the request is taken apart at once.
  if (fn.params[0]?.type === 'ObjectPattern' && responseNames.test(names[1] ?? ''))
    return /reply/.test(names[1] ?? '') ? 'fastify' : 'express';
  if (contextNames.test(names[0] ?? '')) {
    if ('hono' in source.packages.all) return 'hono';
    if ('koa' in source.packages.all) return 'koa';
  }
  return undefined;
}

/** What each parameter carries, by the framework's order, else by name. */
export function rolesOf(fn: FunctionNode, framework: Framework): readonly ParameterRole[] {
  const names = fn.params.map(nameOf);
  switch (framework) {
    case 'koa':
    case 'hono':
      return names.map((_, i) => (i === 0 ? 'context' : 'other'));
    case 'lambda':
      return names.map((_, i) => (i === 0 ? 'event' : 'other'));
    case 'trpc':
      return names.map((_, i) => (i === 0 ? 'holder' : 'other'));
    case 'graphql':
      return names.map((_, i) => (i === 1 ? 'input' : 'other'));
    case 'hapi':
      return names.map((_, i) => (i === 0 ? 'request' : 'response'));
    default: {
      // Express error middleware has four parameters, the error first.
      const first = names.findIndex((name) => requestNames.test(name));
      const request = first >= 0 ? first : names.length === 4 ? 1 : 0;
      return names.map((_, i) => (i === request ? 'request' : i === request + 1 ? 'response' : 'other'));
    }
  }
}

/** Name of a parameter; empty for a pattern. */
export function nameOf(param: Node): string {
  if (param.type === 'Identifier') return param.name;
  if (param.type === 'AssignmentPattern') return nameOf(param.left);
  return param.type === 'TSParameterProperty' ? nameOf(param.parameter) : '';
}

function typeName(param: Node): string | undefined {
  const plain = param.type === 'AssignmentPattern' ? param.left : param;
  if (!('typeAnnotation' in plain) || plain.typeAnnotation?.type !== 'TSTypeAnnotation') return undefined;
  const type = plain.typeAnnotation.typeAnnotation;
  if (type.type !== 'TSTypeReference') return undefined;
  return type.typeName.type === 'Identifier'
    ? type.typeName.name
    : type.typeName.type === 'TSQualifiedName'
      ? type.typeName.right.name
      : undefined;
}

function hasType(param: Node | undefined): boolean {
  return param !== undefined && typeName(param) !== undefined;
}

/** Exported, or named like an entry: not a callback in passing. */
function isEntry(fn: FunctionNode): boolean {
  return functionName(fn) !== '' || fn.parent.type === 'ExportDefaultDeclaration';
}
