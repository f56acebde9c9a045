import { type Chain, type Link, receiverOf } from '../chain.ts';
import { remembered } from '../remembered.ts';
import type { Source } from '../source.ts';

/** Which library a call goes to, and how that is known. */
export interface Client {
  readonly client: string;
  readonly evidence: 'import' | 'construction' | 'type' | 'name';
}

/** Origins that name their library, first match wins. */
const origins: readonly (readonly [RegExp, string])[] = [
  [/^(?:new )?(?:@prisma\/client|[\w@./-]{0,80}prisma)/i, 'prisma'],
  [/^(?:new )?(?:\S*\.)?Prisma(?:Client|Service)\b/, 'prisma'],
  [/^(?:new )?(?:typeorm|@nestjs\/typeorm)\b/, 'typeorm'],
  [/^(?:new )?(?:sequelize|sequelize-typescript|@sequelize\/core)\b/, 'sequelize'],
  [/^(?:new )?(?:mongoose|@nestjs\/mongoose)\b/, 'mongoose'],
  [/^(?:new )?(?:knex)\b/i, 'knex'],
  [/^(?:new )?(?:drizzle-orm)\b/, 'drizzle'],
  [/^(?:new )?kysely\b/, 'kysely'],
  [/^(?:new )?@mikro-orm\//, 'mikro-orm'],
  [/^(?:new )?objection\b/, 'objection'],
  [/^(?:new )?(?:pg|pg-pool|@neondatabase\/serverless|@vercel\/postgres|pg-promise|slonik)\b/, 'pg'],
  [/^(?:new )?(?:postgres)\b(?!ql)/, 'postgres.js'],
  [/^(?:new )?(?:mysql2?)(?:\/promise)?\b/, 'mysql2'],
  [/^(?:new )?(?:mariadb|mssql|oracledb|tedious)\b/, 'sql'],
  [/^(?:new )?(?:better-sqlite3|sqlite3|sqlite|node:sqlite)\b/, 'sqlite'],
  [/^(?:new )?mongodb\b/, 'mongodb'],
  [/^(?:new )?(?:ioredis|redis|@upstash\/redis|@redis\/client)\b/, 'redis'],
  [/^(?:new )?@supabase\//, 'supabase'],
  [/^(?:new )?@aws-sdk\/(?:client-dynamodb|lib-dynamodb)\b/, 'dynamodb'],
  [/^(?:new )?(?:aws-sdk|aws-sdk\/clients\/dynamodb)\.(?:DynamoDB|DocumentClient)\b/, 'dynamodb'],
];

/** What is put into a pipeline goes out with its `exec`, all at once. */
const queued =
  /^new (?:ioredis|redis|@upstash\/redis)\b.*\.(?:pipeline|multi|batch)\(\)|^redis\.createClient\(\).*\.multi\(\)/;

/** Packages of which one has to be there for a conventional name to count, where the dependencies are known. */
export const packages: Readonly<Record<string, RegExp>> = {
  prisma: /^(?:@prisma\/client|prisma)$/,
  typeorm: /^(?:typeorm|@nestjs\/typeorm)$/,
  sequelize: /^(?:sequelize|sequelize-typescript|@sequelize\/core)$/,
  mongoose: /^(?:mongoose|@nestjs\/mongoose|@typegoose\/typegoose)$/,
  knex: /^knex$/,
  drizzle: /^drizzle-orm$/,
  kysely: /^kysely$/,
  'mikro-orm': /^@mikro-orm\//,
  objection: /^(?:objection|@adonisjs\/lucid)$/,
  pg: /^(?:pg|pg-pool|@neondatabase\/serverless|pg-promise|postgres)$/,
  sql: /^(?:pg|pg-pool|pg-promise|postgres|mysql2?(?:\/promise)?|mariadb|better-sqlite3|sqlite3|@neondatabase\/serverless|slonik)$/,
  mongodb: /^mongodb$/,
  firestore: /^(?:firebase-admin|firebase-functions|@google-cloud\/firestore)$/,
  redis: /^(?:ioredis|redis|@upstash\/redis)$/,
};

/** The library at a chain's root, by its origin; undefined where nothing in sight names one. */
export function clientByOrigin(source: Source, chain: Chain, link: Link): Client | undefined {
  const receiver = receiverOf(link) ?? chain.root;
  const origin = source.originOf(receiver);
  if (origin.from === 'local' && !origin.text.startsWith('new ')) return undefined;
  if (origin.from === 'unknown' || origin.from === 'literal') return undefined;
  if (given.test(origin.text)) return ofRepository(source);
  const library = libraryOf(source, origin.text);
  if (library === undefined || (library === 'redis' && queued.test(origin.text))) return undefined;
  const evidence =
    origin.from === 'type'
      ? 'type'
      : origin.text.startsWith('new ')
        ? 'construction'
        : origin.from === 'import'
          ? 'import'
          : 'name';
  return evidence === 'name' && !mayBe(source, library) ? undefined : { client: library, evidence };
}

/** What TypeORM's and MikroORM's connections, wherever they are made, give to ask one table with. */
const given = /^[.@~#\w/-]{1,120}\.(?:getRepository|getMongoRepository|getTreeRepository|getCustomRepository)\(\)$/;

function ofRepository(source: Source): Client | undefined {
  const client = importsOf(source)(/^@mikro-orm\//) ? 'mikro-orm' : 'typeorm';
  return mayBe(source, client) ? { client, evidence: 'name' } : undefined;
}

const libraries = new WeakMap<Source, (text: string) => string | undefined>();

function libraryOf(source: Source, text: string): string | undefined {
  let of = libraries.get(source);
  if (!of) {
    of = remembered((origin) => origins.find(([pattern]) => pattern.test(origin))?.[1]);
    libraries.set(source, of);
  }
  return of(text);
}

/** Whether a conventional name may stand for a library: its package is among the dependencies, or nothing is known of them. */
export function mayBe(source: Source, client: string): boolean {
  if (!source.packages.known || client === 'sql') return true;
  const pattern = packages[client];
  return pattern === undefined || Object.keys(source.packages.all).some((name) => pattern.test(name));
}

/** Whether the file imports a library of this name. */
export function importsOf(source: Source): (pattern: RegExp) => boolean {
  const known = imported.get(source);
  const modules = known ?? modulesOf(source);
  if (!known) imported.set(source, modules);
  return (pattern) => modules.some((name) => pattern.test(name));
}

const imported = new WeakMap<Source, readonly string[]>();

function modulesOf(source: Source): readonly string[] {
  const modules = new Set<string>();
  for (const { source: from } of source.tree.of('ImportDeclaration')) modules.add(from.value);
  for (const call of source.tree.named('require')) {
    const { parent } = call;
    if (parent.type !== 'CallExpression' || parent.callee !== call) continue;
    const [first] = parent.arguments;
    if (first?.type === 'Literal' && typeof first.value === 'string') modules.add(first.value);
  }
  return [...modules];
}
