import type { Octokit } from '@octokit/rest';
import type { RepositoryName } from './blobs.ts';

interface TreeAnswer {
  readonly entries: readonly EntryAnswer[] | null;
}

interface EntryAnswer {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly object?: Partial<TreeAnswer> | null;
}

/** Every path of a commit, with git's file mode. */
export type Tree = ReadonlyMap<string, number>;

export const modes = { symlink: 0o120000, submodule: 0o160000 } as const;

/** Folders within folders that one query lists: few repositories of source code are deeper, and for those REST is asked. */
const depth = 8;

/** Selection of a whole tree, so that listing the repository needs no request of its own. */
export const treeFields = nested(depth);

function nested(levels: number): string {
  const deeper = levels > 1 ? ` object { ${nested(levels - 1)} }` : '';
  return `... on Tree { entries { name type mode${deeper} } }`;
}

/** @returns undefined when the answer does not reach the bottom of the tree */
export function treeOf(answer: Partial<TreeAnswer> | null | undefined): Tree | undefined {
  const paths = new Map<string, number>();
  const walk = (tree: Partial<TreeAnswer> | null | undefined, prefix: string): boolean => {
    if (!tree?.entries) return false;
    for (const { name, type, mode, object } of tree.entries) {
      if (type !== 'tree') paths.set(prefix + name, mode);
      else if (!walk(object, `${prefix}${name}/`)) return false;
    }
    return true;
  };
  return walk(answer, '') ? paths : undefined;
}

/** Lists a commit's paths by REST. @returns undefined when GitHub cut the list (100,000 entries or 7 MB) */
export async function readTree(octokit: Octokit, at: RepositoryName, commit: string): Promise<Tree | undefined> {
  const { data } = await octokit.rest.git.getTree({ ...at, tree_sha: commit, recursive: 'true' });
  if (data.truncated) return undefined;
  return new Map(
    data.tree.flatMap(({ path, type, mode }) =>
      path !== undefined && type !== 'tree' ? [[path, Number.parseInt(mode ?? '100644', 8)] as const] : [],
    ),
  );
}
