import { type Chain, type Link, receiverOf } from '../chain.ts';
import type { LoopsOf } from '../loops.ts';
import { enclosingFunction, propertyName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { type Client, importsOf, mayBe } from './clients.ts';

/** A relation that an element of a list loads for itself. */
export interface RelationLoad extends Client {
  readonly does: 'read-one' | 'read-many' | 'count';
  readonly link: Link;
}

/**
 * Recognises `await team.getPlayers()` (Sequelize), `person.$relatedQuery('pets')` (Objection) and `author.books.loadItems()`
 * (MikroORM) on the element of a loop.
 *
 * @param clientOf the library of a call that was recognised before, by its whole chain
 */
export function relationLoad(
  source: Source,
  chain: Chain,
  loops: LoopsOf,
  clientOf: (top: Node) => string | undefined,
): RelationLoad | undefined {
  const { root, links } = chain;
  const link = links.findLast(({ args }) => args);
  if (root.type !== 'Identifier' || !link || !loops.flowsInto(root)) return undefined;
  const related = links.find(({ name, args }) => args && /^\$(?:relatedQuery|fetchGraph|loadRelated)$/.test(name));
  if (related && mayBe(source, 'objection'))
    return { client: 'objection', evidence: 'name', does: 'read-many', link: related };
  const mikro = importsOf(source)(/^@mikro-orm\//);
  if (links.length === 2 && (link.name === 'loadItems' || (mikro && /^(?:init|load|loadCount)$/.test(link.name))))
    return { client: 'mikro-orm', evidence: mikro ? 'import' : 'name', does: 'read-many', link };
  if (links.length !== 1 || !/^(?:get|count|has)[A-Z]/.test(link.name)) return undefined;
  if (listClient(source, receiverOf(link), clientOf) !== 'sequelize') return undefined;
  const does = link.name.startsWith('get') ? (/s$/.test(link.name) ? 'read-many' : 'read-one') : 'count';
  return { client: 'sequelize', evidence: 'import', does, link };
}

/** `await author.books` on an element of what TypeORM found: a property that has to be awaited is a lazy relation, and a query. */
export function lazyRelations(
  source: Source,
  loops: LoopsOf,
  clientOf: (top: Node) => string | undefined,
): readonly { readonly chain: Chain; readonly load: RelationLoad }[] {
  return source.tree.of('AwaitExpression').flatMap(({ argument }) => {
    if (argument.type !== 'MemberExpression' || argument.object.type !== 'Identifier') return [];
    const name = propertyName(argument);
    if (name === undefined || !loops.flowsInto(argument.object)) return [];
    if (listClient(source, argument.object, clientOf) !== 'typeorm' || isBroughtAlong(source, argument)) return [];
    const link: Link = { name, node: argument };
    const chain = { root: argument.object, links: [link], top: argument };
    return [{ chain, load: { client: 'typeorm', evidence: 'import', does: 'read-one', link } }];
  });
}

/** The function asks for relations with the list: this may be one of them, and is there already. */
function isBroughtAlong(source: Source, use: Node): boolean {
  let fn: Node | undefined;
  for (let at = enclosingFunction(use); at; at = enclosingFunction(at)) fn = at;
  const from = fn ? Math.max(fn.range[0], use.range[0] - 8_000) : 0;
  return /\brelations\b|JoinAndSelect|JoinAndMap/.test(source.tree.text.slice(from, use.range[0]));
}

/** The library whose call gave the list that the receiver is an element of. */
function listClient(
  source: Source,
  receiver: Node | undefined,
  clientOf: (top: Node) => string | undefined,
): string | undefined {
  const binding = receiver?.type === 'Identifier' ? source.tree.bindingOf(receiver) : undefined;
  const list = binding && listOf(binding.node);
  const from = list && unwrap(list);
  const held = from?.type === 'MemberExpression' ? unwrap(from.object) : from;
  if (held?.type !== 'Identifier') return held && clientOf(held);
  const declared = source.tree.bindingOf(held)?.node;
  return declared?.type === 'VariableDeclarator' && declared.init ? clientOf(unwrap(declared.init)) : undefined;
}

/** What a loop goes through, from the declaration of its variable: `for (const x of LIST)`, `LIST.map((x) => …)`. */
function listOf(node: Node): Node | undefined {
  const { parent } = node;
  if (node.type === 'VariableDeclarator')
    return parent?.parent?.type === 'ForOfStatement' ? parent.parent.right : undefined;
  const call =
    parent?.type === 'ArrowFunctionExpression' || parent?.type === 'FunctionExpression' ? parent.parent : undefined;
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' ? call.callee.object : undefined;
}
