import { buildProject } from './facts/build-project.ts';
import { type Choice, readFacts } from './facts/read.ts';
import { readers } from './facts/readers.ts';
import { schemaOf } from './facts/schemas/reader.ts';
import { holdsSecret, secretsIn } from './facts/secrets/reader.ts';
import { migrationCodeReader } from './facts/sql/migration-code.ts';
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
  const found = review({
    snapshot,
    policy,
    rules: allRules,
    factsOf: (file) => readFacts(file, project, choice),
    mayQuote: (path, text) => !holdsSecret(path, text),
    notesOf: (facts) => readers.flatMap((reader) => reader.notes?.(facts) ?? []),
    ...options,
  });
  return { ...found, findings: [...found.findings, ...burntSecrets(snapshot, policy, found.findings)] };
}

/** What the policy leaves out. `sql` stands for plain SQL and for migrations in code. */
function choiceOf({ languages, paths }: Policy): Choice {
  const off = new Set<string>(Object.entries(languages).flatMap(([id, on]) => (on === false ? [id] : [])));
  if (off.has('sql')) off.add(migrationCodeReader.id);
  return { off, isGenerated: globMatcher(paths.generated) };
}

/**
 * Secrets that one commit added and a later one took away: burnt all the same. They have no line to stand on, so they
 * are in the check only (line 0), with their commit.
 */
function burntSecrets(snapshot: Snapshot, policy: Policy, known: readonly Finding[]): Finding[] {
  const said = new Set(known.map((finding) => finding.fingerprint));
  const burnt = new Map<string, Finding>();
  for (const { commit, path, text } of snapshot.burnt ?? []) {
    for (const fact of secretsIn(path, text)) {
      const rule = allRules.find((candidate) => candidate.id === fact.rule);
      const level = rule && (policy.rules[rule.id] ?? policy.lessons.secrets);
      const fingerprint = fingerprintOf({ rule: fact.rule, path, within: '', code: fact.hash, occurrence: 0 });
      if (!rule || level === 'off' || said.has(fingerprint) || burnt.has(fingerprint)) continue;
      burnt.set(fingerprint, {
        rule: rule.id,
        lesson: rule.lesson,
        severity: level ?? rule.severity,
        path,
        line: 0,
        endLine: 0,
        side: 'before',
        message: rule.summary,
        because: `Commit ${commit.slice(0, 7)} added a ${fact.what} (${fact.mask}) and a later one removed it: it is still in the history, so it must be rotated.`,
        fingerprint,
      });
    }
  }
  return [...burnt.values()];
}
