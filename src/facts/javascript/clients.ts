import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Client } from '../code.ts';
import { isKept, isPartOfAnother } from './kept-clients.ts';
import { waitOfClient } from './network/waits.ts';
import { enclosingFunction } from './nodes.ts';
import type { Node } from './parse.ts';
import { remembered } from './remembered.ts';
import { repaired } from './repair.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

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
/** Classes that have one well-known library, where nothing says what was imported. */
const conventional: ReadonlyMap<string, Client['kind']> = new Map([
  ['new Pool', 'database'],
  ['new MongoClient', 'database'],
  ['new Redis', 'cache'],
  ['new IORedis', 'cache'],
]);
const ownAddress = /^$|^['"`{]|\b(?:process\.env|env|config\w*|settings?|options)\b|_URL\b|[uU]r[li]\b/;

/** States constructions of clients and pools, and whether each is kept for the next call. */
export function readClients(source: Source, placeOf: PlaceOf): readonly Client[] {
  const kindOf = remembered((name) => kinds.find(([pattern]) => pattern.test(name))?.[1]);
  const many = connectionsByQuery(source);
  const made = [...source.tree.of('NewExpression'), ...source.tree.of('CallExpression')].flatMap((node): Client[] => {
    const { text, from } = source.originOf(node.callee);
    // A function of this file that is named like a library is none, and neither is what a caller gives: `knex('orders')`.
    if (node.type === 'CallExpression' && (from === 'local' || from === 'parameter')) return [];
    const name = node.type === 'NewExpression' ? `new ${text.replace(/^new /, '')}` : text;
    const known = kindOf(name) ?? (from === 'global' ? conventional.get(name) : undefined);
    if (!known && !connections.test(name)) return [];
    const place = placeOf(node);
    const kind = known ?? (place.scope === 'request' || many.has(node) ? 'database' : undefined);
    if (!kind || (kind === 'http' && from !== 'import' && !(from === 'global' && /^(?:axios|got)\b/.test(text))))
      return [];
    return [
      {
        ...place,
        of: source.tree.text.slice(...node.callee.range).slice(0, 40),
        kind,
        memoised:
          (kind === 'sdk' && !isAlike(source, node)) ||
          isKept(source, node, many.has(node) || (place.scope === 'request' && isAlike(source, node))) ||
          (place.scope !== 'request' && isPartOfAnother(source, node)),
        ...waitOfClient(source, name, node),
      },
    ];
  });
  return [...bareHttpModules(source, placeOf), ...made];
}

/** A file whose functions each open a connection of their own and end it: that is how it asks, and no one-off. */
function connectionsByQuery(source: Source): ReadonlySet<Node> {
  const opening = [...source.tree.of('NewExpression'), ...source.tree.of('CallExpression')].filter((node) => {
    const { text, from } = source.originOf(node.callee);
    const name = node.type === 'NewExpression' ? `new ${text.replace(/^new /, '')}` : text;
    return from === 'import' && connections.test(name) && isAlike(source, node);
  });
  const functions = new Set(opening.map((node) => enclosingFunction(node)));
  return new Set(functions.size > 1 && !functions.has(undefined) ? opening : []);
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
