import type { Octokit } from '@octokit/rest';
import type { ReviewPlan } from '../review/review-plan.ts';
import { ask } from './graphql.ts';

interface Edit {
  readonly nodeId: string;
  readonly body: string;
  readonly minimise?: boolean;
  readonly unminimise?: boolean;
}

/** GitHub runs the mutations of a document one after the other and gives them ten seconds together. */
const editsPerRequest = 20;

/**
 * Brings earlier comments up to date, many a request: fixed findings are edited to say so and hidden, ones that came back
 * are shown again. Repeating it changes nothing.
 */
export async function editComments(octokit: Octokit, plan: Pick<ReviewPlan, 'close' | 'reopen'>): Promise<void> {
  const edits: Edit[] = [
    ...plan.close.map(({ nodeId, body, minimise }) => ({ nodeId, body, minimise })),
    ...plan.reopen.map(({ nodeId, body }) => ({ nodeId, body, unminimise: true })),
  ];
  for (let i = 0; i < edits.length; i += editsPerRequest) {
    const batch = edits.slice(i, i + editsPerRequest);
    const variables = Object.fromEntries(
      batch.flatMap(({ nodeId, body }, n) => [
        [`id${n}`, nodeId],
        [`body${n}`, body],
      ]),
    );
    const declared = batch.map((_, n) => `$id${n}: ID!, $body${n}: String!`).join(', ');
    const fields = batch.map(fieldsOf).join('\n');
    // A comment that a person deleted meanwhile is no reason to leave the others as they are.
    const optional = batch.flatMap((_, n) => [`edit${n}`, `hide${n}`, `show${n}`]);
    await ask(octokit, `mutation Edit(${declared}) { ${fields} }`, variables, optional);
  }
}

function fieldsOf(edit: Edit, n: number): string {
  const parts = [
    `edit${n}: updatePullRequestReviewComment(input: { pullRequestReviewCommentId: $id${n}, body: $body${n} }) { clientMutationId }`,
  ];
  if (edit.minimise) {
    parts.push(`hide${n}: minimizeComment(input: { subjectId: $id${n}, classifier: RESOLVED }) { clientMutationId }`);
  }
  if (edit.unminimise) parts.push(`show${n}: unminimizeComment(input: { subjectId: $id${n} }) { clientMutationId }`);
  return parts.join('\n');
}

/**
 * Resolves the threads of fixed findings. Needs `contents: write`, which the app does not ask for by default.
 *
 * @returns false when GitHub refuses
 */
export async function resolveThreads(octokit: Octokit, threadIds: readonly string[]): Promise<boolean> {
  for (let i = 0; i < threadIds.length; i += editsPerRequest) {
    const batch = threadIds.slice(i, i + editsPerRequest);
    const declared = batch.map((_, n) => `$id${n}: ID!`).join(', ');
    const fields = batch
      .map((_, n) => `r${n}: resolveReviewThread(input: { threadId: $id${n} }) { clientMutationId }`)
      .join('\n');
    const variables = Object.fromEntries(batch.map((id, n) => [`id${n}`, id]));
    try {
      await octokit.graphql(`mutation Resolve(${declared}) { ${fields} }`, variables);
    } catch (error) {
      const { errors } = error as { errors?: readonly { type?: string }[] };
      if (!errors) throw error;
      if (errors.some(({ type }) => type === 'FORBIDDEN')) return false;
      // A thread that is there no longer needs no resolving.
    }
  }
  return true;
}
