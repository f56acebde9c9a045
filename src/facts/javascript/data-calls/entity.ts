import { type Chain, type Link, receiverOf } from '../chain.ts';
import { simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

const giving = /^(?:getRepository|getMongoRepository|getTreeRepository|collection|model)$/;

/**
 * The entity a repository or model is of: `getRepository(Order)`, `Repository<Order>`, `@InjectModel(Order.name)`,
 * `db.collection('orders')`.
 */
export function entityOf(source: Source, { links, root }: Chain, link: Link): string | undefined {
  for (const { name, args } of links) if (args && giving.test(name)) return nameIn(args[0]);
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
    ? nameIn(made.arguments[0])
    : undefined;
}

function nameIn(node: Node | undefined): string | undefined {
  if (node?.type === 'Identifier') return node.name;
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
