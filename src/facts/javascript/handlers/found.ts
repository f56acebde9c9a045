import type { FunctionNode, Node } from '../parse.ts';

/** What a parameter of a handler carries. */
export type ParameterRole =
  /** Node-style request object: `.body`, `.query`, `.params`, `.headers`, `.cookies` are input. */
  | 'request'
  /** Koa or Hono context: the request hangs on it. */
  | 'context'
  /** Itself input: GraphQL arguments, a Nest `@Body()`, a server action's argument. */
  | 'input'
  /** An object whose `input` property is input: tRPC. */
  | 'holder'
  /** An AWS Lambda event. */
  | 'event'
  | 'response'
  | 'other';

export type Framework =
  | 'express'
  | 'fastify'
  | 'nest'
  | 'koa'
  | 'hono'
  | 'next'
  | 'trpc'
  | 'graphql'
  | 'hapi'
  | 'lambda'
  | 'remix'
  | 'http'
  | 'unknown';

/** A function that serves requests, found in the tree. */
export interface FoundHandler {
  readonly fn: FunctionNode;
  /** The registration, or the function itself. */
  readonly node: Node;
  readonly framework: Framework;
  /** `GET`, `POST`, …, `USE` for middleware, `QUERY`, `MUTATION`, `FIELD` for GraphQL and tRPC; `ANY` when not known. */
  readonly method: string;
  /** As written, `unknown` where it is computed or not in sight. */
  readonly path: string;
  readonly roles: readonly ParameterRole[];
  readonly validatedBy?: string;
  /** What says how the input must look, as far as it is in sight. */
  readonly schemas?: readonly Node[];
  readonly described?: 'yes' | 'no' | 'unknown';
}
