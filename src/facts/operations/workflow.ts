import { isMap, isScalar } from 'yaml';
import type { Problem } from '../sql.ts';
import { mapsIn, nodeAt, type YamlFile } from './yaml.ts';

/** A print of a secret that goes to the log: not into a pipe, a file, or GitHub's own files and masks. */
const prints =
  /^\s*(?:[A-Z_]+=\S+\s+)?(?:echo|printf|cat\s*<<<|Write-(?:Host|Output))\b[^|>]*\$\{\{\s*(?:secrets\.(?!GITHUB_TOKEN)\w|toJSON\(\s*secrets)[^|>]*$/i;

/** Steps of a GitHub Actions workflow that write a secret to the log. */
export function* workflowProblems({ documents, lineOf }: YamlFile, text: string): Iterable<Problem> {
  const lines = text.split('\n');
  for (const document of documents) {
    const jobs = nodeAt(document, 'jobs');
    const steps = isMap(jobs)
      ? jobs.items.flatMap((job) => mapsIn(nodeAt(job.value, 'steps')))
      : mapsIn(nodeAt(document, 'runs', 'steps'));
    for (const step of steps) {
      const run = step.get('run', true);
      if (!isScalar(run) || typeof run.value !== 'string') continue;
      const first = lineOf(run);
      const last = first + run.value.split('\n').length;
      for (let line = first; line <= Math.min(last, lines.length); line++) {
        const code = (lines[line - 1] ?? '').slice(0, 2_000).replace(/^\s*(?:-\s+)?run:\s*/, '');
        if (!prints.test(code) || /::add-mask::/.test(code)) continue;
        yield {
          line,
          endLine: line,
          rule: 'secret-printed-in-workflow',
          because: 'The secret is an argument of a command that prints it.',
        };
      }
    }
  }
}
