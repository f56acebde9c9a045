import type { SchemaChange } from '../sql.ts';

/** A node of PostgreSQL's parse tree: its shape is the C struct of the same name. */
// biome-ignore lint/suspicious/noExplicitAny: the C structs are too wide to type for what is read here
export type Node = Record<string, any>;
/** A change as one statement tells it: the rest is told by those before it. */
export type Draft = Omit<SchemaChange, 'onNewTable' | 'inTransaction'>;
