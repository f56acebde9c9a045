import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A real git repository in a folder of its own. */
export interface Repository {
  readonly folder: string;
  git(...args: readonly string[]): Promise<string>;
  write(files: Readonly<Record<string, string | Buffer>>): Promise<void>;
  commit(): Promise<string>;
  remove(): Promise<void>;
}

export async function createRepository(): Promise<Repository> {
  const folder = await mkdtemp(join(tmpdir(), 'hindsight-local-'));
  const who = { name: 'Ada', email: 'ada@example.org' };
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: who.name,
    GIT_AUTHOR_EMAIL: who.email,
    GIT_COMMITTER_NAME: who.name,
    GIT_COMMITTER_EMAIL: who.email,
  };
  const git = async (...args: readonly string[]) => (await run('git', ['-C', folder, ...args], { env })).stdout.trim();
  await git('init', '-q', '-b', 'main');
  return {
    folder,
    git,
    async write(files) {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
    },
    async commit() {
      await git('add', '-A');
      await git('commit', '-q', '-m', 'a change');
      return git('rev-parse', 'HEAD');
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
