import { contractReader } from './contracts/reader.ts';
import { javascriptReader } from './javascript/reader.ts';
import { operationsReader } from './operations/reader.ts';
import type { Reader } from './reader.ts';
import { schemaReader } from './schemas/reader.ts';
import { secretsReader } from './secrets/reader.ts';
import { migrationCodeReader } from './sql/migration-code.ts';
import { sqlReader } from './sql/reader.ts';

/** Every reader. A new language is one folder and one line here. */
export const readers: readonly Reader[] = [
  secretsReader,
  javascriptReader,
  contractReader,
  sqlReader,
  migrationCodeReader,
  operationsReader,
  schemaReader,
];
