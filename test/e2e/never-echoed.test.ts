import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pull } from '../../src/sandbox/types.ts';
import { checkOn, openings, runsAt, type Stage, settled, startStage } from './in-process.ts';
import { random, writings } from './writings.ts';

/** Secrets of this run, by where they are planted. Made of parts: this repository holds none. */
const planted = {
  payment: random(40),
  password: random(24),
  assigned: random(32),
  environment: random(32),
  key: random(64),
  burnt: random(40),
  policy: random(40),
  title: random(40),
  ignored: random(40),
};
const live = (core: string) => ['sk', 'live', core].join('_');
const keyLine = (side: string) => ['-----', side, ' RSA PRIVATE', ' KEY-----'].join('');

const files = {
  'src/pay.ts': `export const paymentKey = '${live(planted.payment)}';\n`,
  'src/db.ts': `export const url = 'postgres://app:${planted.password}@db.internal.acme.io/orders';\n`,
  'src/mail.ts': `const apiToken = "${planted.assigned}";\nexport default apiToken;\n`,
  '.env': `STRIPE_SECRET=${planted.environment}\n`,
  'deploy/key.pem': `${keyLine('BEGIN')}\n${`${planted.key}\n`.repeat(8)}${keyLine('END')}\n`,
  'src/known.ts': `// hindsight-ignore-next-line provider-token -- revoked\nexport const old = '${live(planted.ignored)}';\n`,
  // Broken on purpose: what a parser says of it must not quote it.
  '.github/hindsight.yml': `fail_on: [${live(planted.policy)}\nrules: }\n`,
};

const log: string[] = [];
let stage: Stage;
let pull: Pull;

beforeAll(async () => {
  stage = await startStage({
    realRules: true,
    env: { LOG_LEVEL: 'trace' },
    log: { write: (line: string) => void log.push(line) },
  });
  const repository = await stage.sandbox.createRepository({ name: 'vault', files: { 'README.md': '# Here\n' } });
  pull = await stage.sandbox.openPull(repository, {
    branch: 'a',
    title: `Rotate ${live(planted.title)}`,
    files: { ...files, 'src/burnt.ts': `export const burnt = '${live(planted.burnt)}';\n` },
  });
  await checkOn(pull);
  // An error that carries along what was read, and one that carries what was written.
  const [graphql, review] = [
    stage.sandbox.faults.add({
      method: 'POST',
      path: /^\/graphql/,
      respond: {
        status: 200,
        body: {
          data: { repository: { b0: { text: Object.values(files).join('') } } },
          errors: [{ message: 'on purpose', path: ['repository'] }],
        },
      },
    }),
    stage.sandbox.faults.add({ method: 'PATCH', path: /check-runs/, respond: { status: 500, body: 'on purpose' } }),
  ];
  await stage.sandbox.pushToPull(pull, { files: { 'src/burnt.ts': 'export const burnt = 1;\n' } });
  await checkOn(pull);
  await settled(stage);
  expect([graphql.struck, review.struck]).toEqual([1, 1]);
});
afterAll(() => stage.close());

/** Every row of every table, those of the queue among them. */
async function tables(): Promise<string> {
  const named = await stage
    .database()
    .query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname LIKE 'hindsight%'`,
    );
  const texts: string[] = [];
  for (const { name } of named) {
    const rows = await stage.database().query<{ text: string }>(`SELECT t::text AS text FROM ${name} AS t`);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}

async function surfaces() {
  const metrics = await fetch(`http://127.0.0.1:${stage.server().port}/metrics`);
  return {
    comments: pull.threads.flatMap(({ comments }) => comments.map(({ body }) => body)).join('\n'),
    reviews: pull.reviews.map(({ body }) => body).join('\n'),
    checks: JSON.stringify(pull.repository.runs.map((run) => ({ ...run, suite: undefined }))),
    written: stage.sandbox.requests.all.map(({ body }) => body).join('\n'),
    log: log.join(''),
    database: await tables(),
    metrics: await metrics.text(),
  };
}

describe('a secret that a pull request holds', () => {
  test('is found wherever it is planted', async () => {
    const { checks, comments, log: lines, database } = await surfaces();
    const said = comments + checks;
    for (const path of ['src/pay.ts', 'src/db.ts', 'src/mail.ts', '.env', 'deploy/key.pem', 'src/burnt.ts']) {
      expect(said).toContain(path);
    }
    for (const rule of ['provider-token', 'credentials-in-url', 'assigned-secret', 'private-key']) {
      expect(said).toContain(rule);
    }
    expect(said).toContain('revoked');
    expect(said).toContain('hindsight.yml');
    expect(lines).toContain('"level":"debug"');
    expect(lines).toContain('on purpose');
    expect(database).toContain(pull.headSha);
    expect([openings(pull).length > 3, runsAt(pull).length]).toEqual([true, 1]);
  });

  test('stands in no comment, check, request, log line, table or metric, in no encoding', async () => {
    const places = await surfaces();
    const echoes = Object.entries(planted).flatMap(([where, value]) =>
      Object.entries(writings(value)).flatMap(([how, text]) =>
        Object.entries(places)
          .filter(([, written]) => written.includes(text))
          .map(([surface]) => `the one in ${where}, ${how}, in ${surface}`),
      ),
    );
    expect(echoes).toEqual([]);
  });
});

describe('a secret that a later commit of a pull request moves', () => {
  test('to another line or another file is reported once, where it stands now', async () => {
    const repository = await stage.sandbox.createRepository({ name: 'moving', files: { 'README.md': '# Here\n' } });
    const token = live(random(40));
    const line = `export const moved = '${token}';\n`;
    // Another line, so that nothing but the secret itself says that it is the same.
    const elsewhere = `export const options = { token: '${token}' };\n`;
    const moving = await stage.sandbox.openPull(repository, { branch: 'a', files: { 'src/one.ts': line } });
    await checkOn(moving);
    await stage.sandbox.pushToPull(moving, { files: { 'src/one.ts': `export const a = 1;\n\n\n\n\n${line}` } });
    const shifted = await checkOn(moving);
    expect(shifted.annotations.map((one) => `${one.path}:${one.start_line}`)).toEqual(['src/one.ts:6']);
    await stage.sandbox.pushToPull(moving, {
      files: { 'src/one.ts': 'export const a = 1;\n', 'src/two.ts': elsewhere },
    });
    const run = await checkOn(moving);
    await settled(stage);
    expect(run.title).toBe(shifted.title);
    expect(run.annotations.map((one) => `${one.path}:${one.start_line}`)).toEqual(['src/two.ts:1']);
    const standing = openings(moving).filter(({ body }) => !/Fixed in|Moved\./.test(body));
    expect(standing.map(({ thread }) => thread.path)).toEqual(['src/two.ts']);
  });
});
