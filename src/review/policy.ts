import { z } from 'zod';
import { lessonSlugs, severities } from './types.ts';

/** Bounds on what a policy file may hold: it is read on every review. */
const maxGlobs = 200;
const maxGlobLength = 200;

const glob = z.string().min(1).max(maxGlobLength);
const level = z.enum(['off', ...severities]);

const policyShape = {
  lessons: z
    .partialRecord(z.enum(lessonSlugs), level)
    .describe('A whole lesson: off, or the severity of all its rules.'),
  rules: z
    .record(z.string().regex(/^[a-z0-9-]{1,64}$/), level)
    .describe('One rule: off, or its severity. Wins over its lesson.'),
  paths: z
    .strictObject({
      include: z.array(glob).max(maxGlobs).optional().describe('Only these paths are analysed. Empty: all.'),
      exclude: z
        .array(glob)
        .max(maxGlobs)
        .optional()
        .describe('These paths are not analysed; they are counted as excluded.'),
      generated: z
        .array(glob)
        .max(maxGlobs)
        .optional()
        .describe('Further paths that hold generated code: only secrets are looked for.'),
    })
    .describe('Globs, `**` crosses folders.'),
  languages: z.partialRecord(z.enum(['javascript', 'sql', 'schema', 'contract', 'operations', 'secrets']), z.boolean()),
  fail_on: z.enum([...severities, 'never']).describe('The least severity that makes the check fail.'),
  comment_on: z
    .enum([...severities, 'never'])
    .describe('The least severity that is commented on the line; the rest is in the check.'),
  max_comments: z.int().min(0).max(50).describe('Inline comments a review may post; the rest is in the check.'),
  drafts: z
    .enum(['review', 'check-only', 'skip'])
    .describe('What to do on a draft: all, the check without comments, or a neutral check.'),
  resolve_threads: z.boolean().describe('Resolve threads of fixed findings. Needs contents: write.'),
  on_incomplete: z
    .enum(['success', 'neutral', 'failure'])
    .describe('Conclusion when part of the change could not be analysed and nothing else fails the check.'),
  on_error: z.enum(['neutral', 'failure']).describe('Conclusion when Hindsight itself fails.'),
  lessons_url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .describe('Where the lesson pages are, without a slash at the end.'),
  baseline: z
    .string()
    .max(200)
    .regex(/^(?!\/)(?!.*\.\.)/)
    .describe('Path of the baseline file.'),
} as const;

export type PolicyKey = keyof typeof policyShape;
export const policyKeys = Object.keys(policyShape) as PolicyKey[];

const policyObject = z.strictObject(policyShape);
/** One layer of policy as a file holds it: every key is optional, an unknown key is an error. */
export const policyLayerSchema = policyObject.partial().extend({
  enforced: z
    .array(z.enum(policyKeys as [PolicyKey, ...PolicyKey[]]))
    .optional()
    .describe("Organisation's file only: keys that a repository cannot change."),
});

export type Policy = Readonly<z.infer<typeof policyObject>>;
export type PolicyLayer = Readonly<z.infer<typeof policyLayerSchema>>;

/** Where a repository keeps its policy, and an organisation's `.github` repository everybody's. */
export const policyPath = '.github/hindsight.yml';

export const builtInPolicy: Policy = {
  lessons: {},
  rules: {},
  paths: {},
  languages: {},
  fail_on: 'error',
  comment_on: 'warning',
  max_comments: 10,
  drafts: 'review',
  resolve_threads: false,
  on_incomplete: 'success',
  on_error: 'neutral',
  lessons_url: 'http://localhost:3000/lessons',
  baseline: '.github/hindsight-baseline.json',
};

/**
 * Lays policy layers over each other: built-in, organisation, repository. Records merge key by key, lists and scalars
 * replace. A key that an earlier layer enforces is not changed by a later one.
 *
 * @returns the policy, and the keys that a layer tried to change although they are enforced
 */
export function layPolicy(
  base: Policy,
  layers: readonly PolicyLayer[],
): { policy: Policy; refused: readonly string[] } {
  const enforced = new Set<string>();
  const refused: string[] = [];
  let policy: Policy = base;
  for (const { enforced: newlyEnforced, ...layer } of layers) {
    for (const key of policyKeys) {
      const value = layer[key];
      if (value === undefined) continue;
      if (enforced.has(key)) {
        refused.push(key);
        continue;
      }
      policy = { ...policy, [key]: mergeValue(policy[key], value) };
    }
    for (const key of newlyEnforced ?? []) enforced.add(key);
  }
  return { policy, refused };
}

function mergeValue(before: unknown, after: unknown): unknown {
  const records = [before, after].every(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  return records ? { ...(before as object), ...(after as object) } : after;
}
