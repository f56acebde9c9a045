import type { Octokit, RestEndpointMethodTypes } from '@octokit/rest';
import type { RepositoryName } from './blobs.ts';

type FileEntry = RestEndpointMethodTypes['pulls']['listFiles']['response']['data'][number];

/** A changed file as GitHub lists it. */
export interface ListedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  /** Blob at the head (of a removed file: at the base). */
  readonly sha: string | null;
  /** GitHub leaves the patch out of a binary file, of one whose contents did not change, and when a response grows too large. */
  readonly patch?: string;
}

/** GitHub lists so many files of a pull request and no more, without saying so. */
const maxListedFiles = 3_000;
const perPage = 100;

/** Lists the changed files of a pull request, a hundred a request. `cut`: there may be more than GitHub lists. */
export async function listFiles(
  octokit: Octokit,
  at: RepositoryName & { readonly number: number },
): Promise<{ files: ListedFile[]; cut: boolean }> {
  const files: ListedFile[] = [];
  for (let page = 1; page <= maxListedFiles / perPage; page++) {
    const { data, headers } = await octokit.rest.pulls.listFiles({
      owner: at.owner,
      repo: at.repo,
      pull_number: at.number,
      per_page: perPage,
      page,
    });
    files.push(...data.flatMap(listedFile));
    if (!headers.link?.includes('rel="next"')) return { files, cut: files.length >= maxListedFiles };
  }
  return { files, cut: true };
}

/** Reads an entry of a file list, of a pull request or of a comparison; none where nothing changed. */
export function listedFile(file: FileEntry): ListedFile[] {
  if (file.status === 'unchanged') return [];
  return [
    {
      path: file.filename,
      ...(file.previous_filename === undefined ? {} : { previousPath: file.previous_filename }),
      status: statusOf(file.status),
      sha: file.sha,
      ...(file.patch === undefined ? {} : { patch: file.patch }),
    },
  ];
}

function statusOf(status: string): ListedFile['status'] {
  if (status === 'added' || status === 'removed' || status === 'renamed') return status;
  // `copied`: new at its path. `changed`: only the file's type or mode.
  return status === 'copied' ? 'added' : 'modified';
}
