import type { DataCall } from '../../code.ts';
import type { Chain, Link } from '../chain.ts';
import { propertyName, propertyOf } from '../nodes.ts';
import type { Node } from '../parse.ts';

type Includes = DataCall['includes'];
type Included = Includes[number];

/** Where the libraries’ options name what is to be brought along. */
const keys: Readonly<Record<string, string>> = {
  prisma: 'include',
  sequelize: 'include',
  typeorm: 'relations',
  drizzle: 'with',
  'mikro-orm': 'populate',
};
const bounding = ['take', 'limit', 'perDocumentLimit', 'where', 'separate', 'match', 'required'];

/**
 * Lists that a query brings along whole, by their plural names: `include: { orders: true }`, `relations: ['orders']`,
 * `.populate('orders')`, `withGraphFetched('orders')`.
 */
export function includedLists({ links }: Chain, { args = [] }: Link, client: string): Includes {
  const key = keys[client];
  const found = key === undefined ? [] : args.flatMap((argument) => namesIn(propertyOf(argument, key), client));
  for (const { name, args: given } of links) {
    const [first] = given ?? [];
    if (first && (name === 'populate' || name === 'withGraphFetched')) found.push(...namesIn(first, client));
    if (first?.type === 'Literal' && /^(?:left|inner)JoinAndSelect$/.test(name))
      found.push(one(String(first.value), first));
  }
  return found.filter(({ name }) => /[a-z](?<![sui])s$/.test(name));
}

function namesIn(node: Node | undefined, client: string): Included[] {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string'
        ? node.value
            .split(/[\s,[\]]+/)
            .filter(Boolean)
            .map((name) => one(name, node))
        : [];
    case 'ArrayExpression':
      return node.elements.flatMap((element) => (element ? namesIn(element, client) : []));
    case 'ObjectExpression':
      return client === 'sequelize' || client === 'mongoose' ? described(node) : keyed(node);
    default:
      return [];
  }
}

/** `{ orders: true }`; what is given options is not whole. */
function keyed(node: Node): Included[] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) =>
    property.type === 'Property' && property.value.type === 'Literal' && property.value.value === true
      ? [{ name: propertyName(property) ?? '', line: property.loc.start.line }]
      : [],
  );
}

/** `{ model: Order, as: 'orders' }`, `{ association: 'orders' }`, `{ path: 'orders' }` without a bound. */
function described(node: Node): Included[] {
  if (bounding.some((name) => propertyOf(node, name)) || propertyOf(propertyOf(node, 'options'), 'limit')) return [];
  const named = ['as', 'association', 'path']
    .map((name) => propertyOf(node, name))
    .find((value) => value !== undefined);
  return named?.type === 'Literal' ? [one(String(named.value), named)] : [];
}

/** The last step of `customer.orders`. */
function one(path: string, node: Node): Included {
  return { name: path.replace(/^.*\./, ''), line: node.loc.start.line };
}
