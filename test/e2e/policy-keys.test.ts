import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { policyKeys } from '../../src/review/policy.ts';
import type { CheckRun, Pull, Repository } from '../../src/sandbox/types.ts';
import { checkOn, openings, type Stage, startStage } from './in-process.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** An error of lesson 3, in SQL. */
const column = 'ALTER TABLE orders ADD COLUMN state text NOT NULL;\n';
/** A warning of lesson 6, in TypeScript. */
const rate = "export async function rate() {\n  return fetch('https://rates.internal/eur');\n}\n";
const both = { 'db/1.sql': column, 'src/rate.ts': rate };

let stage: Stage;

beforeAll(async () => {
  stage = await startStage({ realRules: true, env: { CONCURRENCY: '8' } });
});
afterAll(() => stage.close());

/** What a review came to: its conclusion, where it commented, and what the check shows at lines. */
const seen = (check: CheckRun, pull: Pull) => ({
  conclusion: check.conclusion,
  comments: openings(pull)
    .map(({ thread }) => thread.path)
    .sort(),
  annotations: check.annotations.map((one) => `${one.annotation_level} ${one.path}`).sort(),
});

const whole = {
  conclusion: 'failure',
  comments: ['db/1.sql', 'src/rate.ts'],
  annotations: ['failure db/1.sql', 'warning src/rate.ts'],
};
const withoutColumn = { conclusion: 'success', comments: ['src/rate.ts'], annotations: ['warning src/rate.ts'] };
const withoutRate = { conclusion: 'failure', comments: ['db/1.sql'], annotations: ['failure db/1.sql'] };

interface Case {
  /** The keys that the policy sets; `{}` is what comes without. */
  readonly policy: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly draft?: true;
  readonly expected: ReturnType<typeof seen>;
}

const cases: Readonly<Record<string, Case>> = {
  'no key': { policy: '{}', expected: whole },
  'lessons: off': { policy: 'lessons: { query-limits: off }', expected: withoutColumn },
  'lessons: a severity': {
    policy: 'lessons: { graceful-failure: error, query-limits: off }',
    expected: { ...withoutColumn, conclusion: 'failure', annotations: ['failure src/rate.ts'] },
  },
  'rules: off': { policy: 'rules: { http-no-timeout: off }', expected: withoutRate },
  'rules: over its lesson': {
    policy:
      'rules: { http-no-timeout: warning, required-column-without-default: notice }\nlessons: { graceful-failure: off }',
    expected: { ...withoutColumn, annotations: ['notice db/1.sql', 'warning src/rate.ts'] },
  },
  'paths.include': { policy: 'paths: { include: ["src/**"] }', expected: withoutColumn },
  'paths.exclude': { policy: 'paths: { exclude: ["db/**"] }', expected: withoutColumn },
  'paths.generated': { policy: 'paths: { generated: ["src/**"] }', expected: withoutRate },
  languages: { policy: 'languages: { sql: false }', expected: withoutColumn },
  'fail_on: never': { policy: 'fail_on: never', expected: { ...whole, conclusion: 'success' } },
  'fail_on: warning': {
    policy: 'fail_on: warning',
    files: { 'src/rate.ts': rate },
    expected: { ...withoutColumn, conclusion: 'failure' },
  },
  'comment_on: error': { policy: 'comment_on: error', expected: { ...whole, comments: ['db/1.sql'] } },
  'comment_on: never': { policy: 'comment_on: never', expected: { ...whole, comments: [] } },
  'max_comments: the worst first': { policy: 'max_comments: 1', expected: { ...whole, comments: ['db/1.sql'] } },
  'drafts: review': { policy: 'drafts: review', draft: true, expected: whole },
  'drafts: check-only': { policy: 'drafts: check-only', draft: true, expected: { ...whole, comments: [] } },
  'drafts: skip': {
    policy: 'drafts: skip',
    draft: true,
    expected: { conclusion: 'neutral', comments: [], annotations: [] },
  },
  'on_incomplete: what is said of a file that cannot be read': {
    policy: 'on_incomplete: failure',
    files: { 'src/half.ts': 'export const half = (\n' },
    expected: { conclusion: 'failure', comments: [], annotations: [] },
  },
  lessons_url: { policy: 'lessons_url: https://handbook.example.com/backend', expected: whole },
};

const repository = (name: string, files: Readonly<Record<string, string>> = {}): Promise<Repository> =>
  stage.sandbox.createRepository({ owner: name, name, files: { 'README.md': '# Here\n', ...files } });

describe('each key of the policy', () => {
  const reviewed = new Map<string, { check: CheckRun; pull: Pull }>();

  beforeAll(async () => {
    // The policy is that of the base branch: a branch a case.
    const repo = await repository('keys');
    await Promise.all(
      Object.entries(cases).map(async ([name, { policy, files = both, draft = false }], n) => {
        const base = `with-${n}`;
        await stage.sandbox.push(repo, { branch: base, files: { '.github/hindsight.yml': `${policy}\n` } });
        const pull = await stage.sandbox.openPull(repo, { branch: `change-${n}`, base, files, draft });
        reviewed.set(name, { pull, check: await checkOn(pull) });
      }),
    );
  });

  test.each(Object.entries(cases))('%s', (name, { expected }) => {
    const { check, pull } = reviewed.get(name) ?? {};
    if (!check || !pull) throw new Error('not reviewed');
    expect(seen(check, pull)).toEqual(expected);
  });

  test('lessons_url is where the comments and the check lead', () => {
    const { check, pull } = reviewed.get('lessons_url') ?? {};
    if (!check || !pull) throw new Error('not reviewed');
    const link = 'https://handbook.example.com/backend/graceful-failure';
    expect(openings(pull).some(({ body }) => body.includes(link))).toBe(true);
    expect(`${check.summary}${check.text}`).toContain(link);
  });

  test('stands above, or has a test elsewhere', () => {
    const elsewhere = ['resolve_threads', 'on_error', 'baseline'];
    const here = Object.values(cases).flatMap(({ policy }) => [...policy.matchAll(/^(\w+):/gm)].map(([, key]) => key));
    expect([...new Set([...here, ...elsewhere])].sort()).toEqual([...policyKeys].sort());
  });
});

describe('baseline', () => {
  test('names the file that `hindsight baseline` wrote from a clone: what it knows is neither commented nor counted', async () => {
    const policy = 'fail_on: warning\nbaseline: quality/known.json\n';
    const repo = await repository('old', { '.github/hindsight.yml': policy, 'src/rate.ts': rate });
    const clone = await mkdtemp(join(tmpdir(), 'hindsight-clone-'));
    await run('git', ['clone', '-q', repo.gitDir, clone]);
    const out = 'quality/known.json';
    await run(process.execPath, ['bin/hindsight.js', 'baseline', '--repo', clone, '--out', out], { cwd: root });
    const known = await readFile(join(clone, out), 'utf8');
    await rm(clone, { recursive: true });
    await stage.sandbox.push(repo, { branch: 'main', files: { [out]: known } });
    const shifted = `import { log } from './log.ts';\n\nlog('up');\n\n${rate.replace('  return', '    return')}`;
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'src/rate.ts': shifted } });
    expect(seen(await checkOn(pull), pull)).toEqual({ conclusion: 'success', comments: [], annotations: [] });
    await stage.sandbox.pushToPull(pull, { files: { 'src/new.ts': rate.replaceAll('rate', 'price') } });
    expect(seen(await checkOn(pull), pull)).toMatchObject({ conclusion: 'failure', comments: ['src/new.ts'] });
  });
});
