import { git } from './git-process.ts';
import type { Side } from './types.ts';

export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  /** Blob of the head, or of the base where the file is gone. */
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
  /** From the first `@@` on; absent for binary files, pure renames, empty files and mode changes. */
  readonly patch?: string;
}

const statusOf: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};

/** What changed between two commits, sorted by path as GitHub lists it. Not limited: the endpoints cut as GitHub cuts. */
export async function changedFiles(gitDir: string, base: string, head: string): Promise<readonly ChangedFile[]> {
  const diff = ['diff-tree', '-r', '-M', '-l0', '--no-color', '--no-ext-diff', '--full-index'];
  const [listing, patches] = await Promise.all([
    git(gitDir, [...diff, '--raw', '--numstat', '-z', base, head]),
    git(gitDir, [...diff, '-p', '-U3', base, head]),
  ]);
  const sections = splitPatches(patches.toString('utf8'));
  const { raw, counts } = readListing(listing.toString('utf8'));
  const files: ChangedFile[] = [];
  let section = 0;
  for (const [index, entry] of raw.entries()) {
    const own = entry.letter === 'T' ? sections.slice(section, section + 2) : sections.slice(section, section + 1);
    section += own.length;
    const patch = own.filter(Boolean).join('\n');
    files.push({
      path: entry.path,
      ...(entry.previousPath !== undefined && { previousPath: entry.previousPath }),
      status:
        entry.letter === 'M' && patch === '' && entry.sameBlob ? 'changed' : (statusOf[entry.letter] ?? 'changed'),
      oid: entry.oid,
      additions: counts[index]?.additions ?? 0,
      deletions: counts[index]?.deletions ?? 0,
      ...(patch !== '' && { patch }),
    });
  }
  return files;
}

interface RawEntry {
  readonly letter: string;
  readonly oid: string;
  readonly sameBlob: boolean;
  readonly path: string;
  readonly previousPath?: string;
}

function readListing(text: string): { raw: RawEntry[]; counts: { additions: number; deletions: number }[] } {
  const raw: RawEntry[] = [];
  const counts: { additions: number; deletions: number }[] = [];
  const fields = text.split('\0');
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? '';
    if (field.startsWith(':')) {
      const [, , oldOid = '', newOid = '', code = ''] = field.split(' ');
      const letter = code.slice(0, 1);
      const first = fields[++at] ?? '';
      const previousPath = letter === 'R' ? first : undefined;
      const path = letter === 'R' ? (fields[++at] ?? '') : first;
      const oid = letter === 'D' ? oldOid : newOid;
      raw.push({ letter, oid, sameBlob: oldOid === newOid, path, ...(previousPath !== undefined && { previousPath }) });
    } else if (field.includes('\t')) {
      const [added = '0', deleted = '0', path = ''] = field.split('\t');
      counts.push({ additions: Number(added) || 0, deletions: Number(deleted) || 0 });
      if (path === '') at += 2; // a rename: the two names follow as fields of their own
    }
  }
  return { raw, counts };
}

/** One string a file, each from its first `@@` on ('' where there is no text to show). */
function splitPatches(text: string): string[] {
  const sections: string[] = [];
  for (const section of `\n${text}`.split('\ndiff --git ').slice(1)) {
    const start = section.indexOf('\n@@ ') + 1;
    sections.push(start === 0 ? '' : section.slice(start).replace(/\n$/, ''));
  }
  return sections;
}

export interface PatchLine {
  readonly kind: 'added' | 'removed' | 'context' | 'hunk' | 'note';
  readonly text: string;
  readonly old?: number;
  readonly new?: number;
}

/** The lines of a patch with their numbers on both sides. */
export function readPatch(patch: string): readonly PatchLine[] {
  const lines: PatchLine[] = [];
  let oldLine = 0;
  let newLine = 0;
  for (const text of patch.split('\n')) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (hunk) {
      oldLine = Number(hunk[1]);
      newLine = Number(hunk[2]);
      lines.push({ kind: 'hunk', text });
    } else if (text.startsWith('+')) lines.push({ kind: 'added', text: text.slice(1), new: newLine++ });
    else if (text.startsWith('-')) lines.push({ kind: 'removed', text: text.slice(1), old: oldLine++ });
    else if (text.startsWith('\\')) lines.push({ kind: 'note', text });
    else lines.push({ kind: 'context', text: text.slice(1), old: oldLine++, new: newLine++ });
  }
  return lines;
}

/** Where GitHub lets a comment stand: RIGHT on added and context lines, LEFT on removed lines, and only inside hunks. */
export function isAnchor(lines: readonly PatchLine[], side: Side, line: number): boolean {
  return lines.some((at) => (side === 'RIGHT' ? at.new === line : at.kind === 'removed' && at.old === line));
}

/** The text GitHub keeps beside a comment: its hunk, down to the line commented on. */
export function hunkBefore(lines: readonly PatchLine[], side: Side, line: number): string {
  let hunk: PatchLine[] = [];
  for (const at of lines) {
    if (at.kind === 'hunk') hunk = [];
    hunk.push(at);
    if (side === 'RIGHT' ? at.new === line : at.kind === 'removed' && at.old === line) break;
  }
  const sign = { added: '+', removed: '-', context: ' ', hunk: '', note: '' };
  return hunk.map((at) => sign[at.kind] + at.text).join('\n');
}

/**
 * Where a line of one commit stands in a later one: undefined when the line itself was changed or removed.
 * `patch` is the zero-context patch of the file between the two.
 */
export function movedLine(patch: string, line: number): number | undefined {
  let shift = 0;
  for (const header of `\n${patch}`.matchAll(/\n@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/g)) {
    const oldStart = Number(header[1]);
    const oldCount = Number(header[2] ?? 1);
    const newCount = Number(header[4] ?? 1);
    if (oldCount > 0 && line >= oldStart && line < oldStart + oldCount) return undefined;
    if (oldCount === 0 ? line <= oldStart : line < oldStart) break;
    shift += newCount - oldCount;
  }
  return line + shift;
}
