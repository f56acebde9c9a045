import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Project } from '../project.ts';

/** What a team has already judged with another scanner, at the root of its repository. */
export const baselinePaths = ['.secrets.baseline', '.gitleaksignore'] as const;

/** Says which baseline names this finding, if any. */
export type Baseline = (path: string, value: string, line: number) => (typeof baselinePaths)[number] | undefined;

const detectSecrets = z.object({
  results: z.record(z.string(), z.array(z.object({ hashed_secret: z.string(), is_secret: z.boolean().optional() }))),
});

const read = new WeakMap<Project, Baseline>();

/**
 * Reads the baselines of a repository once, as they stand at the base: what a change writes into them is its author's word
 * on their own secrets. One that cannot be read says nothing.
 */
export function baselineOf(project: Project): Baseline {
  const known = read.get(project);
  if (known) return known;
  const hashes = detectSecretsHashes(project.textBefore('.secrets.baseline'));
  const places = gitleaksPlaces(project.textBefore('.gitleaksignore'));
  const baseline: Baseline = (path, value, line) =>
    places.has(`${path}:${line}`)
      ? '.gitleaksignore'
      : hashes.size > 0 && hashes.has(`${path}:${sha1(value)}`)
        ? '.secrets.baseline'
        : undefined;
  read.set(project, baseline);
  return baseline;
}

/** detect-secrets keeps the SHA-1 of each value, by file; one that its audit calls a secret is not allowed by it. */
function detectSecretsHashes(text: string | undefined): ReadonlySet<string> {
  if (text === undefined) return new Set();
  try {
    const { results } = detectSecrets.parse(JSON.parse(text));
    return new Set(
      Object.entries(results).flatMap(([path, found]) =>
        found.filter(({ is_secret }) => is_secret !== true).map(({ hashed_secret }) => `${path}:${hashed_secret}`),
      ),
    );
  } catch {
    return new Set();
  }
}

/**
 * gitleaks: `path:rule:line`, one a line; the rule's name is its own, so path and line decide. With a commit in front it is
 * about that commit only, which a change under review never is.
 */
function gitleaksPlaces(text: string | undefined): ReadonlySet<string> {
  const places = new Set<string>();
  for (const line of (text ?? '').split('\n')) {
    const found = /^([^#:][^:]{0,400}):[\w-]{1,80}:(\d{1,9})\s{0,9}$/.exec(line.trim());
    if (found) places.add(`${found[1]}:${found[2]}`);
  }
  return places;
}

function sha1(value: string): string {
  return createHash('sha1').update(value).digest('hex');
}
