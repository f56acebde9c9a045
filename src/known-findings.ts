import type { Octokit } from '@octokit/rest';
import type { Parts } from './app-parts.ts';
import { type RepositoryName, readBlobs } from './github/blobs.ts';
import type { PolicyTexts } from './github/pull-query.ts';
import { knownByBaseline, parseBaseline } from './review/baseline.ts';
import { builtInPolicy, type Policy } from './review/policy.ts';
import type { Finding, Snapshot } from './review/types.ts';

interface Asked {
  /** Commit or ref whose baseline applies: one that the change under review cannot alter. */
  readonly base: string;
  readonly policy: Policy;
  /** What was read with the policy: the baseline's text, if it is where the built-in policy has it. */
  readonly texts: PolicyTexts;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  /** Findings that were commented on before; some may be gone. */
  readonly commented: readonly { readonly fingerprint: string }[];
}

interface KnownFindings {
  readonly fingerprints: ReadonlySet<string>;
  /** Sentences for the top of the check's summary. */
  readonly notices: readonly string[];
}

/**
 * Reads which findings are neither commented nor counted: those that people dismissed, and those of the baseline that the
 * team wrote when it adopted Hindsight.
 */
export async function knownFindings(
  parts: Pick<Parts, 'store'>,
  octokit: Octokit,
  at: RepositoryName & { readonly repository: number },
  { base, policy, texts, snapshot, findings, commented }: Asked,
): Promise<KnownFindings> {
  const fingerprints = [...findings, ...commented].map(({ fingerprint }) => fingerprint);
  const dismissed = await parts.store.dismissed(at.repository, fingerprints);
  const text = policy.baseline === builtInPolicy.baseline ? texts.baseline : await read(octokit, at, base, policy);
  if (text === undefined) return { fingerprints: dismissed, notices: [] };
  const rows = parseBaseline(text);
  if (rows) return { fingerprints: new Set([...dismissed, ...knownByBaseline(rows, findings, snapshot)]), notices: [] };
  const notice = `The baseline \`${policy.baseline}\` could not be read and is not used.`;
  return { fingerprints: dismissed, notices: [notice] };
}

async function read(
  octokit: Octokit,
  at: RepositoryName,
  base: string,
  { baseline }: Policy,
): Promise<string | undefined> {
  const expression = `${base}:${baseline}`;
  return (await readBlobs(octokit, at, [expression])).get(expression)?.text ?? undefined;
}
