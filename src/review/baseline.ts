import { z } from 'zod';
import type { Finding } from './types.ts';

const baselineSchema = z.object({
  version: z.literal(1),
  findings: z
    .array(z.object({ fingerprint: z.string().regex(/^[0-9a-f]{16}$/), rule: z.string(), path: z.string() }))
    .max(100_000),
});

/**
 * Reads a baseline: the fingerprints of findings a team has accepted as known when it adopted Hindsight.
 *
 * @returns undefined when the text is no baseline
 */
export function parseBaseline(text: string): ReadonlySet<string> | undefined {
  try {
    const parsed = baselineSchema.safeParse(JSON.parse(text));
    return parsed.success ? new Set(parsed.data.findings.map((finding) => finding.fingerprint)) : undefined;
  } catch {
    // Not JSON: the caller says that the file could not be read.
    return undefined;
  }
}

/** Writes a baseline, sorted so that two runs differ only where findings do. */
export function writeBaseline(findings: readonly Finding[]): string {
  const rows = findings.map(({ fingerprint, rule, path }) => ({ fingerprint, rule, path }));
  rows.sort(
    (a, b) =>
      a.path.localeCompare(b.path) || a.rule.localeCompare(b.rule) || a.fingerprint.localeCompare(b.fingerprint),
  );
  return `${JSON.stringify({ version: 1, findings: rows }, null, 2)}\n`;
}
