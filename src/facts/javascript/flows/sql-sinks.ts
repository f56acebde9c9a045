import { propertyOf, unwrap } from '../nodes.ts';
import type { Source } from '../source.ts';
import type { CallSite, Sink } from './sink.ts';
import { fromOutside } from './sink.ts';
import type { Value } from './value.ts';

const drivers =
  /^(?:new )?(?:pg|pg-pool|pg-native|mysql2?|mysql2\/promise|promise-mysql|mariadb|sqlite3?|better-sqlite3|node:sqlite|bun:sqlite|mssql|mssql\/msnodesqlv8|tedious|oracledb|pg-promise|postgres|knex|sequelize|sequelize-typescript|typeorm|@prisma\/client|drizzle-orm|kysely|@mikro-orm\/[\w-]+|objection|snowflake-sdk|@clickhouse\/client|duckdb|@duckdb\/node-api|@libsql\/client|@planetscale\/database|@neondatabase\/serverless|@vercel\/postgres|slonik|@databases\/\w+|cassandra-driver|neo4j-driver|serverless-mysql|@google-cloud\/(?:bigquery|spanner)|@nestjs\/typeorm)\b/;
const conventional =
  /^(?:db|database|pool|client|conn|connection|cnx|knex|sequelize|prisma|dataSource|datasource|manager|entityManager|em|queryRunner|runner|trx|tx|transaction|pg|pgClient|mysql|sqlite|sqlClient|orm|repo|repository|getDb\(\)|getConnection\(\)|getManager\(\)|getKnex\(\)|promise\(\))$|(?:Db|DB|Pool|Client|Connection|Database|DataSource|Repository|Repo|Prisma|Knex|Sequelize|Manager|Trx)(?:\(\))?$/;
const always =
  /^(?:\$queryRawUnsafe|\$executeRawUnsafe|queryRawUnsafe|whereRaw|orWhereRaw|andWhereRaw|havingRaw|orHavingRaw|orderByRaw|groupByRaw|joinRaw|fromRaw|selectRaw|schemaRaw)$/;
const onDriver =
  /^(?:query|execute|exec|raw|unsafe|prepare|run|all|get|each|batch|executeMany|none|one|many|any|oneOrNone|manyOrNone|result|map|literal|stream|queryStream|pquery|executeQuery|queryAsync|createNativeQuery|rawQuery|sql|queryRaw|iterate|multi|multiResult|func|proc|task|where|andWhere|orWhere|having|orderBy|addSelect|select|addOrderBy|first|createQuery|runSql)$/;
const byName =
  /^(?:query|execute|exec|raw|unsafe|prepare|run|all|get|each|batch|executeMany|none|one|many|any|oneOrNone|manyOrNone|literal|rawQuery|queryAsync|executeQuery|queryStream|runSql)$/;
const builders =
  /^(?:where|andWhere|orWhere|having|andHaving|orHaving|orderBy|addOrderBy|select|addSelect|groupBy|leftJoin|innerJoin|leftJoinAndSelect|innerJoinAndSelect|set|from)$/;

/** Statements that are sent to a service: DynamoDB's PartiQL, RDS and Redshift over HTTP, Athena. */
const commands =
  /^@aws-sdk\/(?:lib-dynamodb|client-(?:dynamodb|rds-data|redshift-data|athena))\.(?:ExecuteStatement|BatchExecuteStatement|StartQueryExecution)Command$/;

function statementOf(options: CallSite['args'][number]): CallSite['args'][number] | undefined {
  for (const name of ['Statement', 'sql', 'Sql', 'QueryString']) {
    const text = propertyOf(options, name);
    if (text && text.type !== 'AssignmentPattern') return text as CallSite['args'][number];
  }
  return undefined;
}

