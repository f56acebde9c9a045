import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Client } from '../code.ts';
import { waitOfClient } from './network/waits.ts';
import { enclosingFunction, functionName, isFunction, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import { remembered } from './remembered.ts';
import { repaired } from './repair.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const kinds: readonly (readonly [RegExp, Client['kind']])[] = [
  [/^new (?:@prisma\/client\.PrismaClient|\S*\.?Prisma(?:Client|Service))$/, 'database'],
  [/^new (?:pg|pg-pool)(?:\.native)?(?:\.Pool)?$/, 'database'],
  [
    /^new (?:typeorm\.DataSource|sequelize(?:-typescript)?(?:\.Sequelize)?|mongodb\.MongoClient|kysely\.Kysely)$/,
    'database',
  ],
  [
    /^(?:mongodb\.MongoClient\.connect|mysql2?(?:\/promise)?\.createPool|mongoose\.createConnection|knex(?:\.knex)?|postgres|@mikro-orm\/\w+\.MikroORM\.init)$/,
    'database',
  ],
  [
    /^new (?:@elastic\/elasticsearch|@opensearch-project\/opensearch|cassandra-driver|mssql)\.(?:Client|ConnectionPool)$/,
    'database',
  ],
  [/^(?:neo4j-driver\.(?:default\.)?driver|mssql\.connect|@clickhouse\/client\.createClient)$/, 'database'],
  [/^new (?:ioredis(?:\.Redis|\.Cluster)?)$/, 'cache'],
  [/^redis\.createClient$/, 'cache'],
  [/^new (?:bullmq|bull|bee-queue)(?:\.(?:Queue|QueueEvents|FlowProducer))?$/, 'queue'],
  [/^(?:amqplib|amqplib\/callback_api|nats|mqtt)\.connect(?:Async)?$/, 'queue'],
  [/^nodemailer\.createTransport$/, 'mail'],
  [/^(?:axios\.create|ky\.(?:create|extend)|request\.defaults)$/, 'http'],
  [/^got(?:\.got)?\.extend$/, 'http'],
  [/^new (?:openai(?:\.(?:Azure)?OpenAI)?|@anthropic-ai\/sdk(?:\.Anthropic)?)$/, 'sdk'],
  [/^new @slack\/web-api\.WebClient$/, 'sdk'],
  [/^new @aws-sdk\/client-[\w-]+\.\w+Client$/, 'sdk'],
  [/^@nestjs\/axios\.HttpModule\.register$/, 'http'],
];
/** Single connections: fine where something else makes one for itself, at its start. A request that opens one waits for that. */
const connections =
  /^(?:new pg(?:\.native)?\.Client|(?:mysql2?(?:\/promise)?|oracledb)\.(?:createConnection|getConnection))$/;
