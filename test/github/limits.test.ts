import { describe, expect, test } from '@jest/globals';
import { RateLimited } from '../../src/github/errors.ts';
import { createPace } from '../../src/github/pace.ts';
import { rateLimitOf } from '../../src/github/rate-limit.ts';
import { requestKind } from '../../src/github/request-kind.ts';

const refusal = (status: number, headers: Record<string, string>, message = 'no') =>
  Object.assign(new Error(message), { status, response: { headers } });

describe('a rate limit', () => {
  test('of the secondary kind waits as long as it says, a minute when it says nothing', () => {
    const told = rateLimitOf(refusal(403, { 'retry-after': '30' }));
    expect(told?.limit).toBe('secondary');
    expect(told?.seconds).toBeGreaterThanOrEqual(30);
    expect(told?.seconds).toBeLessThanOrEqual(36);
    const silent = rateLimitOf(refusal(403, {}, 'You have exceeded a secondary rate limit'));
    expect(silent?.seconds).toBeGreaterThanOrEqual(60);
  });

  test('of the primary kind waits until the reset', () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1100' };
    const told = rateLimitOf(refusal(403, headers), 1_000_000);
    expect(told?.limit).toBe('primary');
    expect(told?.seconds).toBeGreaterThanOrEqual(101);
  });

  test('arrives from GraphQL as a success with an error inside', () => {
    const error = Object.assign(new Error('x'), { errors: [{ type: 'RATE_LIMITED' }], headers: {} });
    expect(rateLimitOf(error)?.limit).toBe('primary');
  });

  test('is not seen in a missing permission', () => {
    expect(rateLimitOf(refusal(403, {}, 'Resource not accessible by integration'))).toBeUndefined();
  });
});

describe('the pace of creating requests', () => {
  test('waits for its turn where that is soon, and sends the job back to the queue where it is not', async () => {
    const answers = [40, 40, 0, 30_000];
    const asked: { id: number; perMinute: number; perHour: number }[] = [];
    const pace = createPace({
      async take(id, allowed) {
        asked.push({ id, ...allowed });
        return answers.shift() ?? 0;
      },
    });
    const started = performance.now();
    await pace.turn(1);
    expect(performance.now() - started).toBeGreaterThan(70);
    const refused = await pace.turn(2).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RateLimited);
    expect(refused).toMatchObject({ limit: 'own' });
    expect((refused as RateLimited).seconds).toBeGreaterThanOrEqual(30);
    expect(asked.map(({ id }) => id)).toEqual([1, 1, 1, 2]);
    // GitHub's limits are 80 and 500.
    for (const { perMinute, perHour } of asked) expect([perMinute < 80, perHour < 500]).toEqual([true, true]);
  });
});

describe('the name of a request', () => {
  test.each([
    ['GET', 'https://api.github.com/repos/o/r/pulls/12/files?page=2', 'GET /repos/:owner/:repo/pulls/:n/files'],
    ['POST', 'http://127.0.0.1:1/api/graphql', 'POST /graphql'],
    ['GET', 'http://ghe/api/v3/repos/o/r/compare/main...topic', 'GET /repos/:owner/:repo/compare/:name'],
    ['GET', 'http://ghe/api/v3/repos/o/r/contents/a/b/c', 'GET /repos/:owner/:repo/contents/:path'],
    ['POST', 'https://api.github.com/app/installations/9/access_tokens', 'POST /app/installations/:n/access_tokens'],
  ])('%s %s is %s', (method, url, kind) => {
    expect(requestKind(method, url)).toBe(kind);
  });
});
