import { afterAll, describe, expect, test } from '@jest/globals';
import { type AnalysisPool, openAnalysisPool } from '../src/analysis-pool.ts';
import { compareTexts } from '../src/review/diff.ts';
import { builtInPolicy } from '../src/review/policy.ts';
import type { Snapshot } from '../src/review/types.ts';

const injected = `import express from 'express';
const app = express();
app.get('/run', (req, res) => res.json(eval(req.query.code)));
`;
/** Takes the analysis several times as long as the deadline below: thirteen thousand routes. */
const route = "app.get('/a', (q, s) => { const a = q.query.a; s.json(db.find(a)); });\n";
const slow = `const app = require('express')();\n${route.repeat(13_000)}`;

function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  return {
    head: 'head',
    base: 'base',
    files: Object.entries(files).map(([path, after]) => compareTexts({ path, status: 'added', after })),
    context: [{ path: 'package.json', text: '{"dependencies":{"express":"5"}}' }],
    unread: [],
  };
}

const pools: AnalysisPool[] = [];
function openPool(options?: { size?: number }): AnalysisPool {
  const pool = openAnalysisPool(options);
  pools.push(pool);
  return pool;
}

afterAll(() => Promise.all(pools.map((pool) => pool.close())));

describe('the analysis in a thread', () => {
  test('finds what the analysis finds', async () => {
    const { findings } = await openPool().analyse(snapshotOf({ 'src/a.js': injected }), builtInPolicy);
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'code-injection', path: 'src/a.js', line: 3 }));
  });

  test('leaves out and names a file that takes too long, and analyses the others', async () => {
    const pool = openPool();
    await pool.analyse(snapshotOf({ 'src/a.js': injected }), builtInPolicy);
    const files = { 'src/a.js': injected, 'src/slow.js': slow, 'src/z.js': injected };
    const { findings, coverage } = await pool.analyse(snapshotOf(files), builtInPolicy, { fileDeadlineMs: 1_500 });
    expect(coverage.unread).toEqual([{ path: 'src/slow.js', reason: 'the analysis took longer than 2 seconds' }]);
    expect([...new Set(findings.map((finding) => finding.path))]).toEqual(['src/a.js', 'src/z.js']);
  });

  test('ends at once when it is cancelled, and the pool goes on', async () => {
    const pool = openPool();
    const cancelled = pool.analyse(snapshotOf({ 'src/slow.js': slow }), builtInPolicy, {
      signal: AbortSignal.timeout(50),
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'TimeoutError' });
    const { findings } = await pool.analyse(snapshotOf({ 'src/a.js': injected }), builtInPolicy);
    expect(findings).not.toEqual([]);
  });

  test('answers many at once, each with its own review, without growing slower', async () => {
    const pool = openPool();
    const analyse = async (index: number) => {
      const path = `src/file-${index}.js`;
      const { findings } = await pool.analyse(snapshotOf({ [path]: injected }), builtInPolicy);
      expect(findings.every((finding) => finding.path === path)).toBe(true);
      expect(findings).not.toEqual([]);
    };
    const timed = async (from: number) => {
      const started = performance.now();
      await Promise.all(Array.from({ length: 50 }, (_, i) => analyse(from + i)));
      return performance.now() - started;
    };
    await timed(0);
    // The quicker of two: what else the machine does at the moment is not meant.
    const early = Math.min(await timed(100), await timed(200));
    const late = Math.min(await timed(300), await timed(400));
    expect(late).toBeLessThan(early * 4 + 1_000);
  });
});
