import { describe, expect, test } from '@jest/globals';
import { builtInPolicy } from '../../src/review/policy.ts';
import { severities } from '../../src/review/types.ts';
import { reaches, verdictOf } from '../../src/review/verdict.ts';
import { finding, reviewOf } from './finding.ts';

const unreadBecause = (reason: string) =>
  reviewOf([], {
    coverage: { files: 1, filesAnalysed: 0, addedLines: 1, addedLinesAnalysed: 0, unread: [{ path: 'a', reason }] },
  });

describe('the conclusion', () => {
  test('is failure exactly when a finding reaches fail_on', () => {
    for (const [rank, severity] of severities.entries())
      for (const [least, fail_on] of ([...severities, 'never'] as const).entries()) {
        const verdict = verdictOf(reviewOf([finding({ severity })]), { ...builtInPolicy, fail_on });
        expect({ severity, fail_on, verdict }).toEqual({
          severity,
          fail_on,
          verdict: rank >= least ? 'failure' : 'success',
        });
      }
  });

  test('nothing reaches never', () => expect(reaches('error', 'never')).toBe(false));

  test('of an incomplete review is what the policy says', () => {
    for (const on_incomplete of ['success', 'neutral', 'failure'] as const) {
      const policy = { ...builtInPolicy, on_incomplete };
      expect(verdictOf(reviewOf([], { faults: [{ path: 'a', what: 'x' }] }), policy)).toBe(on_incomplete);
      expect(verdictOf(unreadBecause('larger than 2 MB'), policy)).toBe(on_incomplete);
    }
  });

  test('is not touched by files nobody reads or the policy excludes', () => {
    const policy = { ...builtInPolicy, on_incomplete: 'failure' as const };
    for (const reason of ['no reader for this kind of file', 'excluded by the policy'])
      expect(verdictOf(unreadBecause(reason), policy)).toBe('success');
  });
});
