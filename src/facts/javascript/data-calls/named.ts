import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall } from '../../code.ts';
import { type Chain, type Link, receiverOf } from '../chain.ts';
import { isFunction, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { importsOf, mayBe, packages } from './clients.ts';
import { isOfModels, modelling } from './own-models.ts';
import { doesOf } from './verbs.ts';

/** A call that is known by conventional names and the typical shape of its arguments. */
export interface Named {
  readonly client: string;
  readonly evidence: 'import' | 'name';
  readonly does: DataCall['does'];
}

const clients = /^(?:prisma|prismaClient|prismaService|db|database|tx|trx|client|orm)$/i;
const prismaOnly =
  /^(?:findMany|findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|createMany|updateMany|deleteMany|upsert|groupBy|aggregate)$/;
const repository = /(?:repository|repo)$/i;
const store = /(?:Store|Dao|DAO|Repository|Repo|repository|repo|store|dao)$/;
/** Stores of files, keys and sessions in memory, of which a database is none. */
const otherStore =
  /(?:object|blob|file|disk|key|asset|storage|memory|context|session|cookie|state|subscription|settings?|config)(?:Store|Dao|Repo)\w{0,40}$/i;
/** What a store gives besides rows. */
const noRows =
  /(?:Stream|Url|URL|Path|Connection|Client|Config|Context|Options?|State|Builder|Schema|Metadata|Name|Queue|Key|Instance|ID|Repository|Model|Collection|Dialect|Driver)s?$/;
const sqlReceivers =
  /^(?:pool|client|conn|connection|db|database|pg|mysql|sequelize|dataSource|knex|queryRunner|manager|entityManager|sql|pgClient|pgPool|trx|tx)$/i;
const redisReceivers = /^(?:redis|redisClient|ioredis|redisConnection|redisCache|redisStore)$/i;
const dynamoReceivers = /^(?:dynamo|dynamodb|dynamoClient|ddb|docClient|documentClient)$/i;
const statement = /^\s*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|with|merge|replace|call)\b/i;

/** Recognises a call by its names alone: `prisma.user.findMany({…})`, `User.findAll()`, `pool.query('SELECT …')`. */
export function namedCall(source: Source, chain: Chain, link: Link, at: number): Named | undefined {
  const named = byName(source, chain, link, at);
  if (!named) return undefined;
  const pattern = packages[named.client];
  return { ...named, evidence: pattern && importsOf(source)(pattern) ? 'import' : 'name' };
}

