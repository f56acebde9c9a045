import { createInterface } from 'node:readline';
import { analyse } from './analysis.ts';
import { batchFinding, parseChangeSet, snapshotOf } from './local/batch.ts';
import { builtInPolicy } from './review/policy.ts';

async function batch(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const parsed = parseChangeSet(line);
    if ('error' in parsed) {
      console.log(JSON.stringify({ id: parsed.id, findings: [], error: parsed.error }));
      continue;
    }
    const review = analyse(snapshotOf(parsed.set), builtInPolicy);
    const error = review.faults.map((fault) => `${fault.path}: ${fault.what}`).join('; ');
    console.log(
      JSON.stringify({
        id: parsed.set.id,
        findings: review.findings.map(batchFinding),
        ...(process.env['HINDSIGHT_FAULTS'] && error ? { error } : {}),
      }),
    );
  }
}

await batch();
