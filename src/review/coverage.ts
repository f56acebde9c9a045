import type { Coverage, Snapshot, SourceFile, Unread } from './types.ts';

/** Counts what was analysed, in files and added lines, and keeps the reasons for the rest. */
export function coverageOf(snapshot: Snapshot, analysed: readonly SourceFile[], unread: readonly Unread[]): Coverage {
  const paths = new Set([...snapshot.files.map((f) => f.path), ...snapshot.unread.map((u) => u.path)]);
  return {
    files: paths.size,
    filesAnalysed: analysed.length,
    addedLines: snapshot.files.reduce((sum, file) => sum + file.added.length, 0),
    addedLinesAnalysed: analysed.reduce((sum, file) => sum + file.added.length, 0),
    unread,
  };
}
