import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { knownByBaseline, parseBaseline, writeBaseline } from '../../src/review/baseline.ts';
import { compareTexts } from '../../src/review/diff.ts';
import { fingerprintOf } from '../../src/review/fingerprint.ts';
import { mergeOverlapping } from '../../src/review/merge.ts';
import { builtInPolicy, type Policy } from '../../src/review/policy.ts';
import { review } from '../../src/review/review.ts';
import type { FileKind, Rule } from '../../src/review/rule.ts';
import type { SourceFile } from '../../src/review/types.ts';
import { cpuMilliseconds } from '../cpu-time.ts';
import { finding } from './finding.ts';

interface Facts {
  readonly file: SourceFile;
  readonly kind: FileKind;
  readonly code: { readonly functions: { name: string; line: number; endLine: number }[] };
}

/** The whole core around one rule that flags every line with `bad` in it. */
const badLine: Rule<Facts> = {
  id: 'bad-line',
  lesson: 4,
  severity: 'error',
  summary: 'The line is bad: make it good.',
  why: '',
  fix: '',
  examples: { bad: [], good: [] },
  *check({ file }) {
    for (const [index, text] of (file.after ?? '').split('\n').entries())
      if (text.includes('bad(')) yield { line: index + 1 };
  },
};

/** Functions as a reader would state them: `function name` to the next `}` in the first column. */
function functionsOf(text: string) {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const name = /^function (\w+)/.exec(line)?.[1];
    const end = lines.indexOf('}', index);
    return name && end > 0 ? [{ name, line: index + 1, endLine: end + 1 }] : [];
  });
}

function run(files: readonly SourceFile[], { policy = builtInPolicy, rules = [badLine] } = {}) {
  return review<Facts>({
    snapshot: { head: 'h', base: 'b', files, context: [], unread: [] },
    policy,
    rules,
    factsOf: (file) => ({
      facts: { file, kind: 'production', code: { functions: functionsOf(file.after ?? '') } },
      faults: [],
      analysed: true,
    }),
  });
}

const added = (path: string, after: string) => compareTexts({ path, status: 'added', after });
const changed = (path: string, before: string, after: string, previousPath?: string) =>
  compareTexts({ path, status: 'modified', before, after, ...(previousPath && { previousPath }) });
const fingerprints = (files: readonly SourceFile[]) => run(files).findings.map((found) => found.fingerprint);

describe('a review', () => {
  test('gives evidence and pages that help along, the evidence as a sentence', () => {
    const links = [{ words: 'Revoke it', url: 'https://example.com/keys' }];
    const rule: Rule<Facts> = {
      ...badLine,
      *check() {
        yield { line: 1, because: 'the column `id` is gone.', links };
      },
    };
    const { findings } = run([added('a.ts', 'x\n')], { rules: [rule] });
    expect(findings).toMatchObject([{ because: 'The column `id` is gone.', links }]);
  });

  test('speaks of changed lines only, unless the change itself is the matter', () => {
    const file = changed('a.ts', 'bad(1)\n', 'bad(1)\nbad(2)\n');
    expect(run([file]).findings.map((found) => found.line)).toEqual([2]);
    const anywhere: Rule<Facts> = {
      ...badLine,
      *check(facts) {
        for (const match of badLine.check(facts)) yield { ...match, anywhere: true };
      },
    };
    expect(run([file], { rules: [anywhere] }).findings.map((found) => found.line)).toEqual([1, 2]);
  });

  test('goes on when a rule fails, and says where without quoting', () => {
    const failing: Rule<Facts> = {
      ...badLine,
      id: 'failing',
      // biome-ignore lint/correctness/useYield: it fails before it yields
      *check() {
        throw new TypeError('quotes a secret');
      },
    };
    const { findings, faults } = run([added('a.ts', 'bad(1)\n')], { rules: [failing, badLine] });
    expect(findings).toHaveLength(1);
    expect(faults).toEqual([{ path: 'a.ts', what: 'rule failing failed: TypeError' }]);
  });

  test('a rule may be off or weaker, by its own name before its lesson', () => {
    const file = added('a.ts', 'bad(1)\n');
    const severities = (policy: Partial<Policy>) =>
      run([file], { policy: { ...builtInPolicy, ...policy } }).findings.map((found) => found.severity);
    expect(severities({ lessons: { validation: 'off' } })).toEqual([]);
    expect(severities({ lessons: { validation: 'off' }, rules: { 'bad-line': 'notice' } })).toEqual(['notice']);
  });

  test('an excluded file is not looked at and counted as such', () => {
    const policy = { ...builtInPolicy, paths: { exclude: ['old/**'] } };
    const { findings, coverage } = run([added('old/a.ts', 'bad(1)\n')], { policy });
    expect(findings).toEqual([]);
    expect(coverage).toMatchObject({
      filesAnalysed: 0,
      unread: [{ path: 'old/a.ts', reason: 'excluded by the policy' }],
    });
  });

  test('a file full of the same brings no more than fifty findings of a rule', () => {
    expect(run([added('a.ts', 'bad(1)\n'.repeat(500))]).findings).toHaveLength(50);
  });
});

