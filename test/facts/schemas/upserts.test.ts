import { describe, expect, test } from '@jest/globals';
import { upsertsIn } from '../../../src/facts/schemas/upserts.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';

const read = (text: string) =>
  upsertsIn('src/a.ts', text).map(({ source, table, columns, line }) => `${source} ${table}(${columns}) ${line}`);

describe('an upsert', () => {
  test.each([
    ['db.insert(users).values(v)\n  .onConflictDoUpdate({ target: users.email, set: v });', ['drizzle users(email) 2']],
    ['db.insert(users).values(v).onConflictDoNothing({ target: [users.a, users.b] });', ['drizzle users(a,b) 1']],
    ["knex('users').insert(v).onConflict(['a', 'b']).merge();", ['sql users(a,b) 1']],
    ["knex.insert(v).into('users').onConflict('a').ignore();", ['sql users(a) 1']],
    ["db.insertInto('users').values(v).onConflict((oc) => oc.column('a').doNothing());", ['sql users(a) 1']],
    ["User.findOneAndUpdate({ email, org: 'x' }, v, { upsert: true });", ['mongoose User(email,org) 1']],
    ['pool.query(`INSERT INTO "users" (a) VALUES ($1)\n  ON CONFLICT ("a", b) DO NOTHING`);', ['sql users(a,b) 2']],
  ])('%j is found by what it writes', (code, expected) => {
    expect(read(code)).toEqual(expected);
  });

  test.each([
    ['db.insert(users).values(v).onConflictDoNothing();'],
    ['db.insert(users).values(v).onConflictDoUpdate({ target: sql`lower(email)`, set: v });'],
    ['db.insert(users).values(v).onConflictDoUpdate({ target: columns, set: v });'],
    ["knex('users').insert(v).onConflict(columns).merge();"],
    ['User.findOneAndUpdate({ email }, v, { upsert: false });'],
    ['User.findOneAndUpdate({ n: { $gt: 1 } }, v, { upsert: true });'],
    ['User.updateOne(filter, v, { upsert: true });'],
    ['pool.query(`INSERT INTO users (a) VALUES (1) ON CONFLICT ON CONSTRAINT users_a DO NOTHING`);'],
    ['pool.query(`INSERT INTO users (a) VALUES (1) ON CONFLICT (lower(a)) DO NOTHING`);'],
    ['onConflict( =>'],
  ])('%j does not say by what its row is found', (code) => {
    expect(read(code)).toEqual([]);
  });

  test('in a hostile text costs no more than its length', () => {
    const started = cpuMilliseconds();
    read(`const a = \`${'insert into a (b) on conflict ('.repeat(20_000)}\`;`);
    read(`const a = '${'insert into '.repeat(700)} on conflict (';`);
    expect(cpuMilliseconds() - started).toBeLessThan(5_000);
  });
});
