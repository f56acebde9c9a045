import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Octokit } from '@octokit/rest';
import nock from 'nock';
import { recentOpenPulls } from '../../src/github/open-pulls.ts';

const apiUrl = 'https://api.github.com';
const silent = { debug() {}, info() {}, warn() {}, error() {} };

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

/** The pages of repositories that a sweep at this time asks for, of an installation with so many. */
async function pagesOf(repositories: number, now: number): Promise<number[]> {
  const pages: number[] = [];
  nock(apiUrl)
    .persist()
    .get('/installation/repositories')
    .query(true)
    .reply(200, (uri) => {
      pages.push(Number(new URL(uri, apiUrl).searchParams.get('page')));
      return { total_count: repositories, repositories: [] };
    });
  await recentOpenPulls(new Octokit({ baseUrl: apiUrl, log: silent }), 1, now);
  nock.cleanAll();
  return pages;
}

test('a sweep looks at every page of repositories where there are few', async () => {
  expect(await pagesOf(0, 0)).toEqual([1]);
  expect(await pagesOf(1_000, 0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('sweeps of an installation with more repositories look at ten pages each and, one after the other, at all', async () => {
  const sweeps: number[][] = [];
  for (const n of [0, 1, 2]) sweeps.push(await pagesOf(2_500, n * 300_000));
  expect(sweeps.map(({ length }) => length)).toEqual([10, 10, 10]);
  expect(new Set(sweeps.flat()).size).toBe(25);
});
