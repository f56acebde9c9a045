import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultAnswer } from '../../src/sandbox/faults.ts';
import { openSamplePull } from '../../src/sandbox/sample.ts';
import { botComments, completedCheck, eventually, quiet, runsOf, type Scene, startScene } from './harness.ts';

let scene: Scene;
let samples = 0;

beforeAll(async () => {
  scene = await startScene();
  // The sweep at start has ended: what a fault strikes is the review.
  await quiet(scene);
});
afterEach(() => scene.sandbox.faults.clear());
afterAll(() => scene.close());

describe('a server that is killed', () => {
  const steps: [string, { method: string; path: RegExp; respond: FaultAnswer }][] = [
    ['before it has a token', { method: 'POST', path: /access_tokens/, respond: 'drop' }],
    ['before the check exists', { method: 'POST', path: /check-runs/, respond: 'drop' }],
    ['after the check exists, before it knows', { method: 'POST', path: /check-runs/, respond: 'lost-answer' }],
    ['while it reads', { method: 'POST', path: /^\/graphql/, respond: 'drop' }],
    ['before the review exists', { method: 'POST', path: /\/reviews/, respond: 'drop' }],
    ['after the review exists, before it knows', { method: 'POST', path: /\/reviews/, respond: 'lost-answer' }],
    ['before the check is completed', { method: 'PATCH', path: /check-runs/, respond: 'drop' }],
    ['after the check is completed, before it knows', { method: 'PATCH', path: /check-runs/, respond: 'lost-answer' }],
  ];

  test.each(steps)('%s, and started again, leaves exactly one review and one completed check', async (_, step) => {
    const fault = scene.sandbox.faults.add({ ...step, times: 1000 });
    const pull = await openSamplePull(scene.sandbox, { owner: `acme-${++samples}` });
    // A new owner installs the app, which starts a sweep too: the review's job is stored before the process dies.
    await scene.sandbox.deliveries.idle();
    await eventually(() => fault.struck > 0, { what: 'the step' });
    await scene.hindsight.kill();
    scene.sandbox.faults.clear();
    await scene.restart();
    await completedCheck(scene, pull);
    await quiet(scene);
    const latest = [...new Map(runsOf(pull).map((run) => [run.name, run])).values()];
    expect(pull.reviews.filter(({ author }) => author.type === 'Bot')).toHaveLength(1);
    expect(runsOf(pull).map(({ status }) => status)).toEqual(['completed']);
    expect(latest).toHaveLength(1);
  });

  test('between two pages of annotations, and started again, shows each annotation once', async () => {
    const repository = await scene.sandbox.createRepository({ name: 'pages', files: { 'README.md': '# Here\n' } });
    const column = (n: number) => `ALTER TABLE orders ADD COLUMN note_${n} text NOT NULL;\n`;
    const migration = Array.from({ length: 50 }, (_, n) => column(n)).join('');
    const files = Object.fromEntries([1, 2, 3].map((n) => [`migrations/${n}.sql`, migration]));
    // The second fifty arrive, and we do not hear of it.
    const path = /check-runs/;
    const fault = scene.sandbox.faults.add({ method: 'PATCH', path, skip: 1, times: 1000, respond: 'lost-answer' });
    const pull = await scene.sandbox.openPull(repository, { branch: 'a', files });
    await eventually(() => fault.struck > 0, { what: 'the second page' });
    await scene.hindsight.kill();
    expect(runsOf(pull).map(({ status, annotations }) => [status, annotations.length])).toEqual([['in_progress', 100]]);
    scene.sandbox.faults.clear();
    await scene.restart();
    const run = await completedCheck(scene, pull);
    await quiet(scene);
    const places = run.annotations.map((one) => `${one.path}:${one.start_line}`);
    expect([run.conclusion, runsOf(pull).length, places.length, new Set(places).size]).toEqual([
      'failure',
      1,
      150,
      150,
    ]);
  });

  test('while it edits what it said before, and started again, leaves each comment as it should be, once', async () => {
    const repository = await scene.sandbox.createRepository({ name: 'edited', files: { 'package.json': '{}\n' } });
    const slow = (name: string) =>
      `import pg from 'pg';\nexport async function ${name}(ids: string[]) {\n  const pool = new pg.Pool();\n  return pool.query('SELECT id FROM orders WHERE id = $1', ids);\n}\n`;
    const pull = await scene.sandbox.openPull(repository, { branch: 'a', files: { 'src/one.ts': slow('one') } });
    await completedCheck(scene, pull);
    const said = botComments(scene, pull).length;
    expect(said).toBeGreaterThan(0);
    const fault = scene.sandbox.faults.add({
      method: 'POST',
      path: /^\/graphql/,
      body: /mutation Edit/,
      times: 1000,
      respond: 'lost-answer',
    });
    await scene.sandbox.pushToPull(pull, { files: { 'src/one.ts': null, 'src/two.ts': slow('two') } });
    await eventually(() => fault.struck > 0, { what: 'the edit' });
    await scene.hindsight.kill();
    scene.sandbox.faults.clear();
    await scene.restart();
    await completedCheck(scene, pull);
    await quiet(scene);
    const bodies = botComments(scene, pull).map(({ body }) => body);
    expect(runsOf(pull).map(({ status }) => status)).toEqual(['completed']);
    expect([bodies.length, bodies.filter((body) => body.includes('Fixed in')).length]).toEqual([2 * said, said]);
  });
});
