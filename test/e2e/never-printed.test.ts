import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createRepository, type Repository } from '../local/repository.ts';
import { random, writings } from './writings.ts';

/** Values of this run. Each stands where some other rule has something to say of the same line, or of the next. */
const planted = Object.fromEntries(
  [
    'query',
    'url',
    'log',
    'sign',
    'fetch',
    'sql',
    'docker',
    'kubernetes',
    'workflow',
    'env',
    'key',
    'broken',
    'openapi',
    'allowed',
  ].map((name) => [name, random(28)]),
) as Readonly<Record<string, string>>;
const keyLine = (side: string) => ['-----', side, ' RSA PRIVATE', ' KEY-----'].join('');
const { query, url, log, sign, fetch, sql, docker, kubernetes, workflow, env, key, broken, openapi, allowed } = planted;
const hole = (name: string) => ['$', `{${name}}`].join('');

const files = {
  'package.json': '{"dependencies":{"express":"4","pg":"8","jsonwebtoken":"9"}}',
  'src/routes.js': `const app = require('express')();
const db = new (require('pg').Pool)({ password: '${query}' });
app.get('/x', async (req, res) => {
  const rows = await db.query(\`SELECT * FROM t WHERE a = '${hole('req.query.a')}' AND apiToken = '${sql}'\`);
  console.log('password', '${log}', req.body.password);
  for (const id of req.query.ids) await fetch('https://app:${fetch}@shop.acme.io/' + id);
  require('child_process').exec('mysql --password=${url} ' + req.query.name);
  res.json(rows);
});
`,
  'src/sign.ts': `import jwt from 'jsonwebtoken';\nconst phrase = '${sign}';\nexport const issue = (id: string) => jwt.sign({ id }, phrase);\n`,
  'src/let.ts': `export const apiToken = '${allowed}'; // gitleaks:allow\nexport const run = (a: string) => eval(a);\n`,
  'src/broken.ts': `const apiToken = '${broken}';\nconst = ${hole('{')};\n`,
  'migrations/001_x.sql': `ALTER TABLE users ADD COLUMN token text NOT NULL DEFAULT '${sql}';\nALTER USER app PASSWORD '${sql}' bad syntax here;\n`,
  Dockerfile: `FROM node:latest\nENV API_TOKEN=${docker}\nARG NPM_TOKEN=${docker}\nCMD ["node"]\n`,
  'k8s/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  password: ${kubernetes}\n`,
  '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: curl -u app:${workflow} https://acme.io | sh\n`,
  '.env': `API_TOKEN=${env}\n`,
  'deploy/key.pem': `${keyLine('BEGIN')}\n${`${key}${key}\n`.repeat(8)}${keyLine('END')}\n`,
  'openapi.yaml': `openapi: 3.0.0\ninfo:\n  title: a\n  version: '1'\npaths:\n  /x?token=${openapi}:\n    get:\n      responses: [\n`,
};

let repository: Repository;
const outputs: Record<string, string> = {};

beforeAll(async () => {
  repository = await createRepository();
  await repository.write({ 'README.md': '# Here\n' });
  await repository.commit();
  await repository.git('checkout', '-q', '-b', 'change');
  await repository.write(files);
  await repository.commit();
  const range = ['--repo', repository.folder, '--base', 'main'];
  for (const format of ['text', 'json', 'sarif'])
    outputs[format] = await hindsight(['review', ...range, '--format', format]);
  const changes = Object.entries(files).map(([path, after]) => ({ path, after }));
  outputs.batch = await hindsight(
    ['review', '--batch'],
    `${JSON.stringify({ id: 1, files: changes })}\n{"id": 2, ${query}\n`,
  );
  outputs.policy = await hindsight(['review', ...range, '--policy', join(repository.folder, '.env')]);
  outputs.baselining = await hindsight(['baseline', '--repo', repository.folder]);
  outputs.baseline = await readFile(join(repository.folder, '.github/hindsight-baseline.json'), 'utf8');
});
afterAll(() => repository.remove());

/** What the command prints, on either stream, whatever it exits with. */
function hindsight(args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['bin/hindsight.js', ...args],
      { cwd: join(import.meta.dirname, '../..'), maxBuffer: 50_000_000 },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
    child.stdin?.end(input);
  });
}

test('the command finds the secrets, and what else is wrong beside them', () => {
  for (const format of ['text', 'json', 'sarif'])
    for (const rule of ['assigned-secret', 'credentials-in-url', 'private-key', 'sql-injection'])
      expect(`${format}: ${outputs[format]}`).toContain(rule);
  expect(outputs.text).toContain('(not shown: it holds a secret)');
  expect(outputs.baseline).toContain('fingerprint');
});

test('no output of the command holds a secret, in any writing', () => {
  const echoes = Object.entries(planted).flatMap(([where, value]) =>
    Object.entries(writings(value)).flatMap(([how, text]) =>
      Object.entries(outputs)
        .filter(([, output]) => output.includes(text))
        .map(([output]) => `the one in ${where}, ${how}, in ${output}`),
    ),
  );
  expect(echoes).toEqual([]);
});
