import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { mergeBase } from '../git.ts';
import type { Pull } from '../types.ts';
import type { World } from '../world.ts';
import { openPull } from './pulls.ts';
import { createRepository, localCommit, localObjects, setBranch } from './repositories.ts';

/** Whose the pull requests from this machine are. */
const owner = 'local';

export interface LocalRequest {
  readonly path: string;
  readonly base: string;
  readonly head: string;
}

/** Opens a pull request from two commits of a git repository on this machine. Throws with words for the person who asked. */
export async function reviewLocal(world: World, { path: asked, base, head }: LocalRequest): Promise<Pull> {
  const path = /^~(?:\/|$)/.test(asked) ? join(homedir(), asked.slice(1)) : asked;
  if (!isAbsolute(path)) throw new Error('the path of the repository must be absolute');
  const isDirectory = await stat(path).then(
    (one) => one.isDirectory(),
    () => false,
  );
  if (!isDirectory) throw new Error(`there is no directory ${path}`);
  const objects = await localObjects(path);
  const baseSha = await localCommit(path, base);
  const headSha = await localCommit(path, head);
  if (baseSha === headSha) {
    throw new Error(`${base} and ${head} are the same commit: name an older base, ${head}~1 for example`);
  }
  const name = freeName(world, basename(path).replace(/[^\w.-]/g, '-') || 'repository');
  const repository = await createRepository(world, { owner, name, objects });
  if ((await mergeBase(repository.gitDir, baseSha, headSha)) === undefined) {
    world.repositories.delete(`${owner}/${name}`.toLowerCase());
    throw new Error(`${base} and ${head} have no commit in common`);
  }
  await setBranch(repository, 'main', baseSha);
  await setBranch(repository, 'head', headSha);
  return openPull(world, repository, { branch: 'head', title: `${head} into ${base}`, author: 'you' });
}

function freeName(world: World, wanted: string): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (!world.repositories.has(`${owner}/${name}`.toLowerCase())) return name;
  }
}
