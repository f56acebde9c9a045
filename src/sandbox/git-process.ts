import { execFile } from 'node:child_process';

/** Runs git in a bare repository. Plumbing only: nothing here depends on the configuration of the person at the keyboard. */
export function git(gitDir: string, args: readonly string[], input?: Buffer | string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      ['--git-dir', gitDir, '-c', 'core.quotePath=false', ...args],
      { encoding: 'buffer', maxBuffer: 512 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`git ${args[0]}: ${stderr.toString('utf8').trim() || error.message}`));
        else resolve(stdout);
      },
    );
    child.stdin?.on('error', () => {}); // git may end without reading its input; the exit code says what happened
    // hindsight-ignore-next-line command-injection -- what git reads on its input is data, not a command
    child.stdin?.end(input);
  });
}

/** Answers about objects by their full names, the newest last. A name stands for the same content for ever. */
const known = new Map<string, Buffer>();
const maxKnown = 5_000;
const maxKnownBytes = 100_000;

/** Asks git about what `names` stand for, once where all of them are full object names. @throws where git refuses, each time anew */
export async function ask(gitDir: string, names: readonly string[], args: readonly string[]): Promise<Buffer> {
  if (!names.every((name) => /^[0-9a-f]{40}$/.test(name))) return git(gitDir, args);
  const key = [gitDir, ...args].join('\0');
  const before = known.get(key);
  if (before) return before;
  const answer = await git(gitDir, args);
  const [oldest] = known.keys();
  if (known.size >= maxKnown && oldest !== undefined) known.delete(oldest);
  if (answer.length <= maxKnownBytes) known.set(key, answer);
  return answer;
}
