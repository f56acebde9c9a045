import { listCommits } from '../git.ts';
import { type Call, ok, type Route } from '../http.ts';
import { fullName, nodeId, repositoryJson, repositoryUrl, userJson } from '../json/accounts.ts';
import { commitJson, fileListJson } from '../json/pulls.ts';
import { notFound, Refusal } from '../refusal.ts';
import { repositoryOf } from './find.ts';

const reads = { contents: 'read' } as const;
const blobBytes = 100 * 1024 * 1024;
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Repositories, their commits, contents, trees and blobs, and who may write. */
export const repositoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    as: 'installation',
    answer: (call) => ok(repositoryJson(call.world, repositoryOf(call))),
  },
  { method: 'GET', path: '/repos/{owner}/{repo}/commits/{ref}', as: 'installation', needs: reads, answer: commit },
  { method: 'GET', path: '/repos/{owner}/{repo}/contents/{path}', as: 'installation', needs: reads, answer: contents },
  { method: 'GET', path: '/repos/{owner}/{repo}/git/blobs/{file_sha}', as: 'installation', needs: reads, answer: blob },
  { method: 'GET', path: '/repos/{owner}/{repo}/git/trees/{tree_sha}', as: 'installation', needs: reads, answer: tree },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/collaborators/{username}/permission',
    as: 'installation',
    answer(call) {
      const { world, params } = call;
      const user = world.users.get(params.username ?? '');
      if (!user) throw notFound();
      const role = repositoryOf(call).collaborators.get(user.login) ?? 'none';
      return ok({ permission: role, role_name: role, user: userJson(world, user) });
    },
  },
];

async function commit(call: Call) {
  const { world, params } = call;
  const repository = repositoryOf(call);
  const sha = await world.commitOf(repository, params.ref ?? '');
  if (sha === undefined) throw new Refusal(422, { message: `No commit found for SHA: ${params.ref}` });
  const [found] = await listCommits(repository.gitDir, sha, undefined, 1);
  if (!found) throw notFound();
  const files = await world.files(repository.gitDir, found.parents[0] ?? emptyTree, sha);
  const shown = fileListJson(world, repository, sha, files.slice(0, world.limits.compareFiles));
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  const stats = { additions, deletions, total: additions + deletions };
  return ok({ ...commitJson(world, repository, found), stats, files: shown });
}

async function contents(call: Call) {
  const { world, params, query, accept } = call;
  const repository = repositoryOf(call);
  const ref = query.get('ref') ?? repository.defaultBranch;
  const sha = await world.commitOf(repository, ref);
  if (sha === undefined) throw new Refusal(404, { message: `No commit found for the ref ${ref}` });
  const path = (params.path ?? '').replace(/\/$/, '');
  const entries = await world.tree(repository.gitDir, sha);
  const entry = entries.get(path);
  if (!entry) throw notFound();
  const url = `${repositoryUrl(world, repository)}/contents/${path}?ref=${ref}`;
  const git = `${repositoryUrl(world, repository)}/git/blobs/${entry.oid}`;
  const html = `${world.url}/${fullName(repository)}/blob/${ref}/${path}`;
  const common = {
    name: path.split('/').at(-1),
    path,
    sha: entry.oid,
    size: entry.size ?? 0,
    url,
    html_url: html,
    git_url: git,
    download_url: entry.type === 'blob' ? html : null,
    _links: { self: url, git, html },
  };
  if (entry.type === 'tree') {
    const inside = [...entries.values()].filter(
      (one) => one.path.startsWith(`${path}/`) && !one.path.slice(path.length + 1).includes('/'),
    );
    return ok(
      inside.map((one) => ({
        ...common,
        name: one.path.split('/').at(-1),
        path: one.path,
        sha: one.oid,
        size: one.size ?? 0,
        type: one.type === 'tree' ? 'dir' : 'file',
      })),
    );
  }
  if (entry.type === 'commit') return ok({ ...common, type: 'submodule', submodule_git_url: null });
  const bytes = (await world.blob(repository.gitDir, entry.oid)) ?? Buffer.alloc(0);
  const raw = /\braw\b/.test(accept);
  if (bytes.length > (raw ? blobBytes : world.limits.contentsBytes) && raw) {
    throw new Refusal(403, {
      message: 'This API returns blobs up to 100 MB in size.',
      errors: [{ code: 'too_large' }],
    });
  }
  if (raw) return { status: 200, body: bytes };
  if (entry.mode === '120000') return ok({ ...common, type: 'symlink', target: bytes.toString('utf8') });
  const tooLarge = bytes.length > world.limits.contentsBytes;
  return ok({
    ...common,
    type: 'file',
    content: tooLarge ? '' : base64(bytes),
    encoding: tooLarge ? 'none' : 'base64',
  });
}

async function blob(call: Call) {
  const { world, params, accept } = call;
  const repository = repositoryOf(call);
  const sha = params.file_sha ?? '';
  const bytes = await world.blob(repository.gitDir, sha);
  if (!bytes) throw notFound();
  if (/\braw\b/.test(accept)) return { status: 200, body: bytes };
  const url = `${repositoryUrl(world, repository)}/git/blobs/${sha}`;
  return ok({ sha, node_id: nodeId('B', 0), size: bytes.length, url, content: base64(bytes), encoding: 'base64' });
}

async function tree(call: Call) {
  const { world, params, query } = call;
  const repository = repositoryOf(call);
  const name = params.tree_sha ?? '';
  const sha = (await world.commitOf(repository, name)) ?? name;
  if (!/^[0-9a-f]{40}$/.test(sha)) throw notFound();
  const url = `${repositoryUrl(world, repository)}/git`;
  const all = [...(await world.tree(repository.gitDir, sha)).values()];
  const wanted = query.has('recursive') ? all : all.filter((entry) => !entry.path.includes('/'));
  const entries = wanted.slice(0, 100_000).map(({ path, mode, type, oid, size }) => ({
    path,
    mode,
    type,
    sha: oid,
    ...(size !== undefined && { size }),
    url: type === 'commit' ? undefined : `${url}/${type}s/${oid}`,
  }));
  return ok({ sha, url: `${url}/trees/${sha}`, tree: entries, truncated: wanted.length > entries.length });
}

/** GitHub breaks base64 into lines of 60 characters. */
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/(.{60})/g, '$1\n');
