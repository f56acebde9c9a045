import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createGitHub } from '../../src/github/octokit.ts';
import { type PullRequestRead, readPullRequest } from '../../src/github/source.ts';
import type { Snapshot } from '../../src/review/types.ts';
import type { FileChanges } from '../../src/sandbox/git.ts';
import type { Limits } from '../../src/sandbox/limits.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Pull } from '../../src/sandbox/types.ts';

let sandbox: Sandbox;
let n = 0;

const start = (limits: Partial<Limits> = {}) => startSandbox({ limits });

beforeAll(async () => {
  sandbox = await start();
});
afterAll(() => sandbox.close());

async function openPull(before: FileChanges, after: FileChanges, at = sandbox): Promise<Pull> {
  const repo = await at.createRepository({ name: `read-${++n}`, files: { 'README.md': '# Here\n', ...before } });
  return at.openPull(repo, { branch: 'change', files: after });
}

async function read(
  pull: Pull,
  { at = sandbox, wants = () => [] }: { at?: Sandbox; wants?: (snapshot: Snapshot) => readonly string[] } = {},
): Promise<PullRequestRead> {
  const { environment } = at;
  const github = createGitHub({
    appId: environment.APP_ID,
    privateKey: environment.PRIVATE_KEY,
    apiUrl: `${environment.GHE_PROTOCOL}://${environment.GHE_HOST}/api/v3`,
  });
  const { repository } = pull;
  if (!repository.installation) throw new Error('not installed');
  const address = {
    owner: repository.owner.login,
    repo: repository.name,
    number: pull.number,
    head: pull.headSha,
    baseRef: pull.baseRef,
  };
  const result = await readPullRequest(github.forInstallation(repository.installation.id), address, {
    wants,
    baselinePath: '.github/hindsight-baseline.json',
  });
  if ('superseded' in result) throw new Error('superseded');
  return result;
}

const fileOf = ({ snapshot }: PullRequestRead, path: string) => snapshot.files.find((file) => file.path === path);
const whyUnread = ({ snapshot }: PullRequestRead, path: string) =>
  snapshot.unread.find((file) => file.path === path)?.reason;

