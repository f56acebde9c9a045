import { isBinary } from '../blob-reader.ts';
import { fullName } from '../json/accounts.ts';
import type { Repository } from '../types.ts';
import type { World } from '../world.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

const shownBytes = 1024 * 1024;

/** A file at a commit, its lines addressable as `#L12`, where the table of a check points. Undefined when there is none. */
export async function blobPage(
  world: World,
  repository: Repository,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const sha = await world.commitOf(repository, commit);
  const entry = sha === undefined ? undefined : (await world.tree(repository.gitDir, sha)).get(path);
  const bytes = entry?.type === 'blob' ? await world.blob(repository.gitDir, entry.oid) : undefined;
  if (!bytes) return undefined;
  const lines = isBinary(bytes) ? ['(binary)'] : bytes.subarray(0, shownBytes).toString('utf8').split('\n');
  return layout(
    world,
    path,
    html`<h1>${path}</h1><p class="soft">${fullName(repository)} at <code>${commit.slice(0, 7)}</code></p>
<div class="box"><table class="diff"><tbody>${lines.map((line, index) => html`<tr id="L${index + 1}"><td class="n">${index + 1}</td><td>${line}</td></tr>`)}</tbody></table></div>`,
  );
}