function byName(source: Source, chain: Chain, link: Link, at: number): Omit<Named, 'evidence'> | undefined {
  const receiver = receiverOf(link);
  if (!receiver || !link.args) return undefined;
  const [first] = link.args;
  if (first && isFunction(first)) return undefined;
  const names = [rootName(chain), ...chain.links.slice(0, at).map(({ name }) => name)];
  const last = names.at(-1) ?? '';
  const above = names.at(-2) ?? '';
  const object = first && unwrap(first);
  const shape =
    object === undefined
      ? 'none'
      : object.type === 'ObjectExpression'
        ? 'object'
        : object.type === 'Identifier'
          ? 'name'
          : 'other';
  const found = (client: string): Omit<Named, 'evidence'> | undefined => {
    const does = doesOf(client, link.name);
    return does && mayBe(source, client) ? { client, does } : undefined;
  };
  if (clients.test(above) && shape !== 'other' && /^[a-z]\w*$/.test(last)) {
    if (prismaOnly.test(link.name)) return found('prisma');
    if (/prisma|^tx$/i.test(above) && shape === 'object' && /^(?:create|update|delete|count)$/.test(link.name))
      return found('prisma');
  }
  if (/^\$(?:query|execute)Raw/.test(link.name)) return found('prisma');
  if (isModel(last) && chain.links[at - 1]?.args === undefined) {
    // Without arguments `destroy` ends a connection, a stream or a session.
    if (link.name === 'destroy') return shape === 'object' || shape === 'name' ? found('sequelize') : undefined;
    if (/^(?:findAll|findByPk|findAndCountAll|bulkCreate)$/.test(link.name)) return found('sequelize');
    if (link.name === 'create' && shape !== 'none' && isOfModels(source, receiver)) return found(modelling(source));
    const where = object?.type === 'ObjectExpression' && propertyOf(object, 'where') !== undefined;
    if (where && /^(?:findOne|count|update|findOrCreate)$/.test(link.name)) return found('sequelize');
    if (
      /^(?:findOne|findById|findOneAnd\w+|findByIdAnd\w+|countDocuments|insertMany|updateOne|updateMany|deleteOne|deleteMany|bulkWrite)$/.test(
        link.name,
      )
    )
      return shape === 'none' || shape === 'object' || shape === 'name' || /ById/.test(link.name)
        ? found('mongoose')
        : undefined;
    if (/^(?:find|exists)$/.test(link.name) && (shape === 'object' || shape === 'none')) return found('mongoose');
    if (link.name === 'update' && link.args.length > 1 && isWhere(link.args[1])) return found('sequelize');
    if (/^by[A-Z]?\w*$/.test(link.name) && shape !== 'none') return { client: 'other', does: 'read-one' };
  }
  if (last === 'em' && shape === 'name' && isModel((object as TSESTree.Identifier).name))
    return found(mayBe(source, 'mikro-orm') ? 'mikro-orm' : 'typeorm');
  if (repository.test(last) || /^(?:entityManager|manager)$/.test(last)) {
    const known = found('typeorm');
    if (known) return known;
  }
  if (
    sqlReceivers.test(last) &&
    ((/^(?:query|execute|raw|unsafe|run|all|get)$/.test(link.name) && isStatement(first)) ||
      (/^(?:query|execute)$/.test(link.name) &&
        object &&
        isConfig(object) &&
        importsOf(source)(packages.sql as RegExp)))
  )
    return { client: 'sql', does: 'raw' };
  if (redisReceivers.test(last)) return found('redis');
  if (dynamoReceivers.test(last) && object && propertyOf(object, 'TableName')) return found('dynamodb');
  const isStore = store.test(last) && !otherStore.test(last);
  if ((isStore || /^(?:db|database)$/.test(last)) && shape !== 'none' && !noRows.test(link.name)) {
    if (/^(?:get|find|fetch|load|read|lookup)[A-Z]\w*$|^(?:get|find|fetch|load)$/.test(link.name)) {
      if (/^(?:get|find|load)$/.test(link.name) && !isStore) return undefined;
      return { client: 'other', does: /s$|All|Many|List/.test(link.name) ? 'read-many' : 'read-one' };
    }
    if (/^(?:count|exists|has)[A-Z]\w*$|^count$/.test(link.name)) return { client: 'other', does: 'count' };
    if (
      /^(?:insert|save|create|update|upsert|set[A-Z]|add[A-Z]|remove|delete|destroy|sortedSet(?:Add|Remove))\w*$/.test(
        link.name,
      )
    )
      return { client: 'other', does: 'update' };
  }
  return undefined;
}

function rootName({ root }: Chain): string {
  return root.type === 'Identifier' ? root.name : root.type === 'ThisExpression' ? 'this' : '';
}

/** Models and entities are written with a capital; constants are not models. */
function isModel(name: string): boolean {
  return (
    /^[A-Z][A-Za-z0-9]+$/.test(name) &&
    /[a-z]/.test(name) &&
    !/^(?:Object|Array|Map|Set|Promise|JSON|Math|Number|String|Symbol|Reflect|Date|Buffer|Intl|Proxy|Atomics|Uint8Array)$/.test(
      name,
    )
  );
}

function isWhere(node: Node | undefined): boolean {
  return node?.type === 'ObjectExpression' && propertyOf(node, 'where') !== undefined;
}

/** `query({ text, values })`: how drivers take a statement as an object. */
function isConfig(object: Node): boolean {
  return ['text', 'sql', 'values'].some((name) => propertyOf(object, name) !== undefined);
}

/** The text begins like a statement of SQL. */
export function isStatement(node: Node | undefined): boolean {
  if (!node) return false;
  if (node.type === 'Literal') return typeof node.value === 'string' && statement.test(node.value);
  if (node.type === 'TemplateLiteral') return statement.test(node.quasis[0]?.value.raw ?? '');
  if (node.type === 'TaggedTemplateExpression') return isStatement(node.quasi);
  return node.type === 'BinaryExpression' && isStatement(node.left);
}
