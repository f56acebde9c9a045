import type { Octokit } from '@octokit/rest';
import { compareTexts, parsePatch } from '../review/diff.ts';
import { kindOf } from '../review/paths.ts';
import type { SourceFile, Unread } from '../review/types.ts';
import { type Blob, type RepositoryName, readBlobs, readWholeBlob } from './blobs.ts';
import type { ListedFile } from './file-list.ts';
import { textBefore } from './patch-text.ts';
import { modes, type Tree } from './tree.ts';

/** A larger text is data, not source. */
const maxFileBytes = 1_000_000;
/** Texts that GraphQL cuts are read one by one, so many a review. */
const maxWholeBlobs = 10;
/** The words the core knows for a file that nobody could review (`isIncomplete`): they make no review incomplete. */
const noReader = 'no reader for this kind of file';

interface ChangedFilesInput extends RepositoryName {
  readonly head: string;
  readonly listed: readonly ListedFile[];
  /** Texts of the head by `head:path`, as far as they are text. */
  readonly blobs: Map<string, Blob>;
  readonly tree?: Tree;
  /** Asked for only when a file's other side cannot be told from its patch. */
  readonly mergeBase: () => Promise<string>;
}

/** Whether a listed file's text at the head is worth a read. */
export function hasHeadText(file: ListedFile): boolean {
  return file.status !== 'removed' && !isSubmodulePatch(file.patch);
}

/**
 * Makes changed files with both their texts. The right side is read, the left one follows from the patch; where GitHub left
 * the patch out, both sides are read and compared here. What cannot be read is named with its reason.
 */
export async function changedFiles(
  octokit: Octokit,
  input: ChangedFilesInput,
): Promise<{ files: SourceFile[]; unread: Unread[] }> {
  const files: SourceFile[] = [];
  const unread: Unread[] = [];
  const pending: { file: ListedFile; after: string | undefined }[] = [];
  let whole = 0;
  for (const file of input.listed) {
    const reason = leftOut(file, input.tree);
    if (reason) {
      unread.push({ path: file.path, reason });
      continue;
    }
    if (file.status === 'removed') {
      const before = file.patch === undefined ? undefined : textBefore('', file.patch);
      if (before === undefined) pending.push({ file, after: undefined });
      else files.push(compareTexts({ path: file.path, status: 'removed', before }));
      continue;
    }
    const blob = input.blobs.get(`${input.head}:${file.path}`);
    const text = blob && textOf(blob, file);
    if (!blob || !text) {
      unread.push({ path: file.path, reason: 'GitHub did not give its contents' });
    } else if ('reason' in text) {
      unread.push({ path: file.path, reason: text.reason });
    } else if ('cut' in text && whole++ >= maxWholeBlobs) {
      unread.push({ path: file.path, reason: 'one of too many files of more than 500 kB' });
    } else {
      const after = 'cut' in text ? await readWholeBlob(octokit, input, blob.oid) : text.text;
      const made = fromPatch(file, after);
      if (made) files.push(made);
      else pending.push({ file, after });
    }
  }
  if (pending.length > 0) {
    const rest = await fromBothSides(octokit, input, pending);
    files.push(...rest.files);
    unread.push(...rest.unread);
  }
  return { files, unread };
}

function leftOut(file: ListedFile, tree: Tree | undefined): string | undefined {
  const mode = tree?.get(file.path);
  const special = mode === modes.submodule || mode === modes.symlink || isSubmodulePatch(file.patch);
  return special ? noReader : undefined;
}

function isSubmodulePatch(patch: string | undefined): boolean {
  return patch !== undefined && /^@@ [-+, \d]{1,60} @@[^\n]{0,400}\n[-+]Subproject commit [0-9a-f]{40}/.test(patch);
}

function textOf(blob: Blob, file: ListedFile): { text: string } | { cut: true } | { reason: string } {
  if (blob.isBinary || (blob.text === null && !blob.isTruncated)) return { reason: noReader };
  if (!blob.isTruncated) return { text: blob.text ?? '' };
  const kind = kindOf(file.path);
  if (kind === 'generated' || kind === 'vendored') return { reason: noReader };
  return blob.byteSize > maxFileBytes ? { reason: 'larger than 1 MB' } : { cut: true };
}

/** @returns undefined when the patch is missing or does not fit the text */
function fromPatch(file: ListedFile, after: string): SourceFile | undefined {
  const { path, previousPath, status } = file;
  const named = { path, status, ...(previousPath === undefined ? {} : { previousPath }) };
  if (file.patch === undefined) return status === 'added' ? compareTexts({ ...named, after }) : undefined;
  const parsed = parsePatch(file.patch);
  const before = textBefore(after, file.patch);
  if (!parsed || before === undefined) return undefined;
  const isNew = status === 'added' && before === '';
  // GitHub's own hunks decide where a comment may stand, so they are kept as they are.
  return { ...named, ...(isNew ? {} : { before }), after, ...parsed };
}

async function fromBothSides(
  octokit: Octokit,
  input: ChangedFilesInput,
  pending: readonly { file: ListedFile; after: string | undefined }[],
): Promise<{ files: SourceFile[]; unread: Unread[] }> {
  const base = await input.mergeBase();
  const expressionOf = (file: ListedFile) => `${base}:${file.previousPath ?? file.path}`;
  const blobs = await readBlobs(
    octokit,
    input,
    pending.map(({ file }) => expressionOf(file)),
  );
  const files: SourceFile[] = [];
  const unread: Unread[] = [];
  for (const { file, after } of pending) {
    const blob = blobs.get(expressionOf(file));
    const { path, previousPath, status } = file;
    if (blob && (blob.isBinary || blob.isTruncated)) {
      unread.push({ path, reason: blob.isBinary ? noReader : 'was larger than 500 kB before' });
      continue;
    }
    const before = blob?.text ?? undefined;
    if (before === undefined && after === undefined) {
      unread.push({ path, reason: 'GitHub did not give its contents' });
      continue;
    }
    files.push(
      compareTexts({
        path,
        status,
        ...(previousPath === undefined ? {} : { previousPath }),
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      }),
    );
  }
  return { files, unread };
}
