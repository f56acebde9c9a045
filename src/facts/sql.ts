/** What the statements of a migration do, in words no dialect or builder owns. Owned by the sql reader. */
export interface SqlFacts {
  readonly dialect: Dialect;
  readonly changes: readonly SchemaChange[];
  /** Statements that no parser understood; the rest is read. */
  readonly unread: number;
}

export type Dialect = 'postgresql' | 'mysql' | 'sqlite' | 'unknown';

export type Operation =
  | 'create-table'
  | 'drop-table'
  | 'rename-table'
  | 'create-index'
  | 'drop-index'
  | 'reindex'
  | 'add-column'
  | 'drop-column'
  | 'rename-column'
  | 'change-type'
  | 'set-not-null'
  | 'add-constraint'
  | 'detach-partition'
  | 'refresh-view'
  | 'rewrite-table'
  | 'drop-database'
  | 'drop-object'
  | 'create-object'
  | 'truncate'
  | 'update'
  | 'delete'
  | 'domain-constraint'
  | 'set-timeout'
  | 'begin'
  | 'commit'
  | 'other';

/** One thing a migration does to one table. Names are lower case and without their schema. */
export interface SchemaChange {
  readonly op: Operation;
  readonly line: number;
  readonly endLine: number;
  readonly table?: string | undefined;
  readonly columns: readonly string[];
  readonly name?: string;
  /** The table is created by the same change: it has no rows, nobody waits for its lock. */
  readonly onNewTable: boolean;
  /** `unknown` where the migration runner is not known. */
  readonly inTransaction: boolean | 'unknown';
  /** CONCURRENTLY, FINALIZE or its builder's option. */
  readonly online?: boolean;
  readonly unique?: boolean;
  readonly notNull?: boolean;
  readonly default?: 'none' | 'constant' | 'volatile';
  readonly type?: string;
  /** For `change-type`: the type that the migration's way back gives the column again, lower case. */
  readonly formerType?: string;
  /** For `change-type`: the notation states the type again whatever it changes (MySQL's MODIFY, Knex' `alter()`) and gives other attributes too. */
  readonly restates?: boolean;
  /** For `change-type`: a USING expression converts the rows. */
  readonly converts?: boolean;
  /** The same change adds the column that this is about. */
  readonly onNewColumn?: boolean;
  readonly constraint?: 'foreign-key' | 'check' | 'unique' | 'primary-key' | 'not-null' | 'exclusion' | undefined;
  /** NOT VALID: existing rows are checked later, without the lock. */
  readonly notValid?: boolean;
  readonly usingIndex?: boolean;
  readonly references?: string | undefined;
  readonly where?: boolean;
  readonly cascade?: boolean;
  readonly temporary?: boolean;
  /** For `create-table`: it has a primary key, or takes its shape from another table. */
  readonly keyed?: boolean;
}

/** A mistake that a library-backed reader of a declarative language can state outright; the rule of that name teaches it. */
export interface Problem {
  readonly rule: string;
  readonly line: number;
  readonly endLine: number;
  readonly side?: 'before' | 'after';
  readonly because: string;
  readonly severity?: 'notice' | 'warning' | 'error';
  /** Keep it although no added line touches it: the change itself is the mistake. */
  readonly anywhere?: boolean;
}

/**
 * The changes of the given kinds that meet a table which may hold rows. Temporary tables and tables made by the same
 * change are left out.
 */
export function changesOfLiveTables(sql: SqlFacts | undefined, ...ops: readonly Operation[]): readonly SchemaChange[] {
  return (sql?.changes ?? []).filter((change) => ops.includes(change.op) && !change.onNewTable && !change.temporary);
}

/** As changesOfLiveTables, of a PostgreSQL migration; none for another dialect, whose locks differ. */
export function postgresChanges(sql: SqlFacts | undefined, ...ops: readonly Operation[]): readonly SchemaChange[] {
  return sql?.dialect === 'postgresql' ? changesOfLiveTables(sql, ...ops) : [];
}
