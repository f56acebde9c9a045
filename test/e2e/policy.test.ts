import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkOn, openings, type Stage, settled, startStage } from './in-process.ts';

let stage: Stage;
let n = 0;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const path = '.github/hindsight.yml';
const repository = (policy?: string, owner?: string) =>
  stage.sandbox.createRepository({
    name: `policy-${++n}`,
    ...(owner ? { owner } : {}),
    files: { 'README.md': '# Here\n', ...(policy === undefined ? {} : { [path]: policy }) },
  });

describe('the policy', () => {
  test('is read from the base branch', async () => {
    const repo = await repository('rules:\n  no-bad: warning\nmax_comments: 0\n');
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    expect((await checkOn(pull)).conclusion).toBe('success');
    expect(openings(pull)).toEqual([]);
  });

  test('that a pull request changes is previewed and does not weaken its own review', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, {
      branch: 'a',
      files: { 'a.ts': 'bad(1);\n', [path]: 'rules:\n  no-bad: off\n' },
    });
    const run = await checkOn(pull);
    expect(run.conclusion).toBe('failure');
    expect(run.summary).toContain('1 findings would go');
    expect(run.summary).toContain('the verdict would be success, not failure');
  });

  test('with a mistake is left out, and the check shows file and line', async () => {
    const repo = await repository('fail_on: error\nnonsense: 1\n');
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    const run = await checkOn(pull);
    expect(run.conclusion).toBe('failure');
    expect(run.summary).toContain('line 2');
    expect(run.annotations[0]).toMatchObject({ path, start_line: 2 });
  });

  test('of the organisation enforces what a repository cannot weaken', async () => {
    const owner = 'strict-org';
    await stage.sandbox.createRepository({
      owner,
      name: '.github',
      files: { [path]: 'fail_on: warning\nenforced: [fail_on]\n' },
    });
    const repo = await repository('fail_on: never\n', owner);
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'poor(1);\n' } });
    const run = await checkOn(pull);
    expect(run.conclusion).toBe('failure');
    expect(run.summary).toContain('enforces `fail_on`');
  });

  test('of the organisation with a mistake: the check shows its line, and what it last enforced is enforced still', async () => {
    const owner = 'hasty-org';
    const valid = 'fail_on: warning\nenforced: [fail_on]\n';
    const org = await stage.sandbox.createRepository({ owner, name: '.github', files: { [path]: valid } });
    const repo = await repository('fail_on: never\nmax_comments: 0\n', owner);
    const open = (branch: string) =>
      stage.sandbox.openPull(repo, { branch, files: { [`${branch}.ts`]: `poor('${branch}');\n` } });
    expect((await checkOn(await open('before'))).conclusion).toBe('failure');
    await stage.sandbox.push(org, { branch: 'main', files: { [path]: `${valid}drafts: perhaps\n` } });
    const pull = await open('after');
    const run = await checkOn(pull);
    expect([run.conclusion, openings(pull)]).toEqual(['failure', []]);
    expect(run.summary).toMatch(/organisation's policy file `.github\/hindsight.yml` has a mistake in line 3/);
    expect(run.summary).toContain('its last version without one applies');
    expect(run.summary).toContain('enforces `fail_on`');
    const group = await stage.sandbox.enqueue(pull);
    expect((await checkOn(pull, 1, group.headSha)).conclusion).toBe('failure');
  });

  test('of the organisation that never was valid is left out, and the check shows its line', async () => {
    const owner = 'new-org';
    await stage.sandbox.createRepository({ owner, name: '.github', files: { [path]: 'fail_on: [\n' } });
    const repo = await repository('fail_on: warning\n', owner);
    const run = await checkOn(await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'poor(1);\n' } }));
    expect(run.conclusion).toBe('failure');
    expect(run.summary).toMatch(/organisation's policy file `.github\/hindsight.yml` has a mistake in line \d/);
    expect(run.summary).toContain('it is left out');
  });

  test("of the organisation's own `.github` repository is one file, which enforces nothing against itself", async () => {
    const policy = 'fail_on: warning\nenforced: [fail_on]\n';
    const org = await stage.sandbox.createRepository({ owner: 'self-org', name: '.github', files: { [path]: policy } });
    const run = await checkOn(await stage.sandbox.openPull(org, { branch: 'a', files: { 'a.ts': 'poor(1);\n' } }));
    expect(run.conclusion).toBe('failure');
    expect(run.summary).not.toContain('enforces');
  });

  test('of path filters still concludes', async () => {
    const repo = await repository('paths:\n  include: ["src/**"]\n');
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    expect((await checkOn(pull)).conclusion).toBe('success');
  });

  test('of drafts: skipped ones are neutral and reviewed when ready; check-only ones get no comment', async () => {
    const skipping = await repository('drafts: skip\n');
    const skipped = await stage.sandbox.openPull(skipping, {
      branch: 'a',
      files: { 'a.ts': 'bad(1);\n' },
      draft: true,
    });
    expect((await checkOn(skipped)).conclusion).toBe('neutral');
    await stage.sandbox.markReady(skipped);
    expect((await checkOn(skipped, 2)).conclusion).toBe('failure');

    const quiet = await repository('drafts: check-only\n');
    const pull = await stage.sandbox.openPull(quiet, { branch: 'a', files: { 'a.ts': 'bad(1);\n' }, draft: true });
    expect((await checkOn(pull)).conclusion).toBe('failure');
    await settled(stage);
    expect(openings(pull)).toEqual([]);
  });

  test('of thread resolution without the permission says what is missing', async () => {
    const repo = await repository('resolve_threads: true\n');
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(pull);
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'fine(1);\n' } });
    const run = await checkOn(pull);
    expect([run.conclusion, pull.threads[0]?.resolvedBy]).toEqual(['success', undefined]);
    expect(run.summary).toContain('contents: write');
  });
});

