import { structuredPatch } from 'diff';
import type { FileStatus, Hunk, SourceFile } from './types.ts';

/**
 * Past this many edits every line counts as changed: the comparison's time grows with their square (a second at 4,000, a
 * minute at 20,000), and the texts come from a pull request.
 */
const maxEditLength = 4_000;

interface Texts {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: FileStatus;
  readonly before?: string;
  readonly after?: string;
}

/**
 * Makes a changed file from its two texts: which lines it adds and removes, and the hunks (three lines of context) as
 * GitHub draws them.
 */
export function compareTexts(texts: Texts): SourceFile {
  const before = texts.before ?? '';
  const after = texts.after ?? '';
  if (texts.before === undefined)
    return { ...texts, added: range(1, countLines(after)), removed: [], hunks: wholeFile(0, countLines(after)) };
  if (texts.after === undefined)
    return { ...texts, added: [], removed: range(1, countLines(before)), hunks: wholeFile(countLines(before), 0) };
  const patch = structuredPatch('a', 'b', before, after, undefined, undefined, { context: 3, maxEditLength });
  if (!patch) {
    return {
      ...texts,
      added: range(1, countLines(after)),
      removed: range(1, countLines(before)),
      hunks: wholeFile(countLines(before), countLines(after)),
    };
  }
  return { ...texts, ...linesOf(patch.hunks.map((h) => ({ ...h, newStart: h.newStart, lines: h.lines }))) };
}

/**
 * Reads a patch as GitHub's REST API gives it (hunks only, no file header).
 *
 * @returns undefined when the patch is not in that form
 */
export function parsePatch(patch: string): { hunks: Hunk[]; added: number[]; removed: number[] } | undefined {
  const runs: { oldStart: number; oldLines: number; newStart: number; newLines: number; lines: string[] }[] = [];
  for (const line of patch.split('\n')) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (head) {
      runs.push({
        oldStart: Number(head[1]),
        oldLines: Number(head[2] ?? 1),
        newStart: Number(head[3]),
        newLines: Number(head[4] ?? 1),
        lines: [],
      });
      continue;
    }
    const run = runs.at(-1);
    if (!run) return undefined;
    run.lines.push(line);
  }
  return linesOf(runs);
}

function linesOf(runs: readonly (Hunk & { lines: readonly string[] })[]): {
  hunks: Hunk[];
  added: number[];
  removed: number[];
} {
  const added: number[] = [];
  const removed: number[] = [];
  for (const run of runs) {
    let oldLine = run.oldStart;
    let newLine = run.newStart;
    for (const line of run.lines) {
      if (line.startsWith('+')) added.push(newLine++);
      else if (line.startsWith('-')) removed.push(oldLine++);
      else if (!line.startsWith('\\')) {
        oldLine++;
        newLine++;
      }
    }
  }
  const hunks = runs.map(({ oldStart, oldLines, newStart, newLines }) => ({ oldStart, oldLines, newStart, newLines }));
  return { hunks, added, removed };
}

/** Lines of a text; a last line without a line feed counts, an empty text has none. */
export function countLines(text: string): number {
  if (text === '') return 0;
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.endsWith('\n') ? lines : lines + 1;
}

function wholeFile(oldLines: number, newLines: number): Hunk[] {
  if (oldLines + newLines === 0) return [];
  return [{ oldStart: oldLines ? 1 : 0, oldLines, newStart: newLines ? 1 : 0, newLines }];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
