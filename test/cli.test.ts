import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createRepository, type Repository } from './local/repository.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function hindsight(args: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // Compiled once for all: otherwise every process strips the types of all sources again.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'hindsight-compile-cache') };
    const child = spawn(process.execPath, [cli, ...args], { timeout: 60_000, env });
    const output = { out: '', error: '' };
    child.stdout.on('data', (data) => (output.out += data));
    child.stderr.on('data', (data) => (output.error += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
    child.stdin.end(input);
  });
}

const injected = `import express from 'express';
import { pool } from './pool.js';
const app = express();
app.get('/orders', async (req, res) => {
  res.json(await pool.query("SELECT id FROM orders WHERE owner = '" + req.query.owner + "'"));
});
`;

let repository: Repository;

beforeAll(async () => {
  repository = await createRepository();
  await repository.write({ 'package.json': '{"dependencies":{"express":"5","pg":"8"}}', 'README.md': 'An app.\n' });
  await repository.commit();
  await repository.git('checkout', '-q', '-b', 'topic');
  await repository.write({ 'src/orders.js': injected });
  await repository.commit();
});

afterAll(() => repository.remove());

const review = (...args: readonly string[]) => hindsight(['review', '--repo', repository.folder, ...args]);

jest.setTimeout(60_000);

describe('hindsight review', () => {
  test('ends with 1 where the check would fail and 2 on wrong use, in words', async () => {
    const [found, nowhere] = await Promise.all([review('--head', 'topic'), review('--base', 'nowhere')]);
    expect([found.code, nowhere.code]).toEqual([1, 2]);
    expect(found.out).toMatch(/error src\/orders\.js:5 sql-injection\n/);
    expect(nowhere.error).toMatch(/^hindsight: there is no commit "nowhere"[^\n]*\n$/);
  });

  test('ends with 2, and says why, where there is no repository or no such command', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'hindsight-elsewhere-'));
    const missing = join(elsewhere, 'missing');
    const ended = await Promise.all([
      hindsight(['review', '--repo', elsewhere]),
      hindsight(['review', '--repo', missing]),
      hindsight(['reviw']),
      hindsight(['review', '--format', 'xml']),
      hindsight(['--help']),
    ]);
    await rm(elsewhere, { recursive: true });
    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2, 0]);
    expect(ended.map(({ error }) => error.split('\n')[0])).toEqual([
      expect.stringContaining('not a git repository'),
      expect.stringContaining(missing),
      expect.stringContaining("unknown command 'reviw'"),
      expect.stringContaining("argument 'xml' is invalid"),
      '',
    ]);
  });

  test('says so where it compared nothing, and why that may be in a shallow clone', async () => {
    const clone = await mkdtemp(join(tmpdir(), 'hindsight-shallow-'));
    const git = (...args: string[]) => execFileSync('git', args, { stdio: 'ignore' });
    git('clone', '--depth', '1', '--branch', 'topic', `file://${repository.folder}`, clone);
    const [same, shallow] = await Promise.all([
      review('--base', 'topic', '--head', 'topic'),
      hindsight(['review', '--repo', clone, '--head', 'HEAD']),
    ]);
    await rm(clone, { recursive: true });
    expect([same.code, shallow.code]).toEqual([0, 0]);
    expect(same.error).toMatch(/^hindsight: nothing changed between [0-9a-f]{12} and topic\.\n$/);
    expect(shallow.error).toContain('This clone is shallow');
  });

  test('names the new files that git does not track, and those alone', async () => {
    const file = join(repository.folder, 'src/fresh.js');
    await repository.write({ 'src/fresh.js': 'export const fresh = 1;\n' });
    const [tree, range] = await Promise.all([review(), review('--head', 'topic')]).finally(() => rm(file));
    expect(tree.error).toBe(
      'hindsight: not reviewed, because git does not track it: src/fresh.js. `git add -N` lets it be read.\n',
    );
    expect(range.error).toBe('');
  });

  test('prints the same as JSON and as SARIF, of a range or of the working tree', async () => {
    const [json, sarif] = await Promise.all([
      review('--head', 'topic', '--format', 'json'),
      review('--format', 'sarif', '--lessons-url', 'https://example.org/lessons/'),
    ]);
    const [finding] = JSON.parse(json.out).findings;
    expect(finding).toMatchObject({ rule: 'sql-injection', path: 'src/orders.js', line: 5, lesson: 4 });
    const [run] = JSON.parse(sarif.out).runs;
    expect(run.results[0].partialFingerprints['hindsight/v1']).toBe(finding.fingerprint);
    expect(run.tool.driver.rules[0].helpUri).toBe('https://example.org/lessons/validation#sql-injection');
    expect([json.code, sarif.code]).toEqual([1, 1]);
  });

  test('follows the policy it is given, and ends at an error in it with its line', async () => {
    const off = join(repository.folder, '.git/off.yml');
    const broken = join(repository.folder, '.git/broken.yml');
    await writeFile(off, 'rules: { sql-injection: "off" }\n');
    await writeFile(broken, 'fail_on: error\nfail_onn: never\n');
    const [silenced, ended] = await Promise.all([review('--policy', off), review('--policy', broken)]);
    expect([silenced.code, ended.code]).toEqual([0, 2]);
    expect(silenced.out).toContain('Nothing found.');
    expect(ended.error).toContain('broken.yml:2: fail_onn: unknown key');
  });

  test('answers change sets in order; a bad line gives an error and the rest goes on', async () => {
    const lines = [
      JSON.stringify({ id: 'first', files: [{ path: 'src/orders.js', after: injected }] }),
      '{"id": "cut',
      JSON.stringify({ id: 'third', files: 'none' }),
      '',
      JSON.stringify({ id: 4, files: [{ path: 'README.md', after: 'fine\n' }] }),
    ];
    const { code, out } = await hindsight(['review', '--batch'], `${lines.join('\n')}\n`);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([code, answers.map(({ id }) => id)]).toEqual([0, ['first', null, 'third', 4]]);
    expect(answers[0].findings).toContainEqual(expect.objectContaining({ rule: 'sql-injection', line: 5 }));
    expect(answers.map(({ error }) => error !== undefined)).toEqual([false, true, true, false]);
  });
});

describe('hindsight rules', () => {
  test('lists every rule with its lesson', async () => {
    const { code, out } = await hindsight(['rules', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ id: 'sql-injection', lesson: 4, slug: 'validation', severity: 'error' }),
    );
  });
});

describe('hindsight baseline', () => {
  test('writes what is there, and a review against it reports only what is new', async () => {
    const out = join(repository.folder, '.github/hindsight-baseline.json');
    // Made of parts: a secret's fingerprint, too, must be the same in the next run.
    const secret = ['corr3ct', '-horse'].join('');
    await repository.write({ 'src/db.js': `export const dbPassword = '${secret}';\n` });
    await repository.commit();
    const before = await review('--base', 'main', '--head', 'topic', '--format', 'json');
    expect(JSON.parse(before.out).findings).toContainEqual(expect.objectContaining({ rule: 'assigned-secret' }));
    const written = await hindsight(['baseline', '--repo', repository.folder]);
    expect(await readFile(out, 'utf8')).not.toContain(secret);
    expect(written.out).toMatch(/^[1-9]\d* findings written/);
    await repository.commit();
    const known = await review('--base', 'main', '--head', 'topic', '--format', 'json');
    expect([known.code, JSON.parse(known.out).findings]).toEqual([0, []]);
    await rm(out);
  });
});
