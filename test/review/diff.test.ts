import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareTexts, countLines, parsePatch } from '../../src/review/diff.ts';

const modified = (before: string, after: string) => compareTexts({ path: 'a.ts', status: 'modified', before, after });

/** Short texts over few different lines, so that lines repeat and move; with and without a last line feed, CRLF too. */
const texts = fc
  .tuple(
    fc.array(fc.constantFrom('', 'a', 'b', 'c', '+a', '-b', ' c', '@@ -1 +1 @@', 'd\r'), { maxLength: 25 }),
    fc.boolean(),
  )
  .map(([lines, feed]) => lines.join('\n') + (feed && lines.length > 0 ? '\n' : ''));

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const without = (text: string, numbers: readonly number[]) => {
  const left = new Set(numbers);
  return linesOf(text).filter((_, index) => !left.has(index + 1));
};

describe('comparing two texts', () => {
  test('a new file adds all its lines, a removed file removes all', () => {
    const added = compareTexts({ path: 'a.ts', status: 'added', after: 'a\nb\n' });
    expect(added).toMatchObject({ added: [1, 2], removed: [] });
    expect(added.hunks).toEqual([{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 2 }]);
    const removed = compareTexts({ path: 'a.ts', status: 'removed', before: 'a\nb' });
    expect(removed).toMatchObject({ added: [], removed: [1, 2] });
    expect(removed.hunks).toEqual([{ oldStart: 1, oldLines: 2, newStart: 0, newLines: 0 }]);
  });

  test('an empty file has no lines and no hunk', () => {
    expect(compareTexts({ path: 'a.ts', status: 'added', after: '' })).toMatchObject({ added: [], hunks: [] });
    expect(modified('', '')).toMatchObject({ added: [], removed: [], hunks: [] });
  });

  test('a pure rename changes no line and keeps both names', () => {
    const file = compareTexts({ path: 'b.ts', previousPath: 'a.ts', status: 'renamed', before: 'a\n', after: 'a\n' });
    expect(file).toMatchObject({ path: 'b.ts', previousPath: 'a.ts', added: [], removed: [], hunks: [] });
  });

  test('a change of line ends changes every line, and the lines are counted as an editor counts them', () => {
    expect(modified('a\nb\n', 'a\r\nb\r\n')).toMatchObject({ added: [1, 2], removed: [1, 2] });
    expect(modified('a\r\nb\r\n', 'a\r\nb\r\nc\r\n')).toMatchObject({ added: [3], removed: [] });
  });

  test('a line feed that the last line gains is a change of that line', () => {
    expect(modified('a\nb', 'a\nb\n')).toMatchObject({ added: [2], removed: [2] });
  });

  test('texts too different to compare count as changed in whole', () => {
    const before = Array.from({ length: 12_000 }, (_, i) => `before ${i}`).join('\n');
    const after = Array.from({ length: 12_000 }, (_, i) => `after ${i}`).join('\n');
    const file = modified(before, after);
    expect([file.added.length, file.removed.length, file.hunks.length]).toEqual([12_000, 12_000, 1]);
  });

  test('without the lines it says were changed, both sides are the same text', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const file = modified(before, after);
        expect(without(after, file.added)).toEqual(without(before, file.removed));
      }),
    );
  });

  test('every changed line lies in a hunk, and no hunk leaves the file', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const { added, removed, hunks } = modified(before, after);
        for (const line of added)
          expect(hunks.some((h) => line >= h.newStart && line < h.newStart + h.newLines)).toBe(true);
        for (const line of removed)
          expect(hunks.some((h) => line >= h.oldStart && line < h.oldStart + h.oldLines)).toBe(true);
        for (const h of hunks) {
          expect(h.newStart + h.newLines - 1).toBeLessThanOrEqual(countLines(after));
          expect(h.oldStart + h.oldLines - 1).toBeLessThanOrEqual(countLines(before));
        }
      }),
    );
  });
});

describe('reading a patch', () => {
  test('what is no patch is refused', () => {
    expect(parsePatch('diff --git a/a b/a\n@@ -1 +1 @@\n-a\n+b')).toBeUndefined();
    expect(parsePatch('Binary files differ')).toBeUndefined();
  });

  test('counts left out of a hunk header mean one line', () => {
    expect(parsePatch('@@ -3 +4 @@ function a() {\n-x\n+y\n\\ No newline at end of file')).toEqual({
      hunks: [{ oldStart: 3, oldLines: 1, newStart: 4, newLines: 1 }],
      added: [4],
      removed: [3],
    });
  });

  test("git's own patches remove and add lines so that the rest is the same text, in hunks of the same size", () => {
    const folder = mkdtempSync(join(tmpdir(), 'hindsight-diff-'));
    try {
      fc.assert(
        fc.property(texts, texts, (before, after) => {
          fc.pre(before !== after && before !== '' && after !== '');
          const read = parsePatch(gitPatch(folder, before, after));
          if (!read) throw new Error('the patch was refused');
          const own = modified(before, after);
          expect(without(after, read.added)).toEqual(without(before, read.removed));
          // Two shortest scripts may choose different lines among equal ones, never a different number of them.
          expect(read.added.length - read.removed.length).toBe(own.added.length - own.removed.length);
        }),
        { numRuns: 40 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('agrees with the comparison where there is one shortest way to change', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hindsight-diff-'));
    const base = Array.from({ length: 40 }, (_, i) => `line ${i}`);
    const cases = [
      base.with(4, 'changed').toSpliced(20, 3),
      base.toSpliced(0, 0, 'first'),
      [...base, 'last'],
      base.slice(0, -1),
      base.toSpliced(10, 0, '-- removed?', '++ added?').toSpliced(30, 2, '@@ -1 +1 @@'),
    ];
    try {
      for (const lines of cases) {
        for (const feed of ['', '\n', '\r\n']) {
          const [before, after] = [base, lines].map((all) => all.join(feed || '\n') + feed) as [string, string];
          const { hunks, added, removed } = modified(before, after);
          expect(parsePatch(gitPatch(folder, before, after))).toEqual({ hunks, added, removed });
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function gitPatch(folder: string, before: string, after: string): string {
  writeFileSync(join(folder, 'before'), before);
  writeFileSync(join(folder, 'after'), after);
  const args = ['diff', '--no-index', '--no-ext-diff', '--no-color', '-U3', 'before', 'after'];
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '' } });
  } catch (error) {
    // git's exit code is 1 where there is a difference.
    const patch = String((error as { stdout?: string }).stdout);
    return patch.slice(patch.indexOf('\n@@ ') + 1).replace(/\n$/, '');
  }
}
