import { wants } from './facts/read.ts';
import { firstRelated, GitError, readGitContext, readGitRange } from './local/git.ts';
import { builtInPolicy, policyPath } from './review/policy.ts';
import type { Snapshot } from './review/types.ts';

const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/**
 * Reads the range and, in at most two rounds, the unchanged files that rules ask for.
 *
 * @throws {GitError} when git refuses, or no base is named and there is none to guess
 */
export async function readWithContext(options: { repo: string; base?: string; head?: string }): Promise<Snapshot> {
  const range = {
    repo: options.repo,
    base: options.base ?? (await usualBase(options.repo, options.head)),
    ...(options.head === undefined ? {} : { head: options.head }),
  };
  let snapshot = await readGitRange(range);
  const read = new Set<string>();
  for (let round = 0; round < 2; round++) {
    const tree = new Set(snapshot.tree);
    const paths = [policyPath, builtInPolicy.baseline, ...wants(snapshot)].filter(
      (path) => tree.has(path) && !read.has(path),
    );
    if (paths.length === 0) break;
    for (const path of paths) read.add(path);
    snapshot = { ...snapshot, context: [...snapshot.context, ...(await readGitContext(range, paths))] };
  }
  return snapshot;
}

async function usualBase(repo: string, head = 'HEAD'): Promise<string> {
  const base = await firstRelated(repo, usualBases, head);
  if (base !== undefined) return base;
  throw new GitError('there is no main or master branch to compare with: name one with --base');
}
