import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
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
const allButTheDate = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;
const at = { owner: 'o', repo: 'r' };

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  jest.useRealTimers();
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

describe('a token that GitHub takes no longer', () => {
  test('is replaced at once, also for a request that writes: refused, it had no effect', async () => {
    const { octokit, requests } = start();
    const post = () => octokit.rest.pulls.createReview({ ...at, pull_number: 1, event: 'COMMENT', body: 'b' });
    nock(apiUrl).post('/repos/o/r/pulls/1/reviews').reply(200, {});
    await post();
    // A token that is seconds old may not be known everywhere yet, and is tried again; this one is not young.
    jest.useFakeTimers({ now: Date.now() + 600_000, doNotFake: [...allButTheDate] });
    nock(apiUrl).post('/repos/o/r/pulls/1/reviews').reply(401, { message: 'Bad credentials' });
    nock(apiUrl).post('/repos/o/r/pulls/1/reviews').reply(200, {});
    await post();
    expect(requests.map((one) => one.slice(-3))).toEqual(['201', '200', '401', '201', '200']);
  });

  test('is replaced once: that the next is not taken either is told', async () => {
    const { octokit, requests } = start();
    jest.useFakeTimers({ now: Date.now(), doNotFake: [...allButTheDate] });
    // A young token is tried once more: two requests a token.
    nock(apiUrl)
      .get('/repos/o/r/pulls/1')
      .times(4)
      .reply(401, () => {
        jest.setSystemTime(Date.now() + 600_000);
        return { message: 'Bad credentials' };
      });
    expect(statusOf(await failure(octokit.rest.pulls.get({ ...at, pull_number: 1 })))).toBe(401);
    expect(requests.filter((one) => one.includes('access_tokens'))).toHaveLength(2);
  });

  test('because the installation was suspended or removed meanwhile says that it is gone', async () => {
    const { github } = start();
    nock(apiUrl).get('/repos/o/r/pulls/1').reply(403, { message: 'This installation has been suspended' });
    const read = (id: number) => failure(github.forInstallation(id).rest.pulls.get({ ...at, pull_number: 1 }));
    expect(await read(7)).toBeInstanceOf(InstallationGone);
    jest.useFakeTimers({ now: Date.now() + 600_000, doNotFake: [...allButTheDate] });
    nock.cleanAll();
    nock(apiUrl).get('/repos/o/r/pulls/1').reply(401, { message: 'Bad credentials' });
    nock(apiUrl).post('/app/installations/7/access_tokens').reply(404, { message: 'Not Found' });
    expect(await read(7)).toBeInstanceOf(InstallationGone);
  });

  test('is not asked for again while it lives: other jobs of the installation share it', async () => {
    const { github, octokit, requests } = start();
    nock(apiUrl).get('/repos/o/r/pulls/1').times(2).reply(200, {});
    await octokit.rest.pulls.get({ ...at, pull_number: 1 });
    await github.forInstallation(7).rest.pulls.get({ ...at, pull_number: 1 });
    expect(requests.filter((one) => one.includes('access_tokens'))).toHaveLength(1);
  });
});

describe('an answer that is lost', () => {
  test('has the request for a token sent again, too: a second token does no harm', async () => {
    const { github, requests } = start();
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    nock(apiUrl).post('/app/installations/9/access_tokens').reply(502, 'Bad Gateway');
    nock(apiUrl).post('/app/installations/9/access_tokens').reply(201, { token: 'not-a-token', expires_at });
    nock(apiUrl).get('/repos/o/r/pulls/1').reply(200, {});
    await github.forInstallation(9).rest.pulls.get({ ...at, pull_number: 1 });
    expect(requests.map((one) => one.slice(-3))).toEqual(['502', '201', '200']);
  });

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

  test('is told as such when it stays lost, after three attempts', async () => {
    const { octokit, requests } = start();
    nock(apiUrl).get('/repos/o/r/pulls/1').times(4).replyWithError('socket hang up');
    expect(await failure(octokit.rest.pulls.get({ ...at, pull_number: 1 }))).toBeInstanceOf(AnswerLost);
    expect(requests.slice(1)).toEqual(Array(3).fill('GET /repos/:owner/:repo/pulls/:n 0'));
  });

  test('has a reading query sent again, by GraphQL, also when GitHub gave it up and says 200', async () => {
    const { octokit, requests } = start();
    const gaveUp = 'Something went wrong while executing your query. This may be the result of a timeout.';
    nock(apiUrl).post('/graphql').reply(502, 'Bad Gateway');
    nock(apiUrl)
      .post('/graphql')
      .reply(200, { data: null, errors: [{ message: gaveUp }] });
    nock(apiUrl)
      .post('/graphql')
      .reply(200, { data: { q: 1 } });
    expect(await ask(octokit, 'query Q { q }', {})).toEqual({ q: 1 });
    expect(requests.filter((one) => one.startsWith('POST /graphql'))).toHaveLength(3);
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

  test.each([
    ['a 429 without a word', 429, {}, 'secondary', 60],
    ['a 403 of an exhausted hour', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, 'primary', 60],
    ['a 429 that says how long', 429, { 'retry-after': '7' }, 'secondary', 7],
  ] as const)('is read from %s, and the request is not sent again', async (_, status, headers, limit, seconds) => {
    const { octokit, limits, requests } = start();
    nock(apiUrl).get('/repos/o/r/pulls/1').times(3).reply(status, { message: 'slow down' }, headers);
    const error = (await failure(octokit.rest.pulls.get({ ...at, pull_number: 1 }))) as RateLimited;
    expect([error.limit, limits]).toEqual([limit, [limit]]);
    // Never sooner than asked, and up to a fifth later, so that many jobs do not come back at once.
    expect(error.seconds).toBeGreaterThanOrEqual(seconds);
    expect(error.seconds).toBeLessThanOrEqual(seconds * 1.2);
    expect(requests.filter((one) => one.startsWith('GET'))).toHaveLength(1);
  });

  test('that is ours is asked before anything is created, and for nothing else', async () => {
    const asked: number[] = [];
    const ledger = { take: async (id: number) => (asked.push(id) > 1 ? 60_000 : 0) };
    const { requests } = start();
    const octokit = createGitHub({ appId: 1, privateKey, apiUrl, ledger }).forInstallation(7);
    nock(apiUrl).get('/repos/o/r/pulls/1').reply(200, {});
    nock(apiUrl).post('/repos/o/r/pulls/1/reviews').times(2).reply(200, {});
    await octokit.rest.pulls.get({ ...at, pull_number: 1 });
    const post = () => octokit.rest.pulls.createReview({ ...at, pull_number: 1, event: 'COMMENT', body: 'b' });
    await post();
    expect(await failure(post())).toMatchObject({ name: 'RateLimited', limit: 'own' });
    expect([asked, requests]).toEqual([[7, 7], []]);
    expect(nock.pendingMocks().filter((one) => one.includes('reviews'))).toHaveLength(1);
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