describe('a fingerprint', () => {
  const body = (line: string) => `function load() {\n  ${line}\n}\n`;
  const [first] = fingerprints([added('a.ts', body('bad(1)'))]);

  test('survives shifted lines, indentation and a rename of the file', () => {
    expect(fingerprints([added('a.ts', `\n\n// more\n${body('bad(1)')}`)])).toEqual([first]);
    expect(fingerprints([added('a.ts', body('    bad(1)'))])).toEqual([first]);
    expect(fingerprints([added('moved/b.ts', body('bad(1)'))])).toEqual([first]);
  });

  test('at the top of a file it survives a rename in the same change', () => {
    const [before] = fingerprints([changed('a.ts', 'x\n', 'x\nbad(1)\n')]);
    expect(fingerprints([changed('b.ts', 'x\n', 'x\nbad(1)\n', 'a.ts')])).toEqual([before]);
  });

  test('survives a rebase that turns a twin above it into old code', () => {
    const text = `function load() {\n  bad(1)\n  bad(1)\n}\n`;
    const [, second] = fingerprints([added('a.ts', text)]);
    const rebased = changed('a.ts', body('bad(1)'), text);
    expect(rebased.added).toHaveLength(1);
    expect(fingerprints([{ ...rebased, added: [3] }])).toEqual([second]);
  });

  test('differs by code, by rule and by occurrence', () => {
    expect(fingerprints([added('a.ts', body('bad(2)'))])).not.toEqual([first]);
    expect(new Set(fingerprints([added('a.ts', 'bad(1)\nbad(1)\nbad(1)\n')])).size).toBe(3);
  });

  test('is never shared: two files may hold the same function', () => {
    const files = ['a.ts', 'b.ts', 'c.ts'].map((path) => added(path, body('bad(1)')));
    expect(new Set(fingerprints(files)).size).toBe(3);
  });

  test('is sixteen hex characters, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.nat(), (path, within, code, occurrence) => {
        expect(fingerprintOf({ rule: 'a', path, within, code, occurrence })).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });
});

describe('ignore comments', () => {
  const listed = (text: string) => {
    const { findings, suppressions } = run([added('a.ts', text)]);
    return { lines: findings.map((found) => found.line), used: suppressions.map((written) => written.used) };
  };

  test('silence the next line, their own line, a range or the file', () => {
    const why = 'bad-line -- a constant of ours';
    expect(listed(`// hindsight-ignore-next-line ${why}\nbad(1)\nbad(2)\n`)).toEqual({ lines: [3], used: [true] });
    expect(listed(`bad(1) // hindsight-ignore-line ${why}\nbad(2)\n`)).toEqual({ lines: [2], used: [true] });
    expect(listed(`// hindsight-ignore-start ${why}\nbad(1)\nbad(2)\n// hindsight-ignore-end\nbad(3)\n`)).toEqual({
      lines: [5],
      used: [true],
    });
    expect(listed(`bad(1)\n// hindsight-ignore-file ${why}\nbad(2)\n`)).toEqual({ lines: [], used: [true] });
  });

  test('without a rule, without a reason, or of another rule they silence nothing and are listed', () => {
    for (const words of ['', ' bad-line', ' -- a reason', ' other-rule -- a reason', ' bad-line --'])
      expect(listed(`// hindsight-ignore-next-line${words}\nbad(1)\n`)).toEqual({ lines: [2], used: [false] });
  });

  test('say their rule and reason, without the end of the comment', () => {
    const text = '/* hindsight-ignore-next-line bad-line -- checked above */\nbad(1)\n# hindsight-ignore-line -- why\n';
    expect(run([added('a.ts', text)]).suppressions).toMatchObject([
      { line: 1, rule: 'bad-line', reason: 'checked above', addedHere: true },
      { line: 3, rule: '(no rule)', reason: 'why' },
    ]);
  });

  test('cost no time on hostile lines', () => {
    const started = cpuMilliseconds();
    listed(`// hindsight-ignore${' '.repeat(100_000)}\n`.repeat(20));
    expect(cpuMilliseconds() - started).toBeLessThan(1_000);
  });
});

