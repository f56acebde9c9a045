import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planReview } from '../../src/review/plan.ts';
import { builtInPolicy } from '../../src/review/policy.ts';
import type { EarlierComment } from '../../src/review/review-plan.ts';
import type { Finding, SourceFile } from '../../src/review/types.ts';
import { finding, newFile, reviewOf } from './finding.ts';

const head = 'c'.repeat(40);
const files = [newFile('src/a.ts', 100), newFile('src/b.ts', 100)];

function plan(
  findings: readonly Finding[],
  parts: { comments?: readonly EarlierComment[]; dismissed?: readonly string[]; quiet?: boolean } & {
    files?: readonly SourceFile[];
    policy?: Partial<typeof builtInPolicy>;
  } = {},
) {
  return planReview({
    head,
    review: reviewOf(findings),
    policy: { ...builtInPolicy, ...parts.policy },
    files: parts.files ?? files,
    earlier: { comments: parts.comments ?? [], dismissed: new Set(parts.dismissed) },
    ...(parts.quiet === undefined ? {} : { quiet: parts.quiet }),
  });
}

function earlier(said: Finding, parts: Partial<EarlierComment> = {}): EarlierComment {
  return {
    fingerprint: said.fingerprint,
    commentId: 7,
    nodeId: 'node-7',
    threadId: 'thread-7',
    body: 'what was said',
    state: 'open',
    resolvedByHuman: false,
    humanReplied: false,
    outdated: false,
    ...parts,
  };
}

const anyFinding = fc
  .record({
    rule: fc.constantFrom('sql-injection', 'xml-injection', 'open-redirect', 'a', 'b', 'c', 'd'),
    path: fc.constantFrom('src/a.ts', 'src/b.ts', 'src/elsewhere.ts'),
    line: fc.integer({ min: 0, max: 130 }),
    length: fc.integer({ min: 0, max: 40 }),
    severity: fc.constantFrom('notice' as const, 'warning' as const, 'error' as const),
    side: fc.constantFrom('before' as const, 'after' as const),
  })
  .map(({ length, ...parts }) => finding({ ...parts, endLine: parts.line + length }));

const twoHunks: SourceFile = {
  path: 'src/a.ts',
  status: 'modified',
  before: '',
  after: '',
  added: [],
  removed: [],
  hunks: [
    { oldStart: 1, oldLines: 4, newStart: 1, newLines: 10 },
    { oldStart: 50, oldLines: 30, newStart: 56, newLines: 6 },
  ],
};

describe('where comments stand', () => {
  test('no comment, and no part of one, ever leaves the diff, and there are never more than allowed', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 40 }), fc.integer({ min: 0, max: 12 }), (findings, most) => {
        const changed = [twoHunks, newFile('src/b.ts', 20)];
        const { comments, check } = plan(findings, { files: changed, policy: { max_comments: most } });
        expect(comments.length).toBeLessThanOrEqual(most);
        for (const { path, line, startLine = line, side } of comments) {
          const hunks = changed.find((file) => file.path === path)?.hunks ?? [];
          const around = hunks.filter((hunk) => {
            const [from, lines] = side === 'RIGHT' ? [hunk.newStart, hunk.newLines] : [hunk.oldStart, hunk.oldLines];
            return startLine >= from && startLine <= line && line < from + lines;
          });
          expect(around).toHaveLength(1);
        }
        for (const { path } of comments) expect(changed.map((file) => file.path)).toContain(path);
        expect(check.annotations.every(({ startLine, endLine }) => endLine >= startLine)).toBe(true);
      }),
    );
  });

  test('a statement of several lines is marked whole, one that leaves its hunk at its first line', () => {
    const inside = finding({ line: 2, endLine: 5 });
    const leaving = finding({ line: 9, endLine: 12, rule: 'xml-injection' });
    const { comments } = plan([inside, leaving], { files: [twoHunks] });
    expect(comments.map(({ startLine, line }) => [startLine, line])).toEqual([
      [2, 5],
      [undefined, 9],
    ]);
  });

  test('a finding outside the diff is in the check all the same, and fails it', () => {
    const { comments, check } = plan([finding({ path: 'src/elsewhere.ts' })]);
    expect(comments).toEqual([]);
    expect(check.conclusion).toBe('failure');
    expect(check.text).toContain('src/elsewhere.ts:1');
  });
});

