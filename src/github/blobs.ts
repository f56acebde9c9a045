import type { Octokit } from '@octokit/rest';
import { AnswerLost } from './errors.ts';
import { ask, numbered } from './graphql.ts';

/** Where a repository is. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** A file's content as GraphQL gives it. `text` is absent for a binary file. */
export interface Blob {
  readonly oid: string;
  readonly byteSize: number;
  readonly isBinary: boolean | null;
  /** GraphQL cuts texts at about 500 kB. */
  readonly isTruncated: boolean;
  readonly text: string | null;
}

export const blobFields = '... on Blob { oid byteSize isBinary isTruncated text }';

/** Texts in one request. GitHub gives a query ten seconds: a batch that is too heavy is halved. */
const batchSize = 100;

/**
 * Reads blobs in batches.
 *
 * @param expressions `commit:path` each
 * @returns by expression; absent where there is no blob
 */
export async function readBlobs(
  octokit: Octokit,
  at: RepositoryName,
  expressions: readonly string[],
): Promise<Map<string, Blob>> {
  const found = new Map<string, Blob>();
  for (let start = 0; start < expressions.length; start += batchSize) {
    await readBatch(octokit, at, expressions.slice(start, start + batchSize), found);
  }
  return found;
}

async function readBatch(
  octokit: Octokit,
  at: RepositoryName,
  expressions: readonly string[],
  into: Map<string, Blob>,
): Promise<void> {
  const { declared, values } = numbered('e', expressions);
  const fields = expressions.map((_, i) => `b${i}: object(expression: $e${i}) { ${blobFields} }`).join('\n');
  const query = `query Blobs($owner: String!, $repo: String!${declared}) { repository(owner: $owner, name: $repo) { ${fields} } }`;
  try {
    const answer = await ask<{ repository: Record<string, Blob | null> }>(octokit, query, { ...at, ...values });
    collect(answer.repository, expressions, into);
  } catch (error) {
    if (!(error instanceof AnswerLost) || expressions.length < 8) throw error;
    const half = Math.ceil(expressions.length / 2);
    await readBatch(octokit, at, expressions.slice(0, half), into);
    await readBatch(octokit, at, expressions.slice(half), into);
  }
}

/** Takes the blobs `b0`, `b1`, … out of an answer. A tree or a submodule has no `oid` here and is left out. */
export function collect(
  repository: Readonly<Record<string, unknown>>,
  expressions: readonly string[],
  into: Map<string, Blob>,
): void {
  for (const [i, expression] of expressions.entries()) {
    const blob = repository[`b${i}`] as Blob | null | undefined;
    if (blob?.oid) into.set(expression, blob);
  }
}

/** Reads one blob whole by REST: for texts that GraphQL cuts. */
export async function readWholeBlob(octokit: Octokit, at: RepositoryName, oid: string): Promise<string> {
  const { data } = await octokit.rest.git.getBlob({ ...at, file_sha: oid });
  return Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8').toString('utf8');
}
