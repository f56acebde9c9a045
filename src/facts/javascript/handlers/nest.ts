import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../constant-text.ts';
import { isFunction, propertyName } from '../nodes.ts';
import type { FunctionNode } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FoundHandler, ParameterRole } from './found.ts';

const routes = /^(?:Get|Post|Put|Patch|Delete|All|Options|Head|Sse)$/;
const resolvers =
  /^(?:Query|Mutation|Subscription|ResolveField|ResolveProperty|FieldResolver|MessagePattern|EventPattern|SubscribeMessage|GrpcMethod)$/;
/** What resolves a field of an object that is there already: NestJS, its older releases, TypeGraphQL. */
const fields = /^(?:ResolveField|ResolveProperty|FieldResolver)$/;
const inputs =
  /^(?:Body|Query|Param|Params|Headers|QueryParams?|BodyParam|HeaderParams?|CookieParams?|Args?|Payload|MessageBody|UploadedFile|UploadedFiles|RawBody)$/;

/** Methods that a decorator makes a route or a resolver: NestJS, and what copies its decorators (routing-controllers, tsoa). */
export function nestHandlers(source: Source): readonly FoundHandler[] {
  return source.tree.of('MethodDefinition').flatMap((method) => {
    const route = method.decorators.map(decorator).find(({ name }) => routes.test(name) || resolvers.test(name));
    if (!route || !isFunction(method.value)) return [];
    const owner = method.parent.parent as TSESTree.ClassDeclaration;
    const prefix = owner.decorators?.map(decorator).find(({ name }) => /Controller$/.test(name));
    const own = route.argument ? (constantText(source.tree, route.argument) ?? 'unknown') : '';
    const base = prefix?.argument ? (constantText(source.tree, prefix.argument) ?? '') : '';
    const field = `${typeOf(owner)}.${own === '' || own === 'unknown' ? (propertyName(method) ?? '?') : own}`;
    const path = fields.test(route.name)
      ? field
      : resolvers.test(route.name)
        ? own
        : `/${[base, own].filter(Boolean).join('/')}`.replace(/\/{2,}/g, '/');
    const validatedBy = validatorOf(method, owner);
    return [
      {
        fn: method.value as FunctionNode,
        node: method,
        framework: 'nest',
        method: route.name === 'All' ? 'ANY' : fields.test(route.name) ? 'FIELD' : route.name.toUpperCase(),
        path,
        roles: method.value.params.map(roleOf),
        described:
          resolvers.test(route.name) || owner.decorators?.some(isDescription) || method.decorators.some(isDescription)
            ? 'yes'
            : 'no',
        ...(validatedBy ? { validatedBy } : {}),
      },
    ];
  });
}

/** The type whose fields a class resolves: `@Resolver(() => Post)`, `@Resolver('Post')`. */
function typeOf(owner: TSESTree.ClassDeclaration): string {
  const of = owner.decorators?.map(decorator).find(({ name }) => name === 'Resolver')?.argument;
  if (of?.type === 'Literal') return String(of.value);
  const named = isFunction(of) ? of.body : of;
  return named?.type === 'Identifier' ? named.name : '?';
}

/** Swagger's decorators say what an operation answers; so do those that a project composes from them. */
function isDescription(node: TSESTree.Decorator): boolean {
  return /^Api\w*(?:Response|Operation|ExcludeEndpoint|ExcludeController)$|^HealthCheck$|^ApiDoc|^Swagger/.test(
    decorator(node).name,
  );
}

function roleOf(param: TSESTree.Parameter): ParameterRole {
  const names = (param.decorators ?? []).map((one) => decorator(one).name);
  if (names.some((name) => inputs.test(name))) return 'input';
  if (names.some((name) => /^(?:Req|Request)$/.test(name))) return 'request';
  return names.some((name) => /^(?:Res|Response)$/.test(name)) ? 'response' : 'other';
}

function validatorOf(method: TSESTree.MethodDefinition, owner: TSESTree.ClassDeclaration): string | undefined {
  const pipes = [...method.decorators, ...(owner.decorators ?? [])].map(decorator);
  return pipes.some(({ name, argument }) => name === 'UsePipes' && argument) ? 'ValidationPipe' : undefined;
}

/** Name and first argument of a decorator. */
export function decorator(node: TSESTree.Decorator): { name: string; argument?: TSESTree.CallExpressionArgument } {
  const { expression } = node;
  const callee = expression.type === 'CallExpression' ? expression.callee : expression;
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? callee.property.name
        : '';
  const [argument] = expression.type === 'CallExpression' ? expression.arguments : [];
  return argument ? { name, argument } : { name };
}
