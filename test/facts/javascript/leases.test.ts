import { expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const pool = `import { Pool } from 'pg'; const pool = new Pool();\n`;
const leases = (code: string) =>
  codeOf('src/a.ts', pool + code).leases.map(({ back, escapes, mayThrowBetween, singleQuery, twice }) => ({
    back,
    escapes,
    mayThrowBetween,
    single: singleQuery !== undefined,
    twice: twice !== undefined,
  }));

test.each([
  [
    'given back in finally',
    'async function f() { const c = await pool.connect(); try { await c.query("BEGIN"); await c.query("x"); } finally { c.release(); } }',
    { back: 'always', escapes: false, single: false },
  ],
  [
    'given back after work',
    'async function f() { const c = await pool.connect(); await c.query("a"); await c.query("b"); c.release(); }',
    { back: 'sometimes', mayThrowBetween: true },
  ],
  [
    'never given back',
    'async function f() { const c = await pool.connect(); await c.query("a"); }',
    { back: 'never', escapes: false },
  ],
  ['handed on', 'async function f() { const c = await pool.connect(); return c; }', { back: 'never', escapes: true }],
  [
    'for one query',
    'async function f() { const c = await pool.connect(); try { return await c.query("SELECT 1"); } finally { c.release(); } }',
    { single: true },
  ],
  [
    'for one query that needs its connection',
    'async function f() { const c = await pool.connect(); try { await c.query("LISTEN a"); } finally { c.release(); } }',
    { single: false },
  ],
  [
    'given back twice',
    'async function f() { const c = await pool.connect(); c.release(); c.release(); }',
    { twice: true },
  ],
  [
    'given back on one of two paths',
    'async function f(a) { const c = await pool.connect(); if (a) { c.release(); return; } c.release(); }',
    { twice: false },
  ],
])('%s', (_, code, expected) => {
  expect(leases(code)).toMatchObject([expected]);
});

test('a pool of another library, and a name that may be anything, are no leases', () => {
  expect(
    codeOf(
      'src/a.ts',
      `import { Pool } from 'generic-pool'; const p = new Pool(); async function f() { const c = await p.connect(); }`,
    ).leases,
  ).toEqual([]);
  expect(
    codeOf('src/a.ts', `import { broker } from './b'; async function f() { const c = await broker.connect(); }`).leases,
  ).toEqual([]);
});

test('a transaction on the pool is one fact from its first to its last statement', () => {
  const { poolTransactions } = codeOf(
    'src/a.ts',
    `${pool}async function f() {\nawait pool.query('BEGIN');\nawait pool.query('x');\nawait pool.query('COMMIT');\n}`,
  );
  expect(poolTransactions).toMatchObject([{ line: 3, endLine: 5, statement: 'BEGIN' }]);
});