describe('thread resolution with the permission', () => {
  test('resolves the thread of a fixed finding, and not one in which a person wrote', async () => {
    const permissions = { ...stage.sandbox.world.app.permissions, contents: 'write' } as const;
    const repo = await repository('resolve_threads: true\n', 'trusting');
    if (!repo.installation) throw new Error('not installed');
    stage.sandbox.acceptPermissions(repo.installation, permissions);
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\npoor(2);\n' } });
    await checkOn(pull);
    const [quiet, talked] = pull.threads;
    if (!quiet || !talked) throw new Error('no threads');
    await stage.sandbox.replyAs(talked, 'octo', 'We talk about this.');
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'fine(1);\n' } });
    const run = await checkOn(pull);
    expect([quiet.resolvedBy, talked.resolvedBy]).toEqual([stage.sandbox.world.app.bot, undefined]);
    expect(run.summary).not.toContain('contents: write');
  });
});

describe('suppressions', () => {
  test('of every form work; one without a reason does not, and one that ignores nothing is shown', async () => {
    const repo = await stage.sandbox.createRepository({
      name: `policy-${++n}`,
      files: { 'old.ts': '// hindsight-ignore-next-line no-bad -- long gone\nfine(1);\n' },
    });
    const ignore = (form: string, rest = ' -- measured') => `// hindsight-ignore-${form} no-bad${rest}\n`;
    const pull = await stage.sandbox.openPull(repo, {
      branch: 'a',
      files: {
        'file.ts': `${ignore('file')}bad(1);\nbad(2);\n`,
        'block.ts': `${ignore('start')}bad(3);\nbad(4);\n${ignore('end', '')}poor(5);\n`,
        'line.ts': `bad(6); ${ignore('line')}`,
        'bare.ts': `${ignore('next-line', '')}bad(7);\n`,
        'old.ts': '// hindsight-ignore-next-line no-bad -- long gone\nfine(2);\n',
      },
    });
    const run = await checkOn(pull);
    await settled(stage);
    expect(run.conclusion).toBe('failure');
    expect(openings(pull).map(({ thread }) => thread.path)).toEqual(expect.arrayContaining(['bare.ts', 'block.ts']));
    expect(openings(pull)).toHaveLength(2);
    expect(run.summary).toContain('Ignore comments that ignore nothing:\n- `old.ts:1`');
    for (const place of ['file.ts:1', 'block.ts:1', 'line.ts:1']) expect(run.summary).toContain(place);
  });

  test('added in the pull request take effect and are shown', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, {
      branch: 'a',
      files: { 'a.ts': '// hindsight-ignore-next-line no-bad -- measured, see the report\nbad(1);\n' },
    });
    const run = await checkOn(pull);
    expect(run.conclusion).toBe('success');
    expect(run.summary).toContain('measured, see the report');
  });
});

describe('a baseline', () => {
  test('on the base branch keeps known findings quiet', async () => {
    const repo = await repository();
    const probe = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(probe);
    const fingerprint = /hindsight:([0-9a-f]{16})/.exec(openings(probe)[0]?.body ?? '')?.[1];
    const text = JSON.stringify({ version: 1, findings: [{ fingerprint, rule: 'no-bad', path: 'a.ts' }] });
    await stage.sandbox.push(repo, { branch: 'main', files: { '.github/hindsight-baseline.json': text } });
    const pull = await stage.sandbox.openPull(repo, { branch: 'b', files: { 'a.ts': 'bad(1);\n' } });
    expect((await checkOn(pull)).conclusion).toBe('success');
    expect(openings(pull)).toEqual([]);
  });

  test('holds in the merge queue too, for a group whose contents no review has seen', async () => {
    const lines = (change: (line: number) => string) => Array.from({ length: 9 }, (_, i) => `${change(i)}\n`).join('');
    const repo = await stage.sandbox.createRepository({
      name: `policy-${++n}`,
      files: { 'a.ts': lines((i) => `line ${i}`) },
    });
    const known = lines((i) => (i === 8 ? 'bad(8);' : `line ${i}`));
    const probe = await stage.sandbox.openPull(repo, { branch: 'probe', files: { 'a.ts': known } });
    await checkOn(probe);
    const fingerprint = /hindsight:([0-9a-f]{16})/.exec(openings(probe)[0]?.body ?? '')?.[1];
    const text = JSON.stringify({ version: 1, findings: [{ fingerprint, rule: 'no-bad', path: 'a.ts' }] });
    await stage.sandbox.push(repo, { branch: 'main', files: { '.github/hindsight-baseline.json': text } });
    const first = await stage.sandbox.openPull(repo, {
      branch: 'first',
      files: { 'a.ts': lines((i) => (i === 0 ? 'fine(0);' : `line ${i}`)) },
    });
    const second = await stage.sandbox.openPull(repo, { branch: 'second', files: { 'a.ts': known } });
    await Promise.all([checkOn(first), checkOn(second)]);
    const one = await stage.sandbox.enqueue(first);
    const two = await stage.sandbox.enqueue(second, { behind: one });
    const run = await checkOn(second, 1, two.headSha);
    expect(run.title).not.toContain('As reviewed');
    expect(run.conclusion).toBe('success');
  });
});
