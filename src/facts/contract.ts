import type { Problem } from './sql.ts';

/** An API description (OpenAPI, AsyncAPI, GraphQL SDL). Owned by the contract reader. */
export interface ContractFacts {
  /**
   * AsyncAPI is read with OpenAPI: its messages are described by the same schemas. `json-schema`: what routes are registered
   * with in code.
   */
  readonly format: 'openapi' | 'graphql' | 'json-schema';
  readonly problems: readonly Problem[];
  /** Non-breaking changes, for the check's summary. */
  readonly notes: readonly string[];
}
