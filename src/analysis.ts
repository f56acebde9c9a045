import { buildProject } from './facts/build-project.ts';
import { type Choice, readFacts } from './facts/read.ts';
import { readers } from './facts/readers.ts';
import { schemaOf } from './facts/schemas/reader.ts';
import { holdsSecret, secretsIn } from './facts/secrets/reader.ts';
import { migrationCodeReader } from './facts/sql/migration-code.ts';
import { linksOf } from './lessons/07-secrets/secret-links.ts';
import { allRules } from './lessons/rules.ts';
import { fingerprintOf } from './review/fingerprint.ts';
import { globMatcher } from './review/path-filter.ts';
import type { Policy } from './review/policy.ts';
import { review } from './review/review.ts';
import type { Finding, Review, Snapshot } from './review/types.ts';

/** Snapshot → review: the pure middle of every path through the program, wired with all languages and all rules. */
export function analyse(snapshot: Snapshot, policy: Policy, options: { onFile?: (path: string) => void } = {}): Review {
  const project = buildProject(snapshot, schemaOf);
  const choice = choiceOf(policy);
  const alive = new Set<string>();
  const found = review({
    snapshot,
    policy,
    rules: allRules,
    factsOf: (file) => {
      const read = readFacts(file, project, choice);
      for (const { hash } of read.facts.secrets) alive.add(hash);
      return read;
    },
    mayQuote: (path, text) => !holdsSecret(path, text),
    notesOf: (facts) => readers.flatMap((reader) => reader.notes?.(facts) ?? []),
    ...options,
  });
  return { ...found, findings: [...found.findings, ...burntSecrets(snapshot, policy, alive)] };
}

/** What the policy leaves out. `sql` stands for plain SQL and for migrations in code. */
function choiceOf({ languages, paths }: Policy): Choice {
  const off = new Set<string>(Object.entries(languages).flatMap(([id, on]) => (on === false ? [id] : [])));
  if (off.has('sql')) off.add(migrationCodeReader.id);
  return { off, isGenerated: globMatcher(paths.generated) };
}

/**
 * Secrets that one commit added and a later one took away: burnt all the same. They have no line to stand on, so they
 * are in the check only (line 0), with their commit. One that was only moved is spoken of where it stands now, and one
 * that moved before it went is spoken of once.
 *
 * @param alive hashes of the secrets that the head still holds
 */
function burntSecrets(snapshot: Snapshot, policy: Policy, alive: ReadonlySet<string>): Finding[] {
  const burnt = new Map<string, Finding>();
  for (const { commit, path, text } of snapshot.burnt ?? []) {
    for (const fact of secretsIn(path, text)) {
      const rule = allRules.find((candidate) => candidate.id === fact.rule);
      const level = rule && (policy.rules[rule.id] ?? policy.lessons.secrets);
      if (!rule || level === 'off' || alive.has(fact.hash) || burnt.has(fact.hash)) continue;
      burnt.set(fact.hash, {
        rule: rule.id,
        lesson: rule.lesson,
        severity: level ?? rule.severity,
        path,
        line: 0,
        endLine: 0,
        side: 'before',
        message: rule.summary,
        ...linksOf(fact),
        because: `Commit ${commit.slice(0, 7)} added a ${fact.what} (${fact.mask}) and a later one removed it: it is still in the history, so it must be rotated.`,
        fingerprint: fingerprintOf({ rule: fact.rule, path, within: '', code: fact.hash, occurrence: 0 }),
      });
    }
  }
  return [...burnt.values()];
}
