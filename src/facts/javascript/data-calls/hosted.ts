import { type Chain, type Link, receiverOf } from '../chain.ts';
import type { Source } from '../source.ts';
import type { Built } from './built.ts';

/** Supabase: `supabase.from('orders').select('id').eq('shop', id)`. */
export function supabase(source: Source, chain: Chain): Built | undefined {
  const { links } = chain;
  const from = links.findIndex(({ name, args }) => name === 'from' && args?.[0]?.type === 'Literal');
  const link = links[from + 1];
  const table = links[from]?.args?.[0];
  if (from < 0 || !link?.args || table?.type !== 'Literal') return undefined;
  if (!/^(?:select|insert|update|upsert|delete)$/.test(link.name)) return undefined;
  const receiver = receiverOf(links[from] as Link) ?? chain.root;
  const made = /^(?:new )?@supabase\//.test(source.originOf(receiver).text);
  const before = from > 0 ? (links[from - 1] as Link).name : chain.root.type === 'Identifier' ? chain.root.name : '';
  if (!made && !/supabase/i.test(before)) return undefined;
  const one = links.some(({ name }) => /^(?:single|maybeSingle)$/.test(name));
  const does = { select: 'read-many', insert: 'insert', update: 'update', upsert: 'update', delete: 'delete' } as const;
  const kind = does[link.name as keyof typeof does];
  return {
    client: 'supabase',
    evidence: made ? 'construction' : 'name',
    link,
    at: from + 1,
    does: kind === 'read-many' && one ? 'read-one' : kind,
    table: String(table.value),
  };
}

/** What the commands of DynamoDB's client do, without `Command`. */
const commands: Readonly<Record<string, Built['does']>> = {
  Get: 'read-one',
  GetItem: 'read-one',
  Query: 'read-many',
  Scan: 'read-many',
  BatchGet: 'read-many',
  BatchGetItem: 'read-many',
  Put: 'insert',
  PutItem: 'insert',
  Update: 'update',
  UpdateItem: 'update',
  Delete: 'delete',
  DeleteItem: 'delete',
};

/** DynamoDB, version 3 of the SDK: `client.send(new QueryCommand({ … }))`. */
export function dynamodb(source: Source, chain: Chain): Built | undefined {
  const at = chain.links.findIndex(({ name, args }) => args && name === 'send');
  const link = chain.links[at];
  const [command] = link?.args ?? [];
  if (!link || command?.type !== 'NewExpression') return undefined;
  const { text } = source.originOf(command.callee);
  const name = /^@aws-sdk\/(?:client|lib)-dynamodb\.(\w+)Command$/.exec(text)?.[1];
  const does = name === undefined ? undefined : commands[name];
  if (name === undefined || !does) return undefined;
  return {
    client: 'dynamodb',
    evidence: 'import',
    link: { name: `${name}Command`, args: command.arguments, node: link.node },
    at,
    does,
  };
}
