import type { Parts } from './app-parts.ts';
import type { PolicyTexts } from './github/pull-query.ts';
import { builtInPolicy, layPolicy, type Policy, type PolicyLayer, policyPath } from './review/policy.ts';
import { type PolicyError, parsePolicyFile } from './review/policy-file.ts';
import type { Annotation } from './review/review-plan.ts';

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

/**
 * Lays the policy of a repository: built-in, then the organisation's, then the repository's own. A file with a mistake is
 * named and left out; of the organisation's the last version without one applies instead, or a slip of the pen would let every
 * repository weaken what is enforced.
 */
export async function layersOf(
  { store, config }: Pick<Parts, 'store' | 'config'>,
  installation: number,
  texts: PolicyTexts,
): Promise<LaidPolicy> {
  const organisation = await organisationLayer(store, installation, texts.organisation);
  // In the organisation's own `.github` repository both are one file.
  const repository = texts.repository === texts.organisation ? {} : repositoryLayer(texts.repository);
  const base = { ...builtInPolicy, lessons_url: config.lessonsUrl };
  const layers = [organisation.layer, repository.layer].filter((layer) => layer !== undefined);
  const { policy, refused } = layPolicy(base, layers);
  const enforces = `The organisation enforces ${refused.map((key) => `\`${key}\``).join(', ')}: the repository's values are not used.`;
  return {
    policy,
    notices: [organisation.notice, repository.notice, refused.length > 0 ? enforces : undefined].filter(
      (notice) => notice !== undefined,
    ),
    annotations: repository.annotation ? [repository.annotation] : [],
    organisation: organisation.layer,
  };
}

interface LayerRead {
  readonly layer?: PolicyLayer;
  readonly notice?: string;
  readonly annotation?: Annotation;
}

async function organisationLayer(
  store: Parts['store'],
  installation: number,
  text: string | undefined,
): Promise<LayerRead> {
  if (text === undefined) return {};
  const parsed = parsePolicyFile(policyPath, text);
  if ('layer' in parsed) {
    await store.policies.keep(installation, text);
    return { layer: parsed.layer };
  }
  const kept = await store.policies.last(installation);
  // What an older version of Hindsight took for valid may be none to this one.
  const last = kept === undefined ? undefined : parsePolicyFile(policyPath, kept);
  return last && 'layer' in last
    ? { layer: last.layer, notice: mistake('organisation', parsed.error, 'its last version without one applies') }
    : { notice: mistake('organisation', parsed.error, 'it is left out') };
}

function repositoryLayer(text: string | undefined): LayerRead {
  if (text === undefined) return {};
  const parsed = parsePolicyFile(policyPath, text);
  if ('layer' in parsed) return parsed;
  const { line, message } = parsed.error;
  return {
    notice: mistake('repository', parsed.error, 'it is left out'),
    annotation: {
      path: policyPath,
      startLine: line,
      endLine: line,
      level: 'warning',
      title: 'policy file left out',
      message,
    },
  };
}

function mistake(whose: 'organisation' | 'repository', { line, message }: PolicyError, instead: string): string {
  return `The ${whose}'s policy file \`${policyPath}\` has a mistake in line ${line} (${message}): ${instead}.`;
}
