import type { DataCall } from '../code.ts';
import { importedFile, isOfProject } from './imported.ts';
import { dataCallsOf } from './neighbours/data-calls.ts';
import { importedFunctions } from './neighbours/imported-functions.ts';
import { propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import { constantOf, returnedBy } from './sent-answers.ts';
import type { Source } from './source.ts';

/** Clients that give back a row with all its columns. */
const clients = /^(?:prisma|typeorm|sequelize|mongoose|mikro-orm|objection|mongodb)$/;
/** The call says itself which columns it brings along, or makes other objects of them. */
const chosen =
  /\b(?:select|attributes|projection|omit|columns|fields|transform)\s*[:(]|\.(?:map|pick|toDTO|toDto|toResponse|toJSON)\(/;
/** What cuts an entity to size on its way out. */
const serialises = /ClassSerializerInterceptor|@SerializeOptions|@Serialize\b|ZodSerializer|toJSON|@Exclude\(/;

/** Whether this file, or one that it imports, cuts entities to size on their way out. */
export function isSerialised(source: Source): boolean {
  const { tree, project, file } = source;
  if (serialises.test(tree.text)) return true;
  return tree.of('ImportDeclaration').some(({ source: module }) => {
    if (!isOfProject(module.value)) return false;
    return serialises.test(importedFile(project, file.path, module.value)?.text ?? '');
  });
}

/** The call whose row a body is, through a name and `await`, or through a function of another file that does only that. */
export function rowOf(source: Source, body: Node, dataCalls: readonly DataCall[]): DataCall | undefined {
  const call = constantOf(source, body);
  if (call.type !== 'CallExpression') return undefined;
  const own = asked(source, call, dataCalls);
  if (own) return own;
  const imported = importedFunctions(source, call.callee);
  const [fn, ...more] = imported?.functions ?? [];
  if (!imported || !fn || more.length > 0) return undefined;
  const { neighbour } = imported;
  if (isSerialised(neighbour.source)) return undefined;
  const values = returnedBy(neighbour.source, fn).map(({ value }) => value);
  const rows = values.map((value) =>
    asked(neighbour.source, constantOf(neighbour.source, value), dataCallsOf(neighbour)),
  );
  // One answer that is put together by hand says that the others are looked after too.
  return rows.every((row) => row !== undefined) ? rows[0] : undefined;
}

function asked(source: Source, call: Node, dataCalls: readonly DataCall[]): DataCall | undefined {
  if (call.type !== 'CallExpression' || chosen.test(source.tree.text.slice(...call.range))) return undefined;
  const names = new Set<string>();
  let at: Node = call;
  while (at.type === 'CallExpression' || at.type === 'MemberExpression') {
    if (at.type === 'MemberExpression') names.add(propertyName(at) ?? '');
    at = unwrap(at.type === 'CallExpression' ? at.callee : at.object);
  }
  const { start, end } = call.loc;
  return dataCalls.find(
    ({ client, does, line, endLine, verb }) =>
      clients.test(client) &&
      /^(?:read|insert|update)/.test(does) &&
      line >= start.line &&
      endLine <= end.line &&
      names.has(verb),
  );
}
