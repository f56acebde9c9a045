import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emptyTree, GitError, readGitContext, readGitRange } from '../../src/local/git.ts';
import type { Snapshot } from '../../src/review/types.ts';
import { createRepository, type Repository } from './repository.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `export const value${from + i} = ${from + i};\n`).join('');

let repository: Repository;
let base: string;
let snapshot: Snapshot;

beforeAll(async () => {
  repository = await createRepository();
  await repository.write({
    'src/moved.ts': numbered(1, 30),
    'src/changed.ts': 'one\ntwo\nthree\n',
    'src/gone.ts': 'bye\n',
    'src/same.ts': 'same\n',
    'package.json': '{}',
  });
  base = await repository.commit();
  await repository.git('checkout', '-q', '-b', 'topic');
  await rename(join(repository.folder, 'src/moved.ts'), join(repository.folder, 'src/über uns.ts'));
  await rm(join(repository.folder, 'src/gone.ts'));
  await symlink('/etc/passwd', join(repository.folder, 'link.ts'));
  await repository.write({
    'src/über uns.ts': `${numbered(1, 30)}more\n`,
    'src/changed.ts': 'one\n2\nthree\n',
    'src/new.ts': 'new',
    'src/empty.ts': '',
    'logo.png': Buffer.from([137, 80, 0, 1, 2]),
    'big.sql': 'x'.repeat(2_000_001),
  });
  await repository.git('add', '-A');
  await repository.git('update-index', '--add', '--cacheinfo', `160000,${base},vendor/module`);
  await repository.git('commit', '-q', '-m', 'a change');
  // What happens on main after the branch was made is not part of its change.
  await repository.git('checkout', '-q', '-f', 'main');
  await repository.write({ 'src/same.ts': 'other\n' });
  await repository.commit();
  await repository.git('checkout', '-q', '-f', 'topic');
  snapshot = await readGitRange({ repo: join(repository.folder, 'src'), base: 'main', head: 'topic' });
});

afterAll(() => repository.remove());

const fileAt = (path: string) => snapshot.files.find((file) => file.path === path);
const reasonAt = (path: string) => snapshot.unread.find((file) => file.path === path)?.reason;

describe('a range of a repository', () => {
  test('is the merge base against the head, from any of its folders', () => {
    expect(snapshot.base).toBe(base);
    expect(fileAt('src/same.ts')).toBeUndefined();
    expect(fileAt('src/changed.ts')).toMatchObject({
      status: 'modified',
      before: 'one\ntwo\nthree\n',
      after: 'one\n2\nthree\n',
      added: [2],
      removed: [2],
    });
  });

  test('knows a file that was renamed and changed, whatever its name', () => {
    expect(fileAt('src/über uns.ts')).toMatchObject({
      status: 'renamed',
      previousPath: 'src/moved.ts',
      added: [31],
      removed: [],
    });
  });

  test('knows new, empty and deleted files', () => {
    expect(fileAt('src/new.ts')).toMatchObject({ status: 'added', after: 'new', added: [1] });
    expect(fileAt('src/new.ts')?.before).toBeUndefined();
    expect(fileAt('src/empty.ts')).toMatchObject({ status: 'added', after: '', added: [], hunks: [] });
    expect(fileAt('src/gone.ts')).toMatchObject({ status: 'removed', before: 'bye\n', removed: [1] });
    expect(fileAt('src/gone.ts')?.after).toBeUndefined();
  });

  test('names what it does not read, and follows no link out of the repository', () => {
    expect(['logo.png', 'link.ts', 'vendor/module', 'big.sql'].map(reasonAt)).toEqual([
      'binary',
      'a symbolic link',
      'a submodule',
      'larger than 2 MB',
    ]);
    expect(JSON.stringify(snapshot)).not.toContain('root:');
  });

  test('lists the paths of the head', () => {
    expect(snapshot.tree).toContain('package.json');
    expect(snapshot.tree).not.toContain('src/gone.ts');
  });

  test('against the empty tree makes every file new', async () => {
    const whole = await readGitRange({ repo: repository.folder, base: emptyTree, head: 'main' });
    expect(whole.files.every((file) => file.status === 'added')).toBe(true);
    expect(whole.files.map((file) => file.path)).toContain('src/same.ts');
  });
});

describe('the working tree', () => {
  test('counts as it is now, staged or not', async () => {
    await repository.write({ 'src/changed.ts': 'zero\none\n2\nthree\n', 'src/staged.ts': 'staged\n' });
    await repository.git('add', 'src/staged.ts');
    await rm(join(repository.folder, 'src/new.ts'));
    const now = await readGitRange({ repo: repository.folder, base: 'topic' });
    expect(now.files.map(({ path, status, added }) => [path, status, added])).toEqual([
      ['src/changed.ts', 'modified', [1]],
      ['src/new.ts', 'removed', []],
      ['src/staged.ts', 'added', [1]],
    ]);
    await repository.git('reset', '-q', '--hard', 'topic');
  });
});

describe('evidence from unchanged files', () => {
  test('is the text at the head; what is missing, a folder or no line of its own is left out', async () => {
    const paths = ['missing.json', 'a\nb/package.json', 'src', 'logo.png', 'package.json'];
    expect(await readGitContext({ repo: repository.folder, base, head: 'topic' }, paths)).toEqual([
      { path: 'package.json', text: '{}' },
    ]);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a ref that does not exist', { base: 'nowhere' }],
    ['a ref that is an option', { base: '--output=/tmp/x' }],
    ['a head that does not exist', { base: 'main', head: 'nowhere' }],
  ])('%s is an error in words', async (_name, range) => {
    await expect(readGitRange({ repo: repository.folder, ...range })).rejects.toThrow(GitError);
  });

  test('so is a folder that is no repository', async () => {
    await expect(readGitRange({ repo: '/', base: 'main' })).rejects.toThrow(GitError);
  });
});
