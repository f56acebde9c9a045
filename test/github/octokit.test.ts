import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { readBlobs } from '../../src/github/blobs.ts';
import { AnswerLost, InstallationGone, RateLimited, statusOf } from '../../src/github/errors.ts';
import { ask } from '../../src/github/graphql.ts';
import { createGitHub } from '../../src/github/octokit.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const apiUrl = 'https://api.github.com';
const at = { owner: 'o', repo: 'r' };

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

/** An app, what it was told of its requests and limits, and a token for installation 7. */
function start() {
  const requests: string[] = [];
  const limits: string[] = [];
  const github = createGitHub({
    appId: 1,
    privateKey,
    apiUrl,
    onRequest: ({ kind, status }) => requests.push(`${kind} ${status}`),
    onRateLimit: (limit) => limits.push(limit),
  });
  nock(apiUrl)
    .persist()
    .post('/app/installations/7/access_tokens')
    .reply(201, () => ({ token: 'not-a-token', expires_at: new Date(Date.now() + 3_600_000).toISOString() }));
  return { github, octokit: github.forInstallation(7), requests, limits };
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('a token', () => {
  test('is asked for once', async () => {
    const { octokit, requests } = start();
    nock(apiUrl).get('/repos/o/r/pulls/1').times(2).reply(200, {});
    await octokit.rest.pulls.get({ ...at, pull_number: 1 });
    await octokit.rest.pulls.get({ ...at, pull_number: 1 });
    expect(requests).toEqual([
      'POST /app/installations/:n/access_tokens 201',
      'GET /repos/:owner/:repo/pulls/:n 200',
      'GET /repos/:owner/:repo/pulls/:n 200',
    ]);
  });

  test.each([403, 404])('that is answered with %i says that the installation is gone', async (status) => {
    const { github } = start();
    nock(apiUrl).post('/app/installations/8/access_tokens').reply(status, { message: 'no' });
    const error = await failure(github.forInstallation(8).rest.pulls.get({ ...at, pull_number: 1 }));
    expect(error).toBeInstanceOf(InstallationGone);
  });
});

describe('an answer that is lost', () => {
  test('has a reading request sent again', async () => {
    const { octokit, requests } = start();
    nock(apiUrl).get('/repos/o/r/pulls/1').reply(502, 'Bad Gateway');
    nock(apiUrl).get('/repos/o/r/pulls/1').replyWithError('socket hang up');
    nock(apiUrl).get('/repos/o/r/pulls/1').reply(200, { number: 1 });
    const { data } = await octokit.rest.pulls.get({ ...at, pull_number: 1 });
    expect(data.number).toBe(1);
    expect(requests.slice(1)).toEqual([
      'GET /repos/:owner/:repo/pulls/:n 502',
      'GET /repos/:owner/:repo/pulls/:n 0',
      'GET /repos/:owner/:repo/pulls/:n 200',
    ]);
  });

  test('never has a writing request sent again: it may have had its effect', async () => {
    const { octokit, requests } = start();
    nock(apiUrl).post('/repos/o/r/pulls/1/reviews').times(2).reply(502, 'Bad Gateway');
    nock(apiUrl).post('/graphql').times(2).reply(502, 'Bad Gateway');
    const review = octokit.rest.pulls.createReview({ ...at, pull_number: 1, event: 'COMMENT', body: 'b' });
    expect(await failure(review)).toBeInstanceOf(AnswerLost);
    expect(await failure(ask(octokit, 'mutation M { m }', {}))).toBeInstanceOf(AnswerLost);
    expect(requests.filter((one) => one.endsWith(' 502'))).toHaveLength(2);
  });
});

describe('a limit', () => {
  test('of the secondary kind is told apart from a missing permission', async () => {
    const { octokit, limits } = start();
    const pull = () => failure(octokit.rest.pulls.get({ ...at, pull_number: 1 }));
    nock(apiUrl)
      .get('/repos/o/r/pulls/1')
      .reply(403, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '30' });
    const limited = (await pull()) as RateLimited;
    expect(limited).toBeInstanceOf(RateLimited);
    expect(limited.seconds).toBeGreaterThanOrEqual(30);
    nock(apiUrl).get('/repos/o/r/pulls/1').reply(403, { message: 'Resource not accessible by integration' });
    expect(statusOf(await pull())).toBe(403);
    expect(limits).toEqual(['secondary']);
  });

  test('that GraphQL reports in an answer of status 200 makes the job wait until it resets', async () => {
    const { octokit, limits } = start();
    const reset = Math.ceil(Date.now() / 1000) + 600;
    nock(apiUrl)
      .post('/graphql')
      .reply(
        200,
        { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
      );
    const error = (await failure(ask(octokit, 'query Q { q }', {}))) as RateLimited;
    expect(error).toBeInstanceOf(RateLimited);
    expect(error.seconds).toBeGreaterThan(590);
    expect(limits).toEqual(['primary']);
  });
});

describe('a query that is too heavy', () => {
  test('is halved until GitHub answers it', async () => {
    const { octokit } = start();
    const heavy = {
      errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' }],
    };
    const sizes: number[] = [];
    nock(apiUrl)
      .persist()
      .post('/graphql')
      .reply(200, (_, body) => {
        const { variables } = body as unknown as { variables: Record<string, string> };
        const asked = Object.entries(variables).filter(([name]) => /^e\d+$/.test(name));
        sizes.push(asked.length);
        if (asked.length > 8) return { data: { repository: null }, ...heavy };
        const blobs = asked.map(([name, text]) => [name.replace('e', 'b'), { oid: text, text }]);
        return { data: { repository: Object.fromEntries(blobs) } };
      });
    const expressions = Array.from({ length: 16 }, (_, i) => `head:${i}.ts`);
    const blobs = await readBlobs(octokit, at, expressions);
    expect([...blobs.keys()]).toEqual(expressions);
    expect(sizes.slice(-2)).toEqual([8, 8]);
  });
});

describe('a job that is aborted', () => {
  test('ends its request with the reason it was aborted for', async () => {
    const { github } = start();
    nock(apiUrl).get('/repos/o/r/pulls/1').delay(5_000).reply(200, {});
    const abort = new AbortController();
    const reading = failure(github.forInstallation(7, abort.signal).rest.pulls.get({ ...at, pull_number: 1 }));
    const reason = new Error('superseded');
    setTimeout(() => abort.abort(reason), 50);
    expect(await reading).toBe(reason);
  });
});
