import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall, RawAnswer } from '../code.ts';
import type { FoundHandler } from './handlers/found.ts';
import { decorator } from './handlers/nest.ts';
import { propertyName, propertyOf, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import { constantOf, sentAnswers } from './sent-answers.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** Clients that give back a row with all its columns. */
const clients = /^(?:prisma|typeorm|sequelize|mongoose|mikro-orm|objection|mongodb)$/;
/** The call says itself which columns it brings along, or makes other objects of them. */
const chosen =
  /\b(?:select|attributes|projection|omit|columns|fields|transform)\s*[:(]|\.(?:map|pick|toDTO|toDto|toResponse|toJSON)\(/;
/** What cuts an entity to size on its way out. */
const serialised = /ClassSerializerInterceptor|@SerializeOptions|@Serialize\b|ZodSerializer|toJSON|@Exclude\(/;
/** A description of the row itself: it says what goes out. */
const ofTheRow = /entity$|model$|schema$|document$/i;

/**
 * Handlers that send a row as the database has it: `return this.users.findOne(id)`, where `documentedAs` names the model
 * that the route's decorators or its return type promise; undefined where nothing in the file does.
 */
export function readRawAnswers(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
  dataCalls: readonly DataCall[],
): readonly RawAnswer[] {
  const rows = dataCalls.filter(({ client, does }) => clients.test(client) && /^(?:read|insert|update)/.test(does));
  if (rows.length === 0 || serialised.test(source.tree.text)) return [];
  return handlers.flatMap((handler) => {
    if (/^(?:graphql|trpc|lambda)$/.test(handler.framework)) return [];
    const documentedAs = promised(source, handler);
    return sentAnswers(source, handler).flatMap(({ status, body, checkedBy, at }) => {
      const call = body && status < 300 && !checkedBy ? rowOf(source, body, rows) : undefined;
      if (!call || (documentedAs !== undefined && isSame(documentedAs, call.model))) return [];
      const { method, path } = handler;
      return [{ ...placeOf(at), method, path, verb: call.verb, ...(documentedAs && { documentedAs }) }];
    });
  });
}

/** The call whose row a body is, through a name and `await`, and nothing else. */
function rowOf(source: Source, body: Node, rows: readonly DataCall[]): DataCall | undefined {
  const call = constantOf(source, body);
  if (call.type !== 'CallExpression' || chosen.test(source.tree.text.slice(...call.range))) return undefined;
  const names = new Set<string>();
  let at: Node = call;
  while (at.type === 'CallExpression' || at.type === 'MemberExpression') {
    if (at.type === 'MemberExpression') names.add(propertyName(at) ?? '');
    at = unwrap(at.type === 'CallExpression' ? at.callee : at.object);
  }
  const { start, end } = call.loc;
  return rows.find(({ line, endLine, verb }) => line >= start.line && endLine <= end.line && names.has(verb));
}

/** The model that Swagger's decorators name, or that the return type does where it is one for answers. */
function promised(source: Source, { node, fn }: FoundHandler): string | undefined {
  if (node.type === 'MethodDefinition')
    for (const one of node.decorators.map(decorator)) {
      if (!/^Api(?:Ok|Created|Accepted)?Response$/.test(one.name)) continue;
      const type = propertyOf(one.argument, 'type');
      const name = type && source.tree.text.slice(...type.range).match(/\b[A-Z]\w*/)?.[0];
      if (name) return name;
    }
  const returned = fn.returnType && source.tree.text.slice(...fn.returnType.range);
  const describes = '@nestjs/swagger' in source.packages.all || 'tsoa' in source.packages.all;
  return describes ? returned?.match(/\b\w+(?:Dto|DTO|Response|View)\b/)?.[0] : undefined;
}

function isSame(documented: string, model: string | undefined): boolean {
  return ofTheRow.test(documented) || documented.toLowerCase() === model?.toLowerCase();
}

/** The methods of a documented controller whose type says nothing of what they answer. */
export function readUntypedAnswers(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
): readonly RawAnswer[] {
  return handlers.flatMap(({ node, fn, method, path, framework }) => {
    if (framework !== 'nest' || node.type !== 'MethodDefinition' || !/^(?:GET|POST|PUT|PATCH)$/.test(method)) return [];
    const type = fn.returnType?.typeAnnotation;
    if (!type || !isAny(type) || !describesAnswers(source, node)) return [];
    return [{ ...placeOf(type), method, path, verb: 'any' }];
  });
}

/** `any`, `Promise<any>`, `Observable<any[]>` */
function isAny(type: TSESTree.TypeNode): boolean {
  if (type.type === 'TSAnyKeyword') return true;
  if (type.type === 'TSArrayType') return isAny(type.elementType);
  const inner = type.type === 'TSTypeReference' ? type.typeArguments?.params[0] : undefined;
  return inner !== undefined && /^(?:Promise|Observable|Array)$/.test(nameOf(type)) && isAny(inner);
}

function nameOf(type: TSESTree.TypeNode): string {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : '';
}

/** The project makes its description from its code, and no decorator of this method gives the answer a shape. */
function describesAnswers(source: Source, method: TSESTree.MethodDefinition): boolean {
  const described = '@nestjs/swagger' in source.packages.all || 'tsoa' in source.packages.all;
  if (!described && source.packages.known) return false;
  const decorators = method.decorators.map(decorator);
  if (decorators.some(({ name }) => /ExcludeEndpoint|Hidden|Sse|Render|Redirect/.test(name))) return false;
  const answers = decorators.filter(({ name }) =>
    /Response|^Api(?!Operation|Tags|Param|Query|Body|Header|Bearer|Security)/.test(name),
  );
  const shaped = answers.some(
    ({ name, argument }) =>
      !/^Api\w*Response$/.test(name) ||
      (argument !== undefined &&
        (argument.type !== 'ObjectExpression' ||
          ['type', 'schema', 'content'].some((key) => propertyOf(argument, key)))),
  );
  return !shaped && (described || answers.length > 0);
}
