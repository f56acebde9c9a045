import type { Problem } from './sql.ts';

/** An API description (OpenAPI, GraphQL SDL). Owned by the contract reader. */
export interface ContractFacts {
  readonly format: 'openapi' | 'graphql';
  readonly problems: readonly Problem[];
  /** Non-breaking changes, for the check's summary. */
  readonly notes: readonly string[];
}
