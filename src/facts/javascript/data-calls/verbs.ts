import type { DataCall } from '../../code.ts';

type Does = DataCall['does'];
type Verbs = readonly (readonly [RegExp, Does])[];

const prisma: Verbs = [
  [/^findMany$/, 'read-many'],
  [/^find(?:Unique|First)(?:OrThrow)?$/, 'read-one'],
  [/^(?:count|aggregate|groupBy)$/, 'count'],
  [/^(?:create|createMany|createManyAndReturn)$/, 'insert'],
  [/^(?:update|updateMany|updateManyAndReturn|upsert)$/, 'update'],
  [/^(?:delete|deleteMany)$/, 'delete'],
  [/^\$(?:query|execute)Raw(?:Unsafe)?$/, 'raw'],
  [/^\$transaction$/, 'transaction'],
];
const typeorm: Verbs = [
  [
    /^(?:find|findBy|findAndCount|findAndCountBy|findByIds|getMany|getRawMany|getManyAndCount|getRawAndEntities|findTrees|findDescendants)$/,
    'read-many',
  ],
  [/^(?:findOne|findOneBy|findOneOrFail|findOneByOrFail|findOneById|getOne|getOneOrFail|getRawOne)$/, 'read-one'],
  [/^(?:count|countBy|exists?|existsBy|exist|sum|average|minimum|maximum|getCount|getExists)$/, 'count'],
  [/^(?:save|insert)$/, 'insert'],
  [/^(?:update|upsert|increment|decrement|restore|recover)$/, 'update'],
  [/^(?:delete|remove|softDelete|softRemove|clear)$/, 'delete'],
  [/^query$/, 'raw'],
  [/^transaction$/, 'transaction'],
];
const sequelize: Verbs = [
  [/^(?:findAll|findAndCountAll)$/, 'read-many'],
  [/^(?:findByPk|findOne|findOrCreate|findOrBuild)$/, 'read-one'],
  [/^(?:count|sum|max|min|aggregate)$/, 'count'],
  [/^(?:create|bulkCreate)$/, 'insert'],
  [/^(?:update|upsert|increment|decrement|restore)$/, 'update'],
  [/^destroy$/, 'delete'],
  [/^query$/, 'raw'],
  [/^transaction$/, 'transaction'],
];
const mongoose: Verbs = [
  [/^(?:find|aggregate)$/, 'read-many'],
  [
    /^(?:findOne|findById|findOneAndUpdate|findByIdAndUpdate|findOneAndDelete|findByIdAndDelete|findOneAndReplace|populate)$/,
    'read-one',
  ],
  [/^(?:countDocuments|estimatedDocumentCount|exists|distinct|count)$/, 'count'],
  [/^(?:create|insertMany|insertOne|bulkWrite|save)$/, 'insert'],
  [/^(?:updateOne|updateMany|replaceOne|update)$/, 'update'],
  [/^(?:deleteOne|deleteMany|remove)$/, 'delete'],
];
const sql: Verbs = [
  [/^(?:query|execute|run|all|get|each|exec|raw|one|oneOrNone|many|manyOrNone|any|none|unsafe)$/, 'raw'],
];
const redis: Verbs = [
  [
    /^(?:keys|smembers|hgetall|lrange|zrange|zrevrange|zrangebyscore|hkeys|hvals|xrange|sMembers|hGetAll|lRange|zRange|hKeys|hVals|xRange|scan|mget|mGet)$/,
    'read-many',
  ],
  [/^(?:get|hget|exists|ttl|sismember|hGet|sIsMember|zscore|llen|type|hmget|getdel|getBuffer)$/, 'read-one'],
  [
    /^(?:set|hset|setex|sadd|lpush|rpush|zadd|incr|expire|hSet|setEx|sAdd|lPush|rPush|zAdd|publish|xadd|xAdd|incrby|hincrby)$/,
    'update',
  ],
  [/^(?:del|hdel|unlink|srem|hDel|sRem|zrem|zRem|flushall|flushdb|flushAll|flushDb)$/, 'delete'],
];
const mikro: Verbs = [
  [/^(?:find|findAll|findAndCount|findByCursor)$/, 'read-many'],
  [/^(?:findOne|findOneOrFail|populate|init|loadItems|load|refresh)$/, 'read-one'],
  [/^(?:count|loadCount)$/, 'count'],
  [/^(?:insert|insertMany|persistAndFlush|flush)$/, 'insert'],
  [/^(?:nativeUpdate|upsert|upsertMany)$/, 'update'],
  [/^(?:nativeDelete|removeAndFlush)$/, 'delete'],
];
const dynamodb: Verbs = [
  [/^(?:query|scan|batchGet|batchGetItem)$/, 'read-many'],
  [/^(?:get|getItem)$/, 'read-one'],
  [/^(?:put|putItem)$/, 'insert'],
  [/^(?:update|updateItem)$/, 'update'],
  [/^(?:delete|deleteItem)$/, 'delete'],
];
const supabase: Verbs = [[/^(?:rpc)$/, 'raw']];

const tables: Readonly<Record<string, Verbs>> = {
  prisma,
  typeorm,
  sequelize,
  mongoose,
  mongodb: mongoose,
  'mikro-orm': mikro,
  pg: sql,
  mysql2: sql,
  sql,
  sqlite: sql,
  'postgres.js': [],
  redis,
  dynamodb,
  supabase,
};

/** What a method of a library does to the database; undefined for one that reaches none. */
export function doesOf(client: string, method: string): Does | undefined {
  return tables[client]?.find(([pattern]) => pattern.test(method))?.[1];
}
