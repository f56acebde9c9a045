import type { SecretFact } from '../../facts/secret.ts';
import type { Match } from '../../review/types.ts';
import { linksOf } from './secret-links.ts';

/** From here on, a secret is certain enough to fail the check. */
const certain = 0.8;
/** Below this it is worth a line in the check, not a comment: a test's password, a default of a local server. */
const likely = 0.55;

/** Turns the scanner's facts of one rule into matches: the keyed hash is the fingerprint, the mask all that is shown. */
export function* secretMatches(secrets: readonly SecretFact[], rule: string): Iterable<Match> {
  for (const fact of secrets) {
    if (fact.rule !== rule) continue;
    const whose = fact.provider && fact.provider !== 'any' ? `${fact.provider} ${fact.what}` : `a ${fact.what}`;
    yield {
      line: fact.line,
      endLine: fact.endLine,
      key: fact.hash,
      severity: fact.confidence >= certain ? 'error' : fact.confidence >= likely ? 'warning' : 'notice',
      because: `${fact.rule === 'committed-secret-file' ? 'This is' : 'The line holds'} ${whose}${fact.mask ? `, ${fact.mask}` : ''}.`,
      ...linksOf(fact),
    };
  }
}
