import type { Dialect } from './sql.ts';

/** What the schemas in sight say of tables: which grow, what is indexed, what relates to what. */
export interface SchemaFacts {
  readonly tables: readonly Table[];
  /** Where the schema names its database. */
  readonly dialect?: Dialect;
}
export interface Table {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly source: 'prisma' | 'typeorm' | 'mikro-orm' | 'sequelize' | 'mongoose' | 'drizzle' | 'sql';
  readonly columns: readonly Column[];
  /** Column lists of primary key, unique constraints and indexes, in order. */
  readonly indexes: readonly { readonly columns: readonly string[]; readonly unique: boolean; readonly line: number }[];
  readonly relations: readonly Relation[];
  /** Rows come with use (has a creation time and belongs to somebody): `unknown` where the schema does not tell. */
  readonly grows: boolean | 'unknown';
}
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly line: number;
  readonly optional: boolean;
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
