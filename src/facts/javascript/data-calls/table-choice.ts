import type { DataCall } from '../../code.ts';
import type { Chain, Link } from '../chain.ts';
import type { LoopsOf } from '../loops.ts';
import { simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { constantOf } from '../sent-answers.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';
import { strapi } from './strapi.ts';

/** Calls that are given a table, a collection or an entity. */
const naming =
  /^(?:getRepository|getCustomRepository|getMongoRepository|getTreeRepository|collection|model|from|into|table|selectFrom|insertInto|updateTable|deleteFrom|knex|db|trx)$/;
const asking = /^(?:find|query|execute|count|select|exists|aggregate|raw|scan)/;
const managers = /^(?:em|manager|entityManager|entityService)$/i;
/** Text of a statement up to the place of a table's name. */
const beforeTable = /\b(?:from|into|update|join|table|describe|desc)\s+["'`[]?(?:\w{1,63}["'`\]]?\.?["'`[]?)?$/i;

/**
 * Who says which table is asked, where it is not always the same one: `turn` of the loop around it, the `caller` of the
 * function it stands in. No one query asks several tables.
 *
 * @param sql text of the statement, where the call has one
 */
export function tableChoice(
  source: Source,
  chain: Chain,
  link: Link,
  loops: LoopsOf,
  sql: string | undefined,
): Pick<DataCall, 'tableBy'> {
  const names = [...tableNodes(chain, link, sql), ...typeOf(chain)].filter((node) => !isSubquery(source, node));
  const { root, links } = chain;
  // `shard.query(…)`: each element is a database, a collection or a repository of its own.
  const isElement = links[0] === link && root.type === 'Identifier' && asking.test(link.name) && loops.flowsInto(root);
  if (isElement || names.some((node) => loops.flowsInto(node))) return { tableBy: 'turn' };
  return names.some((node) => isGiven(source, node)) ? { tableBy: 'caller' } : {};
}

/** The expression reads a parameter of the function it stands in. */
function isGiven(source: Source, node: Node): boolean {
  const names = node.type === 'Identifier' ? [node] : within(source.tree, 'Identifier', node);
  return names.some((name) => source.tree.bindingOf(name)?.kind === 'param');
}

/** `db.selectFrom(latest)` where `latest` is a query with an alias of its own: the table is named in there. */
function isSubquery(source: Source, node: Node): boolean {
  const made = constantOf(source, node);
  return made.type === 'CallExpression' && simpleName(made.callee) === 'as';
}

/** The expressions that say which table is asked. */
function tableNodes({ links }: Chain, link: Link, sql: string | undefined): readonly Node[] {
  const until = links.indexOf(link);
  const found: Node[] = [];
  for (const [at, { name, args, node }] of links.entries()) {
    const callee = node.type === 'CallExpression' ? unwrap(node.callee) : node;
    if (at <= until && callee.type === 'MemberExpression' && callee.computed) found.push(callee.property);
    if (args && naming.test(name))
      found.push(...args.filter((argument) => argument.type !== 'SpreadElement').slice(-1));
  }
  const [first, second] = link.args ?? [];
  const receiver = link.node.type === 'CallExpression' ? unwrap(link.node.callee) : undefined;
  if (receiver?.type === 'MemberExpression' && managers.test(simpleName(receiver.object)) && first && second)
    found.push(first);
  if (/^(?:query|execute|raw|unsafe|run|all)$/.test(link.name) && first) found.push(...inStatement(first, sql));
  return found;
}

/** Strapi's queries and documents are given the type they are of. */
function typeOf(chain: Chain): readonly Node[] {
  if (!strapi(chain)) return [];
  return chain.links.flatMap(({ name, args }) => (args && /^(?:query|documents)$/.test(name) ? args.slice(0, 1) : []));
}

/** What is put into a statement as the name of its table; all of it where no part of it is known. */
function inStatement(argument: Node, sql: string | undefined): readonly Node[] {
  const text = unwrap(argument);
  if (text.type === 'TemplateLiteral') {
    const before = text.quasis.map(({ value }) => value.raw.slice(-200));
    // A schema's name may be put in before the table's.
    return text.expressions.filter((_, at) => beforeTable.test(before.slice(Math.max(0, at - 1), at + 1).join('x')));
  }
  return sql === undefined && (text.type === 'Identifier' || text.type === 'MemberExpression') ? [text] : [];
}
