import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Problem } from '../sql.ts';
import { mapsIn, nodeAt, textAt, type YamlFile } from './yaml.ts';

const prints = /^\s*(?:[A-Z_]+=\S+\s+)?(?:echo|printf|cat\s*<<<|Write-(?:Host|Output))\b(.*)$/i;
const expression = /\$\{\{\s*(?:secrets\.(?!GITHUB_TOKEN)\w|toJSON\(\s*secrets)/i;
/** Commands whose output is the secret in another shape, which GitHub does not know to mask. */
const reshapes = /^\s*(?:base64|base32|rev|xxd|od|hexdump|tr|sed|fold|openssl\s+(?:enc|base64))\b/;
/** Inputs by which the clouds' own actions take a key that lives until somebody remembers it; each takes OpenID Connect as well. */
const keyInputs: readonly (readonly [RegExp, string, string])[] = [
  [/^aws-actions\/configure-aws-credentials@/, 'aws-secret-access-key', 'role-to-assume'],
  [/^google-github-actions\/auth@/, 'credentials_json', 'workload_identity_provider'],
  [/^azure\/login@/i, 'creds', 'client-id'],
];

/** Steps of a GitHub Actions workflow that write a secret to the log, or sign in with a key that does not expire. */
export function* workflowProblems({ documents, lineOf }: YamlFile, text: string): Iterable<Problem> {
  const lines = text.split('\n');
  for (const document of documents) {
    const jobs = nodeAt(document, 'jobs');
    const own = secretNames(nodeAt(document, 'env'));
    const parts = isMap(jobs)
      ? jobs.items.map(({ value }) => ({ steps: mapsIn(nodeAt(value, 'steps')), env: nodeAt(value, 'env') }))
      : [{ steps: mapsIn(nodeAt(document, 'runs', 'steps')), env: undefined }];
    for (const { steps, env } of parts) {
      const names = [...own, ...secretNames(env)];
      for (const step of steps) {
        yield* printed(step, new Set([...names, ...secretNames(step.get('env', true))]), lines, lineOf);
        yield* longLived(step, lineOf);
      }
    }
  }
}

/** Names of the environment that hold a secret. */
function secretNames(env: unknown): string[] {
  if (!isMap(env)) return [];
  return env.items.flatMap(({ key, value }) =>
    isScalar(key) && isScalar(value) && expression.test(String(value.value)) ? [String(key.value)] : [],
  );
}

function* printed(
  step: YAMLMap,
  names: ReadonlySet<string>,
  lines: readonly string[],
  lineOf: YamlFile['lineOf'],
): Iterable<Problem> {
  const run = step.get('run', true);
  if (!isScalar(run) || typeof run.value !== 'string') return;
  const first = lineOf(run);
  const last = first + run.value.split('\n').length;
  for (let line = first; line <= Math.min(last, lines.length); line++) {
    const code = (lines[line - 1] ?? '').slice(0, 2_000).replace(/^\s*(?:-\s+)?run:\s*/, '');
    if (!printsSecret(code, names)) continue;
    yield {
      line,
      endLine: line,
      rule: 'secret-printed-in-workflow',
      because: 'The secret is an argument of a command that prints it.',
    };
  }
}

function printsSecret(code: string, names: ReadonlySet<string>): boolean {
  return code.split(/&&|\|\||;/).some((command) => commandPrints(command, names));
}

/** Not into a pipe, a file, or GitHub's own files and masks. */
function commandPrints(command: string, names: ReadonlySet<string>): boolean {
  const rest = prints.exec(command)?.[1];
  if (rest === undefined || rest.includes('>') || rest.includes('::add-mask::')) return false;
  const [words = '', ...pipes] = rest.split('|');
  if (pipes.some((command) => !reshapes.test(command))) return false;
  if (expression.test(words)) return true;
  // `${NAME:+set}` says that there is one, and not what it is.
  return [...words.matchAll(/\$(?:env:|\{)?(\w{1,64})(:?\+)?/g)].some(
    ([, name, alternative]) => names.has(name ?? '') && alternative === undefined,
  );
}

function* longLived(step: YAMLMap, lineOf: YamlFile['lineOf']): Iterable<Problem> {
  const uses = textAt(step, 'uses') ?? '';
  const [, input, better] = keyInputs.find(([action]) => action.test(uses)) ?? [];
  const inputs = step.get('with', true);
  if (!input || !better || !isMap(inputs) || !inputs.has(input) || inputs.has(better)) return;
  const key = inputs.items.find((pair) => isScalar(pair.key) && pair.key.value === input)?.key;
  const line = lineOf(key);
  yield { line, endLine: line, rule: 'long-lived-cloud-key', because: `\`${input}\` is a key that does not expire.` };
}