/** Text that begins like a statement, or like a part of one. */
const statement =
  /^[\s(]*(?:--[^\n]*\n\s*|\/\*[^*]*\*\/\s*)*(?:select|insert|update|delete|merge|replace|with|create|alter|drop|truncate|grant|revoke|copy|call|exec(?:ute)?|declare|begin|explain|set|show|use|pragma|vacuum|lock|refresh|listen|notify|comment|analyze)\b/i;
const clause =
  /\b(?:select|from|where|and|or|order by|group by|having|join|i?like|values|set|limit|between)\b|\bin\s*\(|[=<>]\s*['"]?$/i;

/** Places that run SQL. */
export function sqlSinks(_source: Source, call: CallSite): readonly Sink[] {
  const [first] = call.args;
  if (!first || first.type === 'SpreadElement') return [];
  const { name, origin, receiver } = call;
  const text = commands.test(origin) ? statementOf(unwrap(first)) : undefined;
  if (text)
    return [
      {
        kind: 'sql',
        label: call.label,
        at: call.node,
        target: text,
        accepts: (value) => value.built && fromOutside(value),
      },
    ];
  // Names first: most calls of a file are told apart by their method alone.
  const raw =
    always.test(name) ||
    (name === 'raw' && /^(?:sql|Prisma|knex|db|trx|tx)$/.test(receiver)) ||
    (name === 'unsafe' && receiver === 'sql');
  const onDrivers = onDriver.test(name);
  const onBuilders = builders.test(name);
  if (!raw && !onDrivers && !onBuilders && !byName.test(name)) return [];
  const driver = drivers.test(origin);
  const typed = driver && onDrivers;
  const named = !!receiver && (conventional.test(receiver) || receiver.endsWith('sequelize')) && byName.test(name);
  const builder =
    onBuilders && (driver || /createQueryBuilder|queryBuilder|^qb$|Query$|Builder/i.test(receiver + origin));
  if (!raw && !typed && !named && !builder) return [];
  const target = textOf(first);
  const sure =
    raw ||
    (typed &&
      !builder &&
      /^(?:query|execute|exec|raw|unsafe|prepare|batch|executeMany|none|one|many|any|oneOrNone|manyOrNone|result|literal|all|map|each|get|run|whereRaw)$/.test(
        name,
      ));
  // TypeORM puts into the statement what it is told to order or to group by; Knex quotes it.
  const verbatim = builder && /createQueryBuilder/.test(origin) && parts.test(name);
  const sink = { label: call.label, at: call.node, target };
  return [
    {
      ...sink,
      kind: 'sql',
      accepts: (value: Value) => isInjection(value, sure, builder) || (verbatim && isOwnText(value)),
    },
    {
      ...sink,
      kind: 'identifier',
      accepts: (value: Value) =>
        value.built &&
        fromOutside(value) &&
        /^\s*(?:set\s+(?:local\s+|session\s+)?search_path|copy\b)/i.test(value.start),
    },
  ];
}

const parts = /^(?:where|andWhere|orWhere|having|orderBy|addOrderBy|groupBy|addGroupBy|select|addSelect)$/;

/** The client's own text as a part of a statement. */
function isOwnText(value: Value): boolean {
  return value.trust === 'request' && !value.built && !value.whole && !value.validated;
}

const definitions = /^\s*(?:alter|create|drop|truncate|rename|comment|reindex|vacuum|analyze|pragma|use|show)\b/i;

function isInjection(value: Value, sure: boolean, builder: boolean): boolean {
  if (!fromOutside(value)) return false;
  // What a migration's helper is given are names, for which there are no parameters.
  if (value.trust === 'parameter' && (definitions.test(value.start) || /\bisolation\s+level\s+$/i.test(value.start)))
    return false;
  // The client's own text as the whole statement.
  if (!value.built) return sure && isOwnText(value);
  if (sure) return true;
  return builder ? clause.test(value.start) : statement.test(value.start);
}

/** `query({ text })`, `query({ sql })`: the statement of an options object. */
function textOf(first: CallSite['args'][number]): CallSite['args'][number] {
  const node = unwrap(first);
  return propertyOf(node, 'text') ?? propertyOf(node, 'sql') ?? propertyOf(node, 'query') ?? first;
}
