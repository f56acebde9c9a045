import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Actions } from './actions.ts';
import type { FileChanges } from './git.ts';
import type { Pull } from './types.ts';

/** The files lie in `sample/` with `.txt` behind their names: they are not part of this program, and full of mistakes. */
const folder = fileURLToPath(new URL('./sample', import.meta.url));

/** Opens a pull request as somebody in a hurry would: a small ticket office learns to sell, and forgets ten things. */
export async function openSamplePull(
  actions: Actions,
  { owner = 'acme', name = 'ticket-office' }: { owner?: string; name?: string } = {},
): Promise<Pull> {
  const repository = await actions.createRepository({ owner, name, files: await filesIn('before') });
  return actions.openPull(repository, {
    branch: 'sell-tickets',
    files: await filesIn('after'),
    title: 'Customers can search, log in and buy tickets',
    body: 'Adds the customer routes and the purchase of a ticket. Removes what the load balancer does not use any more.',
    author: 'jo',
  });
}

async function filesIn(side: 'before' | 'after'): Promise<FileChanges> {
  const root = join(folder, side);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path)
      .replaceAll('\\', '/')
      .replace(/\.txt$/, '');
    files[name] = (await readFile(path, 'utf8')).replace('__PAYMENT_KEY__', fakePaymentKey());
  }
  return files;
}

/** Looks like a live key of a payment provider and opens nothing; made anew each time so that no repository holds it. */
function fakePaymentKey(): string {
  const random = randomBytes(150)
    .toString('base64')
    .replace(/[^a-zA-Z0-9]/g, '');
  return ['sk', 'live', `51${random.slice(0, 97)}`].join('_');
}
