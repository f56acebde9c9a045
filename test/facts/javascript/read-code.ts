import { buildProject } from '../../../src/facts/build-project.ts';
import type { CodeFacts } from '../../../src/facts/code.ts';
import { readCode } from '../../../src/facts/javascript/reader.ts';

/** Facts of one new file, alone in its repository but for `context`. */
export function codeOf(path: string, text: string, context: Record<string, string> = {}): CodeFacts {
  const added = text.split('\n').map((_, index) => index + 1);
  const file = { path, status: 'added' as const, after: text, added, removed: [], hunks: [] };
  const project = buildProject({
    head: 'head',
    base: 'base',
    files: [file],
    context: Object.entries(context).map(([at, content]) => ({ path: at, text: content })),
    unread: [],
  });
  return readCode(file, text, project);
}
