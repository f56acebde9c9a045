import type { Source } from '../source.ts';
import type { CallSite } from './sink.ts';

const libraries =
  /^(?:new )?(?:@prisma\/client|typeorm|sequelize|sequelize-typescript|mongoose|mongodb|knex|objection|drizzle-orm|kysely|@mikro-orm\/[\w-]+|@nestjs\/(?:typeorm|mongoose|sequelize))\b/;
const names =
  /^(?:prisma|repo|repository|model|collection\(\)|em|entityManager|manager|knex|query\(\)|insertInto\(\)|insert\(\)|update\(\)|db)$|(?:Repository|Repo|Model|Collection)$/;

/** Knex by the names it goes by: `db('items').where({ id })`. */
const ofTable = /^(?:await )?(?:this\.)?(?:db|knex|trx|tx)\(/;

/** What models hang on: `prisma.user`, `app.prisma.user`, `this.prismaService.user`, `ctx.db.user`. */
const clients = /^client$|(?:^|\.)(?:prisma(?:Service|Client)?|tx|db)$/i;

/** `(await Product.findByPk(id)).update(…)`, `.set(…)`: a row that was just read. */
const ofRow =
  /\.(?:findByPk|findOne|findById|findOneBy|findByIdOrFail|findOneOrFail)\(?\)?\.(?:update|set|patch|overwrite)$/;

/** Whether a call is made on a model, repository or query of a database: by its origin, else by the names such things go by. */
export function isStore(source: Source, { origin, receiver, object }: CallSite): boolean {
  if (isStoreLibrary(origin) || names.test(receiver) || ofRow.test(origin)) return true;
  if (/^[A-Z][A-Za-z]+$/.test(receiver) && !/^(?:Object|Map|Set|Array|Reflect|Promise|JSON|Joi|React)$/.test(receiver))
    return true;
  if (object?.type === 'CallExpression') return ofTable.test(source.tree.text.slice(...object.range));
  if (object?.type !== 'MemberExpression') return false;
  const [start, end] = object.object.range;
  return end - start <= 60 && clients.test(source.tree.text.slice(start, end));
}

/** Whether an origin is one of a library that maps objects to rows or documents. */
export function isStoreLibrary(origin: string): boolean {
  return libraries.test(origin);
}
