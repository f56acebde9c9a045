import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Octokit } from '@octokit/rest';
import nock from 'nock';
import { redeliverLost } from '../../src/github/deliveries.ts';

const apiUrl = 'https://api.github.com';
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const now = Date.parse('2026-11-01T12:00:00Z');
const minutes = 60_000;
const days = 24 * 60 * minutes;

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

interface Logged {
  readonly id: number;
  readonly guid: string;
  readonly status?: number;
  readonly ageMs?: number;
}

/** The deliveries that are asked for again when GitHub's log holds these, the newest first. */
async function askedFor(
  log: readonly Logged[],
  refuses: readonly number[] = [],
): Promise<{ ids: number[]; pages: number }> {
  const ids: number[] = [];
  let pages = 0;
  const json = log.map(({ id, guid, status = 502, ageMs = 10 * minutes }) => ({
    id,
    guid,
    status_code: status,
    delivered_at: new Date(now - ageMs).toISOString(),
  }));
  nock(apiUrl)
    .persist()
    .get('/app/hook/deliveries')
    .query(true)
    .reply((uri) => {
      const page = Number(new URL(uri, apiUrl).searchParams.get('cursor') ?? 0);
      pages++;
      const more = json.length > (page + 1) * 100;
      const next = `<${apiUrl}/app/hook/deliveries?per_page=100&cursor=${page + 1}>; rel="next"`;
      return [200, json.slice(page * 100, (page + 1) * 100), more ? { link: next } : {}];
    });
  nock(apiUrl)
    .persist()
    .post(/\/app\/hook\/deliveries\/\d+\/attempts/)
    .reply((uri) => {
      const id = Number(/deliveries\/(\d+)/.exec(uri)?.[1]);
      if (refuses.includes(id)) return [422, { message: 'No' }];
      ids.push(id);
      return [202, {}];
    });
  const count = await redeliverLost(new Octokit({ baseUrl: apiUrl, log: silent }), now);
  nock.cleanAll();
  expect(count).toBe(ids.length);
  return { ids, pages };
}

describe('a delivery is asked for again', () => {
  test('when neither it nor one of its redeliveries was answered with success', async () => {
    const { ids } = await askedFor([
      { id: 4, guid: 'arrived later', status: 200 },
      { id: 3, guid: 'lost twice', status: 504 },
      { id: 2, guid: 'arrived later', status: 500 },
      { id: 1, guid: 'lost twice', status: 502 },
    ]);
    expect(ids).toEqual([3]);
  });

  test('at once when its only attempt has failed: the app was away for a moment', async () => {
    const { ids } = await askedFor([
      { id: 3, guid: 'refused', status: 503, ageMs: 100 },
      { id: 2, guid: 'unreachable', status: 502, ageMs: 1_000 },
    ]);
    expect(ids).toEqual([3, 2]);
  });

  test('not while it is under way or was lately asked for again, nor when GitHub has forgotten it, nor after four attempts', async () => {
    const { ids } = await askedFor([
      { id: 12, guid: 'under way', status: 0, ageMs: 10_000 },
      { id: 11, guid: 'again', ageMs: 10_000 },
      { id: 10, guid: 'again' },
      ...[8, 7, 6, 5].map((id) => ({ id, guid: 'hopeless' })),
      { id: 2, guid: 'lost' },
      { id: 1, guid: 'old', ageMs: 4 * days },
    ]);
    expect(ids).toEqual([2]);
  });

  test('also when GitHub refuses to send another one again', async () => {
    const { ids } = await askedFor(
      [2, 1].map((id) => ({ id, guid: `lost ${id}` })),
      [2],
    );
    expect(ids).toEqual([1]);
  });

  test('wherever it stands in the first five pages of the log, thirty at a time', async () => {
    const fine = Array.from({ length: 150 }, (_, n) => ({ id: 1_000 - n, guid: `fine ${n}`, status: 200 }));
    expect(await askedFor([...fine, { id: 1, guid: 'lost' }])).toEqual({ ids: [1], pages: 2 });
    const { ids, pages } = await askedFor(Array.from({ length: 700 }, (_, n) => ({ id: 700 - n, guid: `lost ${n}` })));
    expect([ids.length, pages]).toEqual([30, 5]);
  });
});
