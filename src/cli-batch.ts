import { createInterface } from 'node:readline';
import { openAnalysisPool } from './analysis-pool.ts';
import { batchFinding, parseChangeSet, snapshotOf } from './local/batch.ts';
import { builtInPolicy } from './review/policy.ts';
import type { Review, Snapshot } from './review/types.ts';

/** Change sets under way at once in a batch: enough to keep the analysis thread busy, few enough to stay flat. */
const batchWindow = 4;

/**
 * Answers change sets from standard input, in the order they come. A bad line gives an error for its id; the rest goes on.
 *
 * @returns the exit code: 0
 */
export async function reviewBatch(): Promise<number> {
  const pool = openAnalysisPool();
  const progress = process.stderr.isTTY
    ? (count: number) => process.stderr.write(`\r${count} change sets reviewed`)
    : () => {};
  const pending: Promise<string>[] = [];
  let count = 0;
  const flush = async (keep: number) => {
    while (pending.length > keep) {
      const line = await pending.shift();
      if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
      progress(++count);
    }
  };
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    pending.push(answer(line, (snapshot) => pool.analyse(snapshot, builtInPolicy)));
    await flush(batchWindow);
  }
  await flush(0);
  await pool.close();
  if (process.stderr.isTTY) process.stderr.write('\n');
  return 0;
}

async function answer(line: string, analyse: (snapshot: Snapshot) => Promise<Review>): Promise<string> {
  const parsed = parseChangeSet(line);
  if ('error' in parsed) return JSON.stringify({ id: parsed.id, findings: [], error: parsed.error });
  try {
    const found = await analyse(snapshotOf(parsed.set));
    const faults = found.faults.map(({ path, what }) => `${path}: ${what}`);
    return JSON.stringify({
      id: parsed.set.id,
      findings: found.findings.map(batchFinding),
      ...(faults.length > 0 ? { faults } : {}),
    });
  } catch (error) {
    return JSON.stringify({
      id: parsed.set.id,
      findings: [],
      error: error instanceof Error ? error.message : 'the analysis failed',
    });
  }
}
