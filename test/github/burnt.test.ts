import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Octokit } from '@octokit/rest';
import nock from 'nock';
import { readBurntLines } from '../../src/github/burnt.ts';

const apiUrl = 'https://api.github.com';
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const commit = 'a'.repeat(40);

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

/** The burnt lines of a mailbox, as GitHub answers the `patch` media type. */
async function burntOf(mailbox: string, status = 200) {
  nock(apiUrl)
    .get('/repos/o/r/pulls/1')
    .reply(status, mailbox, { 'content-type': 'application/vnd.github.patch; charset=utf-8' });
  return readBurntLines(new Octokit({ baseUrl: apiUrl, log: silent }), { owner: 'o', repo: 'r', number: 1 }, []);
}

const added = (header: string, lines: readonly string[]) =>
  [
    `From ${commit} Mon Sep 17 00:00:00 2001`,
    'Subject: [PATCH] x',
    '---',
    'diff --git a/x b/x',
    '--- /dev/null',
    `+++ ${header}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '--',
    '2.50.0',
    '',
  ].join('\n');

describe('the file of a burnt line', () => {
  test.each([
    ['b/src/a.ts', 'src/a.ts'],
    ['b/a b.ts\t', 'a b.ts'],
    [String.raw`"b/schl\303\274ssel.ts"`, 'schlüssel.ts'],
    [String.raw`"b/with \"quotes\"\\ and\ttab.ts"`, 'with "quotes"\\ and\ttab.ts'],
    ['"b/ü\\"raw.ts"', 'ü"raw.ts'],
  ])('%j is %j', async (header, path) => {
    expect((await burntOf(added(header, ['one', '++ b/two']))).burnt).toEqual([
      { commit, path, text: 'one\n++ b/two' },
    ]);
  });
});

describe('commits that hold too much', () => {
  test('are said not to have been looked through', async () => {
    const reason = 'too large to be looked through commit by commit';
    expect((await burntOf('no', 406)).unread).toEqual([{ path: '(commits)', reason }]);
    const many = await burntOf(Array.from({ length: 5_001 }, (_, i) => added(`b/${i}.ts`, ['x'])).join(''));
    expect([many.burnt.length, many.unread]).toEqual([5_000, [{ path: '(commits)', reason }]]);
  });
});
