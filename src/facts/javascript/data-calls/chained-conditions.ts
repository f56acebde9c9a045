import type { Chain } from '../chain.ts';
import { isFunction, propertyName, simpleName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Asked, Condition } from './asked.ts';
import { comparisons } from './sql-conditions.ts';

const nothing: Asked = { conditions: [] };
/** Links that compare one column with a value: Knex, Kysely, Objection, Supabase. */
const serving = /^(?:where|andWhere|whereIn|whereBetween|eq|in|gte?|lte?)$/;
const vague = /^(?:whereNot\w*|whereNull|whereLike|whereILike|andWhereNot|neq|like|ilike|is|not|contains|textSearch)$/;
/** Links after which the conditions are not those of one table, or not all needed. */
const other =
  /^(?:or(?:Where\w*|Having\w*)?|\w{0,40}[jJ]oin\w{0,40}|whereRaw|whereExists|union\w*|with\w*|match|filter|having\w*|groupBy\w*|whereRef|whereJson\w*|fromSubquery)$/;

/** `knex('a').where('b', c)`, `.where({ b: c })`, `.where('b', '=', c)`, TypeORM's `.where('o.b = :c', { c })`. */
export function chainedConditions({ links }: Chain): Asked {
  const conditions: Condition[] = [];
  let sort: string | undefined;
  for (const { name, args } of links) {
    if (!args) continue;
    if (other.test(name)) return nothing;
    const [first, second] = args;
    if (/^(?:orderBy|order)$/.test(name) && sort === undefined && first?.type === 'Literal')
      sort = bare(String(first.value));
    if (!serving.test(name) && !vague.test(name)) continue;
    const found = first && conditionsIn(first, second, args.length, vague.test(name));
    if (!found) return nothing;
    conditions.push(...found);
  }
  return { conditions, ...(sort === undefined ? {} : { sort }) };
}

function conditionsIn(
  first: Node,
  second: Node | undefined,
  count: number,
  isVague: boolean,
): readonly Condition[] | undefined {
  if (first.type === 'ObjectExpression') {
    const columns = first.properties.map((property) =>
      property.type === 'Property' && !property.computed ? propertyName(property) : undefined,
    );
    return columns.every((column) => column !== undefined)
      ? columns.map((column) => ({ column: bare(column), selective: !isVague }))
      : undefined;
  }
  if (first.type !== 'Literal' || typeof first.value !== 'string') return undefined;
  if (/[\s=<>]/.test(first.value)) return comparisons(first.value);
  const operator = count > 2 && second?.type === 'Literal' ? String(second.value) : '=';
  const value = count > 2 ? undefined : second;
  const few = value?.type === 'Literal' && (value.value === null || typeof value.value === 'boolean');
  return [{ column: bare(first.value), selective: !isVague && !few && /^(?:=|==|in|[<>]=?|between)$/i.test(operator) }];
}

/** `orders.user_id` is `user_id`. */
function bare(column: string): string {
  return column.replace(/^.*\./, '').split(/\s/, 1)[0] ?? '';
}

const drizzleServing = /^(?:eq|inArray|gte?|lte?|between)$/;
const drizzleVague = /^(?:ne|like|ilike|notInArray|isNull|isNotNull|not|arrayContains)$/;

/** `.where(and(eq(orders.userId, id), gt(orders.at, from)))`, or `findFirst({ where: eq(…) })`. */
export function drizzleConditions(source: Source, chain: Chain, options: Node | undefined): Asked {
  const { links } = chain;
  if (links.some(({ name, args }) => args && /[jJ]oin$|^union|^groupBy$|^having$/.test(name))) return nothing;
  const where =
    links.find(({ name, args }) => args && name === 'where')?.args?.[0] ??
    (options?.type === 'ObjectExpression'
      ? options.properties.flatMap((p) => (p.type === 'Property' && propertyName(p) === 'where' ? [p.value] : []))[0]
      : undefined);
  const order = links.find(({ name, args }) => args && name === 'orderBy')?.args?.[0];
  const sorted = order?.type === 'CallExpression' ? order.arguments[0] : order;
  const sort = sorted?.type === 'MemberExpression' ? propertyName(sorted) : undefined;
  const body = isFunction(where) ? where.body : where;
  const conditions = body ? compared(source, body) : [];
  return conditions ? { conditions, ...(sort === undefined ? {} : { sort }) } : nothing;
}

function compared(source: Source, node: Node, depth = 0): readonly Condition[] | undefined {
  if (node.type !== 'CallExpression' || depth > 6) return undefined;
  const name = simpleName(node.callee);
  const [column, value] = node.arguments;
  if (name === 'and') {
    const parts = node.arguments.map((argument) => compared(source, argument, depth + 1));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if ((!drizzleServing.test(name) && !drizzleVague.test(name)) || column?.type !== 'MemberExpression') return undefined;
  // A column compared with a column joins tables.
  if (value?.type === 'MemberExpression' && source.originOf(value.object).text === source.originOf(column.object).text)
    return undefined;
  const few = value?.type === 'Literal' && (value.value === null || typeof value.value === 'boolean');
  const of = propertyName(column);
  return of === undefined ? undefined : [{ column: of, selective: drizzleServing.test(name) && !few }];
}
