import type { Dialect } from './sql.ts';

/** What the schemas in sight say of tables: which grow, what is indexed, what relates to what. */
export interface SchemaFacts {
  readonly tables: readonly Table[];
  /** Where the schema names its database. */
  readonly dialect?: Dialect;
}
export interface Table {
  readonly name: string;
  /** Its other name: in the database where `name` is the code's, in code where `name` is the database's. */
  readonly alias?: string;
  readonly path: string;
  readonly line: number;
  readonly source: 'prisma' | 'typeorm' | 'mikro-orm' | 'sequelize' | 'mongoose' | 'drizzle' | 'sql';
  readonly columns: readonly Column[];
  /** Column lists of primary key, unique constraints and indexes, in order. */
  readonly indexes: readonly Index[];
  readonly relations: readonly Relation[];
  /** Rows come with use (has a creation time and belongs to somebody): `unknown` where the schema does not tell. */
  readonly grows: boolean | 'unknown';
}
export interface Index {
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly line: number;
  /** Of some of the rows: no foreign key is served by it. */
  readonly partial?: boolean;
}
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly line: number;
  readonly optional: boolean;
  /** A boolean or an enumeration: an index on it alone would not help. */
  readonly few?: boolean;
}
export interface Relation {
  readonly name: string;
  readonly to: string;
  readonly columns: readonly string[];
  readonly many: boolean;
  readonly eager: boolean;
  readonly line: number;
}
export const emptySchema: SchemaFacts = { tables: [] };