describe('findings of one lesson on the same lines', () => {
  test('become the worst of them', () => {
    const weak = finding({ line: 1, endLine: 9, severity: 'warning', rule: 'weak' });
    const strong = finding({ line: 4, rule: 'strong' });
    expect(mergeOverlapping([weak, strong]).map((kept) => kept.rule)).toEqual(['strong']);
  });

  test('stay apart in other lessons, files, sides and lines', () => {
    const apart = [
      finding({ line: 4 }),
      finding({ line: 4, lesson: 7 }),
      finding({ line: 4, path: 'src/b.ts' }),
      finding({ line: 4, side: 'before' }),
      finding({ line: 5 }),
    ];
    expect(mergeOverlapping(apart)).toHaveLength(5);
  });
});

describe('a baseline', () => {
  test('reads back what it wrote, in an order that does not depend on the run', () => {
    const findings = [3, 1, 2].map((line) => finding({ line, path: `src/${line}.ts` }));
    const text = writeBaseline(findings);
    expect(new Set(parseBaseline(text)?.map((row) => row.fingerprint))).toEqual(
      new Set(findings.map((found) => found.fingerprint)),
    );
    expect(writeBaseline(findings.toReversed())).toBe(text);
  });

  const fingerprint = 'a'.repeat(16);
  const rowAt = (path: string) => ({ fingerprint, rule: 'bad-line', path });
  const change = (paths: readonly string[], tree: readonly string[]) => ({
    files: paths.map((path) => changed(path, 'a\n', 'b\n')),
    unread: [],
    tree,
  });

  test.each([
    ['stands where it stood', 'old.ts', change(['old.ts'], ['old.ts']), true],
    ['moved out of a file of the change', 'new.ts', change(['new.ts', 'old.ts'], ['new.ts', 'old.ts']), true],
    ['was in a file that is gone by now', 'new.ts', change(['new.ts'], ['new.ts']), true],
    ['was copied from a file that stays as it was', 'new.ts', change(['new.ts'], ['new.ts', 'old.ts']), false],
  ])('that holds a finding which %s', (_, path, snapshot, isKnown) => {
    const found = finding({ path, fingerprint, rule: 'bad-line' });
    expect(knownByBaseline([rowAt('old.ts')], [found], snapshot).has(fingerprint)).toBe(isKnown);
  });

  test('knows the second of two equal findings where the change shows that one alone', () => {
    const found = finding({ path: 'z.ts', fingerprint, rule: 'bad-line' });
    const rows = [rowAt('a.ts'), { ...rowAt('z.ts'), fingerprint: 'b'.repeat(16) }];
    const known = knownByBaseline(rows, [found], change(['z.ts'], ['a.ts', 'z.ts']));
    expect(known.has(fingerprint)).toBe(true);
  });

  test('that is none is refused', () => {
    for (const text of ['', '{', '[]', '{"version":2,"findings":[]}', '{"version":1,"findings":[{"fingerprint":"x"}]}'])
      expect(parseBaseline(text)).toBeUndefined();
  });
});

test('an ignore comment on lines that did not change is not called useless', () => {
  const ignored = '// hindsight-ignore-next-line bad-line -- known\nbad();\n';
  const untouched = changed('a.ts', `${ignored}a\n`, `${ignored}b\n`);
  const cured = changed('a.ts', `${ignored}a\n`, `${ignored.replace('bad()', 'good()')}a\n`);
  expect(run([untouched]).suppressions).toEqual([]);
  expect(run([cured]).suppressions).toMatchObject([{ line: 1, used: false, addedHere: false }]);
});

test('a fix that would repeat a secret is left out, the finding stands', () => {
  const before = 'ok();\n';
  const file = changed('a.ts', before, `${before}bad('hunter');\n`);
  const fixing: Rule<Facts> = {
    ...badLine,
    *check({ file: { after } }) {
      if (after?.includes('bad(')) yield { line: 2, fix: { line: 2, endLine: 2, text: "good('hunter');" } };
    },
  };
  const found = (mayQuote: (path: string, text: string) => boolean) =>
    review<Facts>({
      snapshot: { head: 'h', base: 'b', files: [file], context: [], unread: [] },
      policy: builtInPolicy,
      rules: [fixing],
      mayQuote,
      factsOf: (each) => ({
        // Edited, the line is good: the fix proves itself.
        facts: { file: each, kind: 'production', code: { functions: [] } },
        faults: [],
        analysed: true,
      }),
    }).findings;
  expect(found(() => true).map(({ fix }) => fix?.text)).toEqual(["good('hunter');"]);
  expect(found((_path, text) => !text.includes('hunter')).map(({ fix }) => fix)).toEqual([undefined]);
});
