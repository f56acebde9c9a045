import type { FileKind } from '../review/rule.ts';
import type { SourceFile } from '../review/types.ts';
import type { CodeFacts } from './code.ts';
import type { ContractFacts } from './contract.ts';
import type { OperationsFacts } from './operations.ts';
import type { Project } from './project.ts';
import type { SchemaFacts } from './schema.ts';
import type { SecretAllowance, SecretFact } from './secret.ts';
import type { SqlFacts } from './sql.ts';

/**
 * What one changed file says, in words no language owns. A rule asks this object and nothing else. A part is absent
 * where the file's language has nothing of the kind; `unknown` inside a part is a value of its own, and rules are
 * silent on it.
 */
export interface Facts {
  readonly file: SourceFile;
  readonly kind: FileKind;
  /** What the rest of the repository says: dependencies, schema, conventions. */
  readonly project: Project;
  /** A programming language's facts: handlers, data calls, flows, … */
  readonly code?: CodeFacts;
  /** Statements of SQL, in a migration or in code that builds a migration. */
  readonly sql?: SqlFacts;
  /** Tables, columns, relations, indexes that this file declares. */
  readonly schema?: SchemaFacts;
  /** An API description: its own mistakes and what changed for its consumers. */
  readonly contract?: ContractFacts;
  /** Container, orchestration, proxy and CI files. */
  readonly operations?: OperationsFacts;
  /** Candidates of the secrets scanner, masked. */
  readonly secrets: readonly SecretFact[];
  /** Secrets that another scanner's comment lets through. */
  readonly allowed?: readonly SecretAllowance[];
  /** How many secrets of the file each baseline of another scanner, as it is at the base, names. */
  readonly baselined?: Readonly<Record<string, number>>;
}
