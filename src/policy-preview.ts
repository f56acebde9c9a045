import type { Parts } from './app-parts.ts';
import type { PullRequestRead } from './github/source.ts';
import type { LaidPolicy } from './policy-layers.ts';
import { builtInPolicy, layPolicy, policyPath } from './review/policy.ts';
import { parsePolicyFile } from './review/policy-file.ts';
import type { Annotation } from './review/review-plan.ts';
import type { Review } from './review/types.ts';
import { verdictOf } from './review/verdict.ts';

interface Preview {
  readonly notices: readonly string[];
  readonly annotations: readonly Annotation[];
}

const none: Preview = { notices: [], annotations: [] };

/**
 * Says what a pull request's own change of the policy would change, without applying it: a change must not weaken its own
 * review.
 */
export async function policyPreview(
  parts: Pick<Parts, 'analyse' | 'config'>,
  read: Pick<PullRequestRead, 'proposedPolicy' | 'snapshot'>,
  laid: LaidPolicy,
  review: Review,
  signal: AbortSignal,
): Promise<Preview> {
  if (read.proposedPolicy === undefined) return none;
  const parsed = parsePolicyFile(policyPath, read.proposedPolicy);
  if ('error' in parsed) {
    const { line, message } = parsed.error;
    const notice = `This pull request's \`${policyPath}\` has a mistake in line ${line} (${message}); after merging it would be left out.`;
    return {
      notices: [notice],
      annotations: [
        { path: policyPath, startLine: line, endLine: line, level: 'failure', title: 'not a valid policy', message },
      ],
    };
  }
  const base = { ...builtInPolicy, lessons_url: parts.config.lessonsUrl };
  const { policy } = layPolicy(base, [...(laid.organisation ? [laid.organisation] : []), parsed.layer]);
  const proposed = await parts.analyse(read.snapshot, policy, signal);
  const [now, then] = [severities(review), severities(proposed)];
  const gone = [...now.keys()].filter((fingerprint) => !then.has(fingerprint)).length;
  const fresh = [...then.keys()].filter((fingerprint) => !now.has(fingerprint)).length;
  const changed = [...then].filter(
    ([fingerprint, severity]) => now.has(fingerprint) && now.get(fingerprint) !== severity,
  );
  const [before, after] = [verdictOf(review, laid.policy), verdictOf(proposed, policy)];
  const verdict =
    before === after ? `the verdict would stay ${before}` : `the verdict would be ${after}, not ${before}`;
  return {
    notices: [
      `This pull request changes the policy. The base branch's policy judges it. With the changed one, ${gone} findings would go, ${fresh} would come, ${changed.length} would change their severity; ${verdict}.`,
    ],
    annotations: [],
  };
}

function severities(review: Review): ReadonlyMap<string, string> {
  return new Map(review.findings.map(({ fingerprint, severity }) => [fingerprint, severity]));
}
