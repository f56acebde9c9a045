import type { PolicyTexts } from './github/pull-query.ts';
import type { Annotation } from './review/plan.ts';
import { builtInPolicy, layPolicy, type Policy, type PolicyLayer } from './review/policy.ts';
import { parsePolicyFile } from './review/policy-file.ts';

/** The policy of a review, and what there is to say about how it came about. */
export interface LaidPolicy {
  readonly policy: Policy;
  /** Sentences for the top of the check's summary. */
  readonly notices: readonly string[];
  /** Mistakes in the repository's own file, at their lines. */
  readonly annotations: readonly Annotation[];
  /** The organisation's layer, on which another repository layer can be laid for a preview. */
  readonly organisation: PolicyLayer | undefined;
}

const repositoryPath = '.github/hindsight.yml';

/**
 * Lays the policy of a repository: built-in, then the organisation's, then the repository's own. A file with a mistake is
 * left out and named; the layers below it apply.
 *
 * @param lessonsUrl where the lesson pages are unless a policy says otherwise
 */
export function layersOf(texts: PolicyTexts, lessonsUrl: string): LaidPolicy {
  const layers: PolicyLayer[] = [];
  const notices: string[] = [];
  const annotations: Annotation[] = [];
  let organisation: PolicyLayer | undefined;
  for (const [whose, text] of [
    ['organisation', texts.organisation],
    ['repository', texts.repository],
  ] as const) {
    if (text === undefined) continue;
    const parsed = parsePolicyFile(repositoryPath, text);
    if ('layer' in parsed) {
      // Only an organisation can enforce: a repository's own `enforced` has nobody below it.
      layers.push(parsed.layer);
      if (whose === 'organisation') organisation = parsed.layer;
      continue;
    }
    const { line, message } = parsed.error;
    notices.push(
      `The ${whose}'s policy file \`${repositoryPath}\` has a mistake in line ${line} (${message}): it is left out.`,
    );
    if (whose === 'repository') {
      annotations.push({
        path: repositoryPath,
        startLine: line,
        endLine: line,
        level: 'warning',
        title: 'policy file left out',
        message,
      });
    }
  }
  const { policy, refused } = layPolicy({ ...builtInPolicy, lessons_url: lessonsUrl }, layers);
  if (refused.length > 0) {
    notices.push(
      `The organisation enforces ${refused.map((key) => `\`${key}\``).join(', ')}: the repository's values are not used.`,
    );
  }
  return { policy, notices, annotations, organisation };
}
