import { readFileSync } from 'node:fs';
import type { ReviewOptions } from './cli-options.ts';
import { builtInPolicy, layPolicy, type Policy, type PolicyLayer, policyPath } from './review/policy.ts';
import { parsePolicyFile } from './review/policy-file.ts';
import type { Snapshot } from './review/types.ts';

/** The command was used in a way that cannot work. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * The base's policy: a file that the change itself touches does not weaken its own review.
 *
 * @throws {UsageError} when the file that `--policy` names cannot be read or has an error
 */
export function policyFor(snapshot: Snapshot, { lessonsUrl, policy }: ReviewOptions): Policy {
  const own = { ...builtInPolicy, lessons_url: lessonsUrl };
  if (policy !== undefined) return layPolicy(own, [readPolicy(policy)]).policy;
  const changed = snapshot.files.find((file) => file.path === policyPath);
  const text = changed ? changed.before : snapshot.context.find((file) => file.path === policyPath)?.text;
  if (text === undefined) return own;
  const parsed = parsePolicyFile(policyPath, text);
  if ('layer' in parsed) return layPolicy(own, [parsed.layer]).policy;
  console.error(`${policyPath}:${parsed.error.line}: ${parsed.error.message}; the built-in policy applies`);
  return own;
}

/** The file that --policy names. It was asked for, so an error in it ends the run. */
function readPolicy(path: string): PolicyLayer {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`the policy file ${path} cannot be read`);
  }
  const parsed = parsePolicyFile(path, text);
  if ('error' in parsed) throw new UsageError(`${path}:${parsed.error.line}: ${parsed.error.message}`);
  return parsed.layer;
}
