import { type Chain, type Link, receiverOf } from '../chain.ts';
import { propertyName, simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

const giving = /^(?:getRepository|getMongoRepository|getTreeRepository|collection|model)$/;

/**
 * The entity a repository or model is of: `getRepository(Order)`, `getRepository(context, Order)`, `Repository<Order>`, `@InjectModel(Order.name)`,
 * `db.collection('orders')`.
 */
export function entityOf(source: Source, { links, root }: Chain, link: Link): string | undefined {
  for (const { name, args } of links) if (args && giving.test(name)) return nameIn(args.at(-1));
  const start = links.find(({ name }) => name === 'createQueryBuilder')?.args?.[0];
  if (start?.type === 'Identifier') return start.name;
  const receiver = unwrap(receiverOf(links.find(({ name }) => name === 'createQueryBuilder') ?? link) ?? root);
  const { typeArguments = [], decorators = [] } = source.originOf(receiver);
  if (/^\w+$/.test(typeArguments[0] ?? '')) return typeArguments[0];
  const injected = decorators.map((one) => /^Inject(?:Repository|Model):(\w+)/.exec(one)?.[1]).find((one) => one);
  if (injected) return injected;
  const binding = receiver.type === 'Identifier' ? source.tree.bindingOf(receiver) : undefined;
  const made = binding?.node.type === 'VariableDeclarator' && binding.node.init ? unwrap(binding.node.init) : undefined;
  return made?.type === 'CallExpression' && giving.test(simpleName(made.callee))
    ? nameIn(made.arguments.at(-1))
    : undefined;
}

/** The arguments behind the entity that a manager is given: `manager.find(Order, options)`. */
export function argumentsBehindEntity(client: string, { args = [] }: Link): readonly Node[] {
  const [first, ...rest] = args;
  const isEntity = first !== undefined && /^[A-Z]\w*[a-z]/.test(nameIn(first) ?? '') && first.type !== 'Literal';
  return isEntity && (client === 'typeorm' || client === 'mikro-orm') ? rest : args;
}

function nameIn(node: Node | undefined): string | undefined {
  if (node?.type === 'Identifier') return node.name;
  // `order_entity_1.Order`, as a compiler writes it.
  if (node?.type === 'MemberExpression' && !node.computed) return propertyName(node);
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
