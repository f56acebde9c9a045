import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/jobs/database.ts';
import { openDatabase } from '../../src/jobs/open-database.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { emptyDataFolder } from '../empty-database.ts';

let dataDir: string;
let database: Database;
let store: Store;

beforeAll(async () => {
  dataDir = await emptyDataFolder();
  database = await openDatabase({ dataDir });
  store = await openStore(database);
});
afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

const key = { repository: 5_000_000_000, head: 'a'.repeat(40), subject: 'pull/1/push' };

describe('the store', () => {
  test('opens again on tables that exist, and several times at once', async () => {
    await Promise.all([openStore(database), openStore(database)]);
    expect(await store.knowsDelivery('never')).toBe(false);
  });

  test('remembers a delivery', async () => {
    await store.rememberDelivery('guid');
    await store.rememberDelivery('guid');
    expect(await store.knowsDelivery('guid')).toBe(true);
  });

  test('knows how far a check has come, whatever is said twice or too late', async () => {
    await store.checks.opening(key, { number: 1 });
    expect(await store.checks.find(key)).toMatchObject({ state: 'opening', runId: undefined, task: { number: 1 } });
    await store.checks.opened(key, 6_000_000_000);
    await store.checks.opening(key, { number: 2 });
    expect(await store.checks.find(key)).toMatchObject({ state: 'open', runId: 6_000_000_000, task: { number: 1 } });
    expect(await store.checks.unfinished(0, 10)).toHaveLength(1);
    await store.checks.completed(key, 'success');
    await store.checks.opened(key, 7);
    expect(await store.checks.find(key)).toMatchObject({ state: 'completed', runId: 6_000_000_000 });
    expect(await store.checks.unfinished(0, 10)).toEqual([]);
    expect(await store.checks.ofCommit(key.repository, key.head)).toMatchObject([{ subject: key.subject }]);
    expect(await store.checks.ofCommit(key.repository, 'b'.repeat(40))).toEqual([]);
    await store.checks.forget(key);
    expect(await store.checks.find(key)).toBeUndefined();
  });

  test('finds the newest review of the same contents, and the head reviewed last', async () => {
    const review = (conclusion: string) => ({ digest: 'd', conclusion, fingerprints: ['f1', 'f2'] });
    await store.saveReview(1, 2, 'old', review('failure'));
    await store.saveReview(1, 2, 'new', review('success'));
    expect((await store.reviewOf(1, 2, 'd'))?.conclusion).toBe('success');
    expect(await store.latestHead(1, 2)).toBe('new');
    expect(await store.review(1, 2, 'old')).toEqual(review('failure'));
    expect(await store.reviewOf(1, 3, 'd')).toBeUndefined();
  });

  test('keeps dismissals apart by repository, the latest word of each', async () => {
    const one = { fingerprint: 'f', kind: 'ignored' as const, who: 'p', why: "it's '; DROP TABLE" };
    await store.dismiss(1, [one]);
    await store.dismiss(1, [
      { ...one, kind: 'false-positive' },
      { ...one, fingerprint: 'g' },
      { ...one, fingerprint: 'g' },
    ]);
    expect([...(await store.dismissed(1, ['f', 'g', 'h', 'f']))].sort()).toEqual(['f', 'g']);
    expect((await store.dismissed(2, ['f', 'g'])).size).toBe(0);
  });

  test('ends a dismissal by a resolved thread, and no other', async () => {
    const one = { who: 'p', why: '' };
    await store.dismiss(3, [
      { ...one, fingerprint: 'f', kind: 'resolved' },
      { ...one, fingerprint: 'g', kind: 'resolved' },
      { ...one, fingerprint: 'h', kind: 'ignored' },
    ]);
    await store.withdrawResolved(3, ['f', 'h']);
    expect([...(await store.dismissed(3, ['f', 'g', 'h']))].sort()).toEqual(['g', 'h']);
  });

  test('keeps the latest thumbs of a finding, those of all its comments together', async () => {
    const kept = () =>
      database.query('SELECT fingerprint, kind, count FROM hindsight.feedback WHERE repository = 9 ORDER BY kind');
    await store.saveFeedback(9, [
      { fingerprint: 'f', up: 2, down: 0 },
      { fingerprint: 'f', up: 1, down: 1 },
      { fingerprint: 'g', up: 0, down: 0 },
    ]);
    expect(await kept()).toEqual([
      { fingerprint: 'f', kind: 'down', count: 1 },
      { fingerprint: 'f', kind: 'up', count: 3 },
    ]);
    await store.saveFeedback(9, [{ fingerprint: 'f', up: 1, down: 0 }]);
    expect(await kept()).toEqual([
      { fingerprint: 'f', kind: 'down', count: 0 },
      { fingerprint: 'f', kind: 'up', count: 1 },
    ]);
  });

  test('counts what is created by installation, and says how long to wait when a window is full', async () => {
    const other = await openStore(database);
    const allowed = { perMinute: 3, perHour: 5 };
    const take = (installation = 6_000_000_000) => store.creations.take(installation, allowed);
    expect(await Promise.all([take(), other.creations.take(6_000_000_000, allowed), take()])).toEqual([0, 0, 0]);
    const wait = await take();
    expect([wait > 0, wait <= 60_000]).toEqual([true, true]);
    expect(await take(7)).toBe(0);
    const age = (by: string) =>
      database.query('UPDATE hindsight.creations SET at = at - $1::interval WHERE installation = 6000000000', [by]);
    await age('2 minutes');
    expect([await take(), await take()]).toEqual([0, 0]);
    await age('2 minutes');
    const long = await take();
    expect([long > 3_200_000, long <= 3_600_000]).toEqual([true, true]);
    await age('1 hour');
    expect(await take()).toBe(0);
    expect(await database.query('SELECT 1 FROM hindsight.creations WHERE installation = 6000000000')).toHaveLength(1);
  });

  test('keeps the last policy of each organisation', async () => {
    expect(await store.policies.last(1)).toBeUndefined();
    await store.policies.keep(1, 'fail_on: error');
    await store.policies.keep(1, 'fail_on: warning');
    await store.policies.keep(2, 'drafts: skip');
    expect([await store.policies.last(1), await store.policies.last(2)]).toEqual(['fail_on: warning', 'drafts: skip']);
  });

  test('prunes what is old and keeps the rest', async () => {
    await store.rememberDelivery('old');
    await database.query(`UPDATE hindsight.deliveries SET received = now() - interval '15 days' WHERE guid = 'old'`);
    await store.prune();
    expect([await store.knowsDelivery('old'), await store.knowsDelivery('guid')]).toEqual([false, true]);
    expect((await store.dismissed(1, ['f', 'g'])).size).toBe(2);
  });
});