describe('how much is said', () => {
  test('the worst come first when there are more than allowed', () => {
    const findings = ['a', 'b', 'c', 'd'].map((rule, i) =>
      finding({ rule, line: i + 1, severity: i === 3 ? 'error' : 'warning' }),
    );
    const { comments, reviewBody } = plan(findings, { policy: { max_comments: 2 } });
    expect(comments.map(({ line }) => line)).toEqual([4, 1]);
    expect(reviewBody).toContain('2 more are in the check');
  });

  test('an annotation is plain text, and leads to its rule', () => {
    const [annotation] = plan([finding({ rule: 'a', lesson: 4, because: 'the `id` is used.' })]).check.annotations;
    expect(annotation?.message.split('\n').slice(1)).toEqual([
      "Why here: the 'id' is used.",
      expect.stringMatching(/\/lessons\/validation#a$/),
    ]);
  });

  test('the review counts what there is, and says what the check waits for', () => {
    const findings = [finding({ severity: 'warning' }), finding({ rule: 'b', line: 2, severity: 'warning' })];
    expect(plan(findings).reviewBody).toBe('Hindsight found 2 warnings in the changed lines.');
    expect(plan(findings, { policy: { fail_on: 'warning' } }).reviewBody).toBe(
      'Hindsight found 2 warnings in the changed lines. The check fails until the errors and warnings are gone.',
    );
  });

  test('the limit holds for the pull request: open comments count, those that close do not', () => {
    const [old, gone, fresh, other] = [1, 2, 3, 4].map((line) => finding({ line, rule: `rule-${line}` })) as [
      Finding,
      Finding,
      Finding,
      Finding,
    ];
    const comments = [earlier(old), earlier(gone, { commentId: 8 })];
    const planned = plan([old, fresh, other], { comments, policy: { max_comments: 2 } });
    expect(planned.comments).toHaveLength(1);
  });

  test('a comment whose line is gone makes room for itself', () => {
    const said = finding();
    const planned = plan([said], { comments: [earlier(said, { outdated: true })], policy: { max_comments: 1 } });
    expect(planned.comments).toHaveLength(1);
    expect(planned.close.map(({ commentId }) => commentId)).toEqual([7]);
  });

  test('the same rule in more than three places is one comment that lists them, and as many rows', () => {
    const five = [1, 2, 3, 4, 5].map((line) => finding({ line }));
    const { comments, check } = plan(five);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain('The same in 4 more places');
    expect(check.text.match(/sql-injection\)?\]/g)).toHaveLength(5);
    expect(plan(five.slice(0, 3)).comments).toHaveLength(3);
  });

  test('what is below comment_on stands in the check only', () => {
    const { comments, check, reviewBody } = plan([finding({ severity: 'notice' })]);
    expect([comments, reviewBody]).toEqual([[], undefined]);
    expect(check).toMatchObject({ conclusion: 'success', title: '1 notice' });
  });

  test('a quiet review comments nothing and still concludes', () => {
    const { comments, check } = plan([finding()], { quiet: true });
    expect(comments).toEqual([]);
    expect(check.conclusion).toBe('failure');
  });
});

describe('a second review', () => {
  test('does not repeat what stands', () => {
    const said = finding();
    const planned = plan([said], { comments: [earlier(said)] });
    expect(planned).toMatchObject({ comments: [], close: [], reopen: [] });
    expect(planned.check.title).toBe('1 error');
  });

  test('reviewing again after posting all of a plan writes nothing, whatever was found', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyFinding, { selector: (f) => f.fingerprint, maxLength: 15 }), (findings) => {
        const first = plan(findings, { policy: { max_comments: 50 } });
        const comments = first.comments.map(({ fingerprint, body }, i) =>
          earlier(finding({ fingerprint }), { commentId: i, body }),
        );
        const second = plan(findings, { comments, policy: { max_comments: 50 } });
        expect([second.comments, second.close, second.reopen]).toEqual([[], [], []]);
      }),
    );
  });

  test('marks as fixed what is gone, hides it, and resolves it where the policy says so', () => {
    const gone = finding();
    const [closing] = plan([], { comments: [earlier(gone)], policy: { resolve_threads: true } }).close;
    expect(closing).toMatchObject({ commentId: 7, minimise: true, resolve: true });
    expect(closing?.body).toContain('Fixed in ccccccc');
    expect(plan([], { comments: [earlier(gone)] }).close[0]?.resolve).toBe(false);
  });

  test('neither hides nor resolves a thread in which a person wrote', () => {
    const comments = [earlier(finding(), { humanReplied: true })];
    const [closing] = plan([], { comments, policy: { resolve_threads: true } }).close;
    expect(closing).toMatchObject({ minimise: false, resolve: false });
  });

  test('reopens what came back, unless a person resolved it', () => {
    const back = finding();
    const fixed = earlier(back, { state: 'fixed' });
    expect(plan([back], { comments: [fixed] }).reopen).toHaveLength(1);
    expect(plan([back], { comments: [{ ...fixed, resolvedByHuman: true }] }).reopen).toEqual([]);
  });

  test('leaves an outdated comment alone where a person answered it', () => {
    const said = finding();
    const planned = plan([said], { comments: [earlier(said, { outdated: true, humanReplied: true })] });
    expect(planned).toMatchObject({ comments: [], close: [] });
  });

  test('never brings back what people dismissed: no comment, no row, no failure', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { minLength: 1, maxLength: 20 }), (findings) => {
        const dismissed = findings.map(({ fingerprint }) => fingerprint);
        const comments = findings.map((said, i) => earlier(said, { commentId: i, state: i % 2 ? 'fixed' : 'open' }));
        const planned = plan(findings, { dismissed, comments });
        expect([planned.comments, planned.close]).toEqual([[], []]);
        expect(planned.reopen).toEqual([]);
        expect(planned.check).toMatchObject({ conclusion: 'success', text: '', annotations: [] });
      }),
    );
  });
});
