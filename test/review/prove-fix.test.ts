import { expect, test } from '@jest/globals';
import { compareTexts } from '../../src/review/diff.ts';
import { builtInPolicy } from '../../src/review/policy.ts';
import { review } from '../../src/review/review.ts';
import type { Rule } from '../../src/review/rule.ts';
import type { Fix, SourceFile } from '../../src/review/types.ts';

interface Lines {
  readonly kind: 'production';
  readonly lines: readonly string[];
}

/** Flags every line that says `bad`, and suggests what it is told to. */
const ruleWith = (fixOf: (line: number) => Fix): Rule<Lines> => ({
  id: 'no-bad',
  lesson: 1,
  severity: 'warning',
  summary: 'Bad.',
  why: 'Bad.',
  fix: 'Make it good.',
  examples: { bad: [], good: [] },
  *check({ lines }) {
    for (const [i, text] of lines.entries()) if (text.includes('bad')) yield { line: i + 1, fix: fixOf(i + 1) };
  },
});

const unreadable = 'no language';

function fixesFor(after: string, fixOf: (line: number) => Fix): (string | undefined)[] {
  const file = compareTexts({ path: 'a.ts', status: 'added', after });
  const found = review<Lines>({
    snapshot: { head: 'h', base: 'b', files: [file], context: [], unread: [] },
    policy: builtInPolicy,
    rules: [ruleWith(fixOf)],
    factsOf: (asked: SourceFile) => ({
      facts: { kind: 'production', lines: (asked.after ?? '').split('\n') },
      faults: asked.after?.includes(unreadable) ? [{ path: asked.path, what: 'syntax' }] : [],
      analysed: true,
    }),
  });
  return found.findings.map((finding) => finding.fix?.text);
}

const replaceBy = (text: string) => (line: number) => ({ line, endLine: line, text });

test('a suggestion that takes the finding away is offered', () => {
  expect(fixesFor('good\nbad\ngood\n', replaceBy('good'))).toEqual(['good']);
});

test('a suggestion that leaves the finding is not', () => {
  expect(fixesFor('bad\n', replaceBy('still bad'))).toEqual([undefined]);
});

test('a suggestion that brings another finding is not', () => {
  expect(fixesFor('bad\n', replaceBy('good\nbad again'))).toEqual([undefined]);
});

test('a suggestion that the language does not read is not', () => {
  expect(fixesFor('bad\n', replaceBy(unreadable))).toEqual([undefined]);
});

test('a suggestion for other lines than those of the finding is not: it would spoil the code', () => {
  expect(fixesFor('bad\ngood\n', (line) => ({ line, endLine: line + 1, text: 'good' }))).toEqual([undefined]);
});

test('each of several findings is proven on its own', () => {
  expect(fixesFor('bad\nbad\n', replaceBy('good'))).toEqual(['good', 'good']);
});