describe('a changed file', () => {
  test('has both its texts, the left one out of the patch', async () => {
    const before = Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join('');
    const after = before.replace('line 3\n', 'third\nmore\n').replace('line 30\n', '');
    const got = await read(await openPull({ 'a.ts': before }, { 'a.ts': after }));
    expect(fileOf(got, 'a.ts')).toMatchObject({ status: 'modified', before, after, added: [4, 5], removed: [4, 31] });
  });

  test.each([
    ['CRLF line ends', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
    ['no newline at the end, before', 'a\nb', 'a\nb\nc\n'],
    ['no newline at the end, after', 'a\nb\n', 'a\nc'],
    ['no newline at the end, on both sides', 'a\nb', 'a\nc'],
    ['a form feed, a lone carriage return and two-byte letters', 'ä\f\rb\nc\n', 'ä\f\rB\nc\nö\n'],
    ['lines that look like a patch', '-- a\n++ b\n@@ -1 +1 @@\n', '-- a\n++ c\n@@ -1 +1 @@\n\\ No newline\n'],
    ['everything removed', 'a\nb\n', ''],
    ['something where nothing was', '', 'a\n'],
  ])('with %s is the same text on both sides', async (_, before, after) => {
    const got = await read(await openPull({ 'a.ts': before }, { 'a.ts': after }));
    expect([fileOf(got, 'a.ts')?.before ?? '', fileOf(got, 'a.ts')?.after]).toEqual([before, after]);
  });

  test('that is new, removed or renamed says so', async () => {
    const body = Array.from({ length: 20 }, (_, i) => `same ${i}\n`).join('');
    const got = await read(
      await openPull(
        { 'old.ts': body, 'gone.ts': 'a\nb\n', 'moved.ts': `${body}x\n` },
        {
          'old.ts': null,
          'new.ts': `${body}tail\n`,
          'gone.ts': null,
          'moved.ts': null,
          'dir/moved.ts': `${body}x\n`,
          'fresh.ts': 'f\n',
        },
      ),
    );
    expect(fileOf(got, 'fresh.ts')).toMatchObject({ status: 'added', after: 'f\n', added: [1] });
    expect(fileOf(got, 'gone.ts')).toMatchObject({ status: 'removed', before: 'a\nb\n', removed: [1, 2] });
    expect(fileOf(got, 'new.ts')).toMatchObject({
      status: 'renamed',
      previousPath: 'old.ts',
      before: body,
      added: [21],
    });
    expect(fileOf(got, 'dir/moved.ts')).toMatchObject({
      status: 'renamed',
      previousPath: 'moved.ts',
      added: [],
      removed: [],
    });
  });

  test('that is binary, a symlink or a submodule is counted as of no kind we read; an empty one is read', async () => {
    const got = await read(
      await openPull(
        {},
        {
          'x.bin': Buffer.from([0, 1, 255, 0]),
          link: { symlink: 'README.md' },
          sub: { submodule: '0123456789012345678901234567890123456789' },
          'empty.ts': '',
        },
      ),
    );
    for (const path of ['x.bin', 'link', 'sub']) expect(whyUnread(got, path)).toBe('no reader for this kind of file');
    expect(fileOf(got, 'empty.ts')).toMatchObject({ after: '', added: [], hunks: [] });
  });
});

describe('what GitHub leaves out', () => {
  test('patches past its limit are made from the contents', async () => {
    const small = await start({ patchLinesPerAnswer: 30, patchLinesPerFile: 25 });
    try {
      const lines = (from: number, count: number) => Array.from({ length: count }, (_, i) => `l${from + i}\n`).join('');
      const before = { 'a.ts': lines(0, 50), 'b.ts': lines(0, 10), 'z.ts': 'one\ntwo\n' };
      const after = { 'a.ts': lines(100, 50), 'b.ts': lines(50, 10), 'z.ts': 'one\n2\n', 'n.ts': lines(0, 60) };
      const got = await read(await openPull(before, after, small), { at: small });
      for (const path of ['a.ts', 'b.ts', 'z.ts'] as const) {
        expect(fileOf(got, path)).toMatchObject({ before: before[path], after: after[path] });
      }
      expect(fileOf(got, 'z.ts')?.added).toEqual([2]);
      expect(fileOf(got, 'n.ts')?.added).toHaveLength(60);
      expect(got.snapshot.unread).toEqual([]);
    } finally {
      await small.close();
    }
  });

  test('texts it cuts are read whole up to 1 MB, larger ones are named', async () => {
    const got = await read(
      await openPull(
        {},
        { 'big.ts': `${'x'.repeat(99)}\n`.repeat(6_000), 'huge.ts': `${'x'.repeat(99)}\n`.repeat(11_000) },
      ),
    );
    expect(fileOf(got, 'big.ts')?.after).toHaveLength(600_000);
    expect(whyUnread(got, 'huge.ts')).toBe('larger than 1 MB');
  });
});

describe('lines that a later commit took away', () => {
  test('are read with their commit, and lines that stayed are not', async () => {
    const repo = await sandbox.createRepository({ name: `read-${++n}`, files: { 'README.md': '\n' } });
    const pull = await sandbox.openPull(repo, {
      branch: 'a',
      files: { 'a.ts': 'stays\n-- burnt one\nburnt two\n', 'b.ts': 'whole file\n' },
    });
    const first = pull.headSha;
    await sandbox.pushToPull(pull, { files: { 'a.ts': 'stays\n', 'b.ts': null } });
    const { snapshot } = await read(pull);
    expect(snapshot.burnt).toEqual([
      { commit: first, path: 'a.ts', text: '-- burnt one\nburnt two' },
      { commit: first, path: 'b.ts', text: 'whole file' },
    ]);
  });
});

describe('context', () => {
  test('brings the manifests above the changed files, the tree, and what the readers want, in two rounds', async () => {
    const pull = await openPull(
      {
        'package.json': '{"name":"root"}',
        'app/package.json': '{"name":"app"}',
        'app/a.ts': '1\n',
        'lib/b.ts': 'b\n',
        'lib/c.ts': 'c\n',
      },
      { 'app/a.ts': '2\n' },
    );
    const got = await read(pull, {
      wants: ({ context }) => {
        const had = new Set(context.map(({ path }) => path));
        return had.has('lib/b.ts') ? ['lib/c.ts', 'not/there.ts'] : ['lib/b.ts'];
      },
    });
    expect(got.snapshot.context.map(({ path }) => path).sort()).toEqual([
      'app/package.json',
      'lib/b.ts',
      'lib/c.ts',
      'package.json',
    ]);
    expect(got.snapshot.tree).toContain('lib/c.ts');
  });
});

describe('a pull request of a fork', () => {
  test('is read through its base repository', async () => {
    const repo = await sandbox.createRepository({ name: `read-${++n}`, files: { 'a.ts': '1\n' } });
    const fork = sandbox.fork(repo, 'forking');
    const pull = await sandbox.openPull(repo, { branch: 'x', from: fork, files: { 'a.ts': '2\n' } });
    expect(fileOf(await read(pull), 'a.ts')).toMatchObject({ before: '1\n', after: '2\n' });
  });
});
