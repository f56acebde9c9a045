import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSamplePull } from '../../src/sandbox/sample.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { describeReview, plain } from '../../src/sandbox/terminal.ts';
import { clientOf } from './client.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.close());

test('a review on the terminal shows each comment below its lines, and the check', async () => {
  const pull = await openSamplePull(sandbox);
  const octokit = clientOf(sandbox, pull.repository);
  const at = { owner: 'acme', repo: 'ticket-office' };
  const comments = [
    { path: 'src/services/payments.ts', line: 4, body: '**Slow** <!-- marker --> [why](http://localhost/x)' },
  ];
  await octokit.rest.pulls.createReview({ ...at, pull_number: 1, event: 'COMMENT', comments });
  const output = { title: '1 error', summary: 'One **error**.' };
  await octokit.rest.checks.create({ ...at, name: 'Hindsight', head_sha: pull.headSha, conclusion: 'failure', output });
  const text = stripVTControlCharacters(describeReview(pull));
  expect(text.split('\n').map((line) => line.trim())).toEqual([
    'src/services/payments.ts:4',
    '2 +',
    expect.stringContaining('3 + export async function charge'),
    '4 +   try {',
    'Slow  why (http://localhost/x)',
    '',
    'Check “Hindsight”  failure  1 error',
    '',
    'One error.',
    '',
    '0 annotations',
  ]);
});

test('a table is written in columns', () => {
  const table = '| lesson | errors |\n| --- | --: |\n| 1 [scale](http://localhost/1) | 10 |\n| a \\| b | 2 |';
  expect(plain(`Before.\n\n${table}\n\nAfter.`).split('\n')).toEqual([
    '  Before.',
    '',
    '  lesson    errors',
    '  1 scale       10',
    '  a | b          2',
    '',
    '  After.',
  ]);
});

test('text from a pull request cannot steer the terminal', () => {
  expect(plain('a\u001b[2Jb\u0007c\u202ed')).toBe('  a[2Jbcd');
});
