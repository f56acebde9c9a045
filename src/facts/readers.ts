import { javascriptReader } from './javascript/reader.ts';
import { contractReader } from './contracts/reader.ts';
import { migrationCodeReader } from './sql/migration-code.ts';
import { schemaReader } from './schemas/reader.ts';
import { sqlReader } from './sql/reader.ts';
import { operationsReader } from './operations/reader.ts';
import type { Reader } from './reader.ts';

/** Every reader. A new language is one folder and one line here. */
export const readers: readonly Reader[] = [
  javascriptReader,
  contractReader,
  sqlReader,
  migrationCodeReader,
  operationsReader,
  schemaReader,
];
