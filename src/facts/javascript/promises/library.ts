import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName } from '../nodes.ts';
import type { Source } from '../source.ts';

/** Origins whose calls give a promise that starts at once, whatever the arguments are. */
const asynchronous: readonly RegExp[] = [
  /^(?:global(?:This)?\.)?fetch$/,
  /^(?:node-fetch|cross-fetch|undici\.(?:fetch|request|stream))$/,
  /^axios(?:\.(?:get|post|put|patch|delete|head|request|create\(\)(?:\.\w+)?))?$/,
  /^(?:got|ky)(?:\.(?:get|post|put|patch|delete|head|extend\(\)(?:\.\w+)?))?$/,
  /^(?:fs\/promises|fs\.promises|timers\/promises|stream\/promises|dns\/promises)\.\w+$/,
  /^@sendgrid\/mail\.send(?:Multiple)?$/,
  /^new resend(?:\.Resend)?\.(?:emails|batch)\.\w+$/,
  /^new (?:bullmq|bull|bee-queue)(?:\.\w+)?\.(?:add|addBulk|close|obliterate)$/,
  /^new pg-boss(?:\.PgBoss)?\.(?:send|publish|insert|work|start|stop)$/,
  /^new (?:stripe|openai|@anthropic-ai\/sdk|twilio|plaid)(?:\.\w+)?(?:\.\w+)+\.(?:create|update|list|retrieve|del|cancel)$/,
  /^twilio\(\)(?:\.\w+)+\.create$/,
  /^(?:p-limit\(\)|new p-queue(?:\.PQueue)?\.add|new bottleneck\.schedule|p-retry|p-map|p-all)$/,
  /^new kafkajs\.Kafka\.(?:producer|consumer)\(\)\.(?:send|sendBatch|connect|run|subscribe|disconnect)$/,
];
/** Its calls give promises since the fourth version; before, they gave none at all. */
const redisClient = /^redis\.createClient\(\)\.(?!on|once|multi|duplicate)\w+$/;
/** The same with a callback as last argument would give none. */
const unlessCallback: readonly RegExp[] = [
  /^fs-extra\.(?!create(?:Read|Write)Stream$|watch)\w+(?<!Sync)$/,
  /^new (?:ioredis)(?:\.Redis)?\.(?!on|once|pipeline|multi|disconnect|duplicate)\w+$/,
  redisClient,
  /^nodemailer\.createTransport\(\)\.sendMail$/,
  /^(?:new @aws-sdk\/client-[\w-]+\.\w+|@aws-sdk\/lib-dynamodb\.DynamoDBDocument(?:Client)?\.from\(\))\.send$/,
  /^(?:bcrypt|bcryptjs|argon2)\.(?:hash|compare|verify)$/,
  /^(?:new )?(?:pg|pg-pool)(?:\.native)?(?:\.(?:Pool|Client))?(?:\.connect\(\))?\.query$/,
  /^mysql2\/promise\.(?:createPool|createConnection)\(\)(?:\.getConnection\(\))?\.(?:query|execute)$/,
  /^(?:new )?@prisma\/client\.PrismaClient(?:\.\w+)?\.(?:create|createMany|update|updateMany|upsert|delete|deleteMany|find\w+|count|aggregate|groupBy|\$\w+)$/,
  /^new typeorm\.(?:Repository|EntityManager|DataSource)(?:\.manager|\.getRepository\(\)|\.createQueryRunner\(\))*\.(?:save|insert|update|upsert|delete|remove|soft\w+|restore|increment|decrement|find\w*|count\w*|query|transaction|\w+Transaction)$/,
  /\.transaction\(\)\.(?:commit|rollback)$/,
  /^mongoose\.model\(\)\.(?:create|insertMany|bulkWrite|updateOne|updateMany|deleteOne|deleteMany|find\w*)$/,
];

/** Why a call of a library gives a promise; undefined for what is not known to. */
export function knownAsync(source: Source, call: TSESTree.CallExpression): string | undefined {
  const { text } = source.originOf(call.callee);
  const matches = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(text));
  const callback = endsInCallback(call);
  if (redisClient.test(text) && /^\D{0,2}[0-3]\./.test(source.packages.all.redis ?? '')) return undefined;
  if (matches(asynchronous) || (!callback && (matches(unlessCallback) || isPoolByName(source, call))))
    return 'the library answers with a promise';
  // Nothing else is named so: TypeORM's query runners and MongoDB's sessions.
  if (!callback && /\.(?:commit|rollback|abort)Transaction$/.test(source.tree.text.slice(...call.callee.range)))
    return 'the library answers with a promise';
  if (!callback && isRecordCall(source, call)) return 'a record of the database is written';
  return undefined;
}

/** Whether a function takes what a call answers: `stat(path, (err, stats) => …)`, `query(text, cb)`, `query(text, this)` inside a step, `flush(resolve)`. */
export function endsInCallback(call: TSESTree.CallExpression): boolean {
  return call.arguments.some(
    (one) =>
      (isFunction(one) && !one.async) ||
      one.type === 'ThisExpression' ||
      (one.type === 'Identifier' && /^(?:callback|cb|done|next|resolve)$/i.test(one.name)),
  );
}

/** `pool.query('…')` in a file that imports pg, where the pool itself is not in sight. */
function isPoolByName(source: Source, call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'query') return false;
  const { object } = callee;
  const name =
    object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' ? propertyName(object) : '';
  return (
    /^(?:pool|pgPool|db)$/.test(name ?? '') &&
    source.tree.of('ImportDeclaration').some(({ source: from }) => /^pg(?:-pool)?$/.test(from.value))
  );
}

/** `const user = await User.findOne(…); user.save()`, in a project whose library keeps its models so. */
function isRecordCall(source: Source, { callee }: TSESTree.CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  if (!/^(?:save|destroy|deleteOne|updateOne|reload)$/.test(propertyName(callee) ?? '')) return false;
  const { all, known } = source.packages;
  if (known && !['mongoose', 'sequelize', 'sequelize-typescript', 'typeorm'].some((name) => name in all)) return false;
  const made = source.tree.bindingOf(callee.object)?.node;
  const awaited =
    made?.type === 'VariableDeclarator' && made.init?.type === 'AwaitExpression' ? made.init.argument : undefined;
  return (
    awaited !== undefined &&
    /^[A-Z]\w*\s*\.\s*(?:find(?:One|OneBy|ById|ByPk|OneOrFail)|create)\(/.test(source.tree.text.slice(...awaited.range))
  );
}