const ownAddress = /^$|^['"`{]|\b(?:process\.env|env|config\w*|settings?|options)\b|_URL\b|[uU]r[li]\b/;
const making = /^_*(?:create|make|build|new|get|use|provide|connect|init|setup|open|factory|default)/i;

/** States constructions of clients and pools, and whether each is kept for the next call. */
export function readClients(source: Source, placeOf: PlaceOf): readonly Client[] {
  const kindOf = remembered((name) => kinds.find(([pattern]) => pattern.test(name))?.[1]);
  const made = [...source.tree.of('NewExpression'), ...source.tree.of('CallExpression')].flatMap((node): Client[] => {
    const { text, from } = source.originOf(node.callee);
    // A function of this file that is named like a library is none, and neither is what a caller gives: `knex('orders')`.
    if (node.type === 'CallExpression' && (from === 'local' || from === 'parameter')) return [];
    const name = node.type === 'NewExpression' ? `new ${text.replace(/^new /, '')}` : text;
    const known = kindOf(name);
    if (!known && !connections.test(name)) return [];
    const place = placeOf(node);
    const kind = known ?? (place.scope === 'request' ? 'database' : undefined);
    if (!kind || (kind === 'http' && from !== 'import' && !(from === 'global' && /^(?:axios|got)\b/.test(text))))
      return [];
    return [
      {
        ...place,
        of: source.tree.text.slice(...node.callee.range).slice(0, 40),
        kind,
        memoised:
          isKept(source, node, place.scope === 'request' && isAlike(source, node)) ||
          (place.scope !== 'request' && isPartOfAnother(source, node)),
        ...waitOfClient(source, name, node),
      },
    ];
  });
  return [...bareHttpModules(source, placeOf), ...made];
}

/** Nest: `imports: [HttpModule]`, without the settings that `HttpModule.register` takes. */
function bareHttpModules(source: Source, placeOf: PlaceOf): readonly Client[] {
  return source.tree.named('HttpModule').flatMap((id) => {
    if (id.parent.type !== 'ArrayExpression' || source.originOf(id).text !== '@nestjs/axios.HttpModule') return [];
    const repair = repaired(source.tree, id, id.loc.end.line, [
      { at: id.range[1], text: '.register({ timeout: 10_000 })' },
    ]);
    return [
      {
        ...placeOf(id),
        of: 'HttpModule',
        kind: 'http',
        memoised: true,
        timeout: 'none',
        setting: 'timeout',
        ...(repair ? { repair } : {}),
      },
    ];
  });
}

/** Made the same way for each request: not for a tenant's or a user's own address, and not to listen on. */
function isAlike(source: Source, node: TSESTree.NewExpression | TSESTree.CallExpression): boolean {
  const [first] = node.arguments;
  const fn = enclosingFunction(node);
  return (
    ownAddress.test(first ? source.tree.text.slice(...first.range) : '') &&
    !/\b(?:req|request|ctx|input|tenant\w*|body|params|dto)\b/i.test(source.tree.text.slice(...node.range)) &&
    !(fn && /\.(?:on|subscribe|watch)\(|\bLISTEN\b/.test(source.tree.text.slice(...fn.range)))
  );
}

/**
 * Assigned to a name outside of the function, given back by a function that makes it, or ended where it was made; that last
 * is no excuse for what `everyRequest` opens and ends again.
 */
function isKept(
  source: Source,
  node: TSESTree.NewExpression | TSESTree.CallExpression,
  everyRequest: boolean,
): boolean {
  const fn = enclosingFunction(node);
  if (!fn) return true;
  if (functionName(fn).endsWith('constructor')) return true;
  for (let at: Node = node; at.parent && !isFunction(at); at = at.parent) {
    const parent: Node = at.parent;
    if (parent.type === 'AssignmentExpression' && parent.right === at && leavesFunction(source, parent.left, fn))
      return true;
    if (parent.type === 'ReturnStatement' || parent.type === 'Property')
      return making.test(functionName(fn).replace(/^.*\./, '')) || parent.type === 'Property';
  }
  if (fn.body === node) return true;
  // A one-off that closes what it opens, or returns it under its name.
  if (!everyRequest && isClosed(source, fn)) return true;
  // What listens lives on: the function that begins it runs once.
  if (!everyRequest && /\.(?:consume|subscribe)\(/.test(source.tree.text.slice(...fn.range))) return true;
  const at = node.parent.type === 'AwaitExpression' ? node.parent.parent : node.parent;
  const name = at?.type === 'VariableDeclarator' ? at.id : at?.type === 'AssignmentExpression' ? at.left : undefined;
  if (name?.type !== 'Identifier') return false;
  return within(source.tree, 'ReturnStatement', fn.body).some(({ argument }) => gives(argument, name.name));
}

/** `return client`, `return { client, close }`. */
function gives(returned: Node | null | undefined, name: string): boolean {
  if (returned?.type === 'Identifier') return returned.name === name;
  if (returned?.type !== 'ObjectExpression') return false;
  return returned.properties.some((one) => one.type === 'Property' && gives(one.value, name));
}

/** Given to a constructor, by its name or on the spot: what is made there lives as long as it is used. */
function isPartOfAnother(source: Source, node: Node): boolean {
  let at: Node = node;
  while (at.parent && /^(?:Await|Conditional|Logical|TSAs|TSNonNull)Expression$/.test(at.parent.type)) at = at.parent;
  const { parent } = at;
  if (parent?.type === 'NewExpression') return parent.callee !== at;
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(parent.id);
  return binding !== undefined && source.tree.referencesOf(binding).some((one) => one.parent.type === 'NewExpression');
}

/** Something in the function is ended that is not the answer to the request. */
function isClosed(source: Source, fn: Node): boolean {
  return within(source.tree, 'CallExpression', fn).some(
    ({ callee }) =>
      callee.type === 'MemberExpression' &&
      /^(?:\$disconnect|end|quit|disconnect|close|destroy)$/.test(propertyName(callee) ?? '') &&
      !/^(?:res|resp|response|reply|req|request|socket)\b|\)$/.test(source.tree.text.slice(...callee.object.range)),
  );
}

function leavesFunction(source: Source, target: Node, fn: Node): boolean {
  if (target.type !== 'Identifier') return true;
  const binding = source.tree.bindingOf(target);
  return !binding || binding.at.range[0] < fn.range[0] || binding.at.range[1] > fn.range[1];
}
