import { isBinary } from '../blob-reader.ts';
import { listCommits } from '../git.ts';
import { nodeId } from '../json/accounts.ts';
import type { Repository } from '../types.ts';
import type { Asker } from './asker.ts';
import { commitNode, entryNode } from './commit-nodes.ts';

/** What `sha:path`, a ref, or a bare object id stands for, as GitHub's `object(expression:)` gives it: null when nothing. */
export async function gitObject(asker: Asker, repository: Repository, expression: string): Promise<unknown> {
  const { world } = asker;
  const { gitDir } = repository;
  const colon = expression.indexOf(':');
  if (colon < 0) return bareObject(asker, repository, expression);
  const commit = await world.commitOf(repository, expression.slice(0, colon));
  if (commit === undefined) return null;
  const path = expression.slice(colon + 1).replace(/\/$/, '');
  if (path === '') return treeNode(asker, repository, commit, '');
  const entry = (await world.tree(gitDir, commit)).get(path);
  if (!entry) return null;
  if (entry.type === 'tree') return treeNode(asker, repository, commit, path, entry.oid);
  if (entry.type === 'blob') return blobNode(asker, repository, entry.oid);
  return null; // a submodule's commit lives in another repository
}

async function bareObject(asker: Asker, repository: Repository, name: string): Promise<unknown> {
  const { gitDir } = repository;
  const asTree = name.endsWith('^{tree}');
  const commit = await asker.world.commitOf(repository, name.replace(/\^\{tree\}$/, ''));
  if (commit !== undefined && asTree) return treeNode(asker, repository, commit, '');
  if (commit !== undefined) {
    const [found] = await listCommits(gitDir, commit, undefined, 1);
    return found ? commitNode(asker, repository, found) : null;
  }
  if (!/^[0-9a-f]{40}$/.test(name)) return null;
  return (await blobNode(asker, repository, name)) ?? bareTree(asker, repository, name);
}

async function bareTree(asker: Asker, repository: Repository, oid: string): Promise<unknown> {
  // An object of another kind, or none: GitHub answers null.
  const known = await asker.world.tree(repository.gitDir, oid).catch(() => undefined);
  return known ? treeNode(asker, repository, oid, '', oid) : null;
}

/** A directory of a tree (or of a commit's tree), its entries read when asked for. */
function treeNode(asker: Asker, repository: Repository, root: string, path: string, oid?: string) {
  return {
    __typename: 'Tree',
    id: nodeId('T', 0),
    oid: oid ?? (async () => (await listCommits(repository.gitDir, root, undefined, 1))[0]?.tree ?? ''),
    entries: async () => {
      const prefix = path === '' ? '' : `${path}/`;
      const all = [...(await asker.world.tree(repository.gitDir, root)).values()];
      const direct = all.filter((one) => one.path.startsWith(prefix) && !one.path.slice(prefix.length).includes('/'));
      return direct.map((entry) => ({
        ...entryNode(asker, repository, entry),
        object: () => {
          if (entry.type === 'blob') return blobNode(asker, repository, entry.oid);
          return entry.type === 'tree' ? treeNode(asker, repository, root, entry.path, entry.oid) : null;
        },
      }));
    },
  };
}

async function blobNode({ world }: Asker, repository: Repository, oid: string): Promise<unknown> {
  const bytes = await world.blob(repository.gitDir, oid);
  if (!bytes) return null;
  const binary = isBinary(bytes);
  const limit = world.limits.graphqlTextBytes;
  return {
    __typename: 'Blob',
    id: nodeId('B', 0),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    byteSize: bytes.length,
    isBinary: binary,
    isTruncated: bytes.length > limit,
    text: binary ? null : bytes.subarray(0, limit).toString('utf8'),
  };
}
