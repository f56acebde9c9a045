import { type ChangedFile, isAnchor, movedLine, readPatch } from './diff.ts';
import { git } from './git-process.ts';
import { isShown } from './json/pulls.ts';
import type { Pull, Side } from './types.ts';
import type { World } from './world.ts';

/** Where a comment is to stand, as requests say it. */
export interface Place {
  readonly path: string;
  readonly body: string;
  readonly line?: number;
  readonly side?: Side;
  readonly start_line?: number;
  readonly start_side?: Side;
  readonly position?: number;
  readonly subject_type?: 'line' | 'file';
}

interface PlaceFault {
  readonly words: string;
  readonly field: string;
  readonly message: string;
}

/** Why a comment cannot stand where it wants to, in both of GitHub's ways to say it; undefined when it can (R2, R3). */
export function placeFault(world: World, files: readonly ChangedFile[], place: Place): PlaceFault | undefined {
  const thread = 'pull_request_review_thread';
  const refuse = (field: string, words: string, message: string): PlaceFault => ({
    words,
    field: `${thread}.${field}`,
    message: `${thread}.${field} ${message}`,
  });
  const file = files.find((one) => one.path === place.path);
  if (!file) return refuse('path', 'Path could not be resolved', 'must be part of the diff');
  if (place.subject_type === 'file') return undefined;
  if (place.line === undefined) return refuse('line', 'Line could not be resolved', 'is missing');
  const lines = isShown(world, file) ? readPatch(file.patch ?? '') : [];
  if (!isAnchor(lines, place.side ?? 'RIGHT', place.line)) {
    return refuse('line', 'Line could not be resolved', 'must be part of the diff');
  }
  if (place.start_line === undefined) return undefined;
  const startSide = place.start_side ?? place.side ?? 'RIGHT';
  if (startSide === (place.side ?? 'RIGHT') && place.start_line >= place.line) {
    return refuse('start_line', 'Start line must precede the end line.', 'must precede the end line.');
  }
  if (isAnchor(lines, startSide, place.start_line) && sameHunk(lines, place.start_line, place.line)) return undefined;
  return refuse(
    'start_line',
    'Start line must be part of the same hunk as the line.',
    'must be part of the same hunk as the line.',
  );
}

function sameHunk(lines: ReturnType<typeof readPatch>, start: number, end: number): boolean {
  const hunkOf = (line: number): number =>
    lines.slice(0, lines.findIndex((at) => at.new === line || at.old === line) + 1).filter((at) => at.kind === 'hunk')
      .length;
  return hunkOf(start) === hunkOf(end);
}

/** After a push: every thread follows its line, or becomes outdated where the line itself was changed. */
export async function moveThreads(world: World, pull: Pull): Promise<void> {
  const { gitDir } = pull.repository;
  const files = await world.filesOf(pull);
  for (const thread of pull.threads) {
    if (thread.subject === 'file' || thread.originalLine === undefined) continue;
    const file = files.find((one) => one.path === thread.path || one.previousPath === thread.path);
    const lines = file && isShown(world, file) ? readPatch(file.patch ?? '') : [];
    const diff = ['diff-tree', '-p', '-U0', '--no-color', '-M', thread.originalCommit, pull.headSha];
    const paths = ['--', thread.path, ...(file && file.path !== thread.path ? [file.path] : [])];
    const moved = thread.side === 'LEFT' ? '' : (await git(gitDir, [...diff, ...paths])).toString('utf8');
    const line = movedLine(moved, thread.originalLine);
    const stands = line !== undefined && isAnchor(lines, thread.side, line);
    thread.line = stands ? line : undefined;
    const start = thread.originalStartLine;
    thread.startLine = stands && start !== undefined ? movedLine(moved, start) : undefined;
    if (stands) thread.commit = pull.headSha;
  }
}
