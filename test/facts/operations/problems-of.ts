import { buildProject } from '../../../src/facts/build-project.ts';
import { operationsReader } from '../../../src/facts/operations/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';

/** Problems of a new operations file as `line rule`; undefined where the file says nothing. */
export function problemsOf(
  path: string,
  after: string,
  context: Readonly<Record<string, string>> = {},
): string[] | undefined {
  const file = compareTexts({ path, status: 'added', after });
  const others = Object.entries(context).map(([name, text]) => ({ path: name, text }));
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: others, unread: [] });
  const { operations } = operationsReader.read(file, project);
  return operations?.problems.map(({ rule, line }) => `${line} ${rule}`);
}
