import { applyRules, type FactsOfFile, touches } from './apply-rules.ts';
import { coverageOf } from './coverage.ts';
import { mergeOverlapping } from './merge.ts';
import { pathFilter } from './path-filter.ts';
import type { Policy } from './policy.ts';
import { type Judge, withProvenFixes } from './prove-fix.ts';
import type { Rule } from './rule.ts';
import { readSuppressions } from './suppressions.ts';
import {
  type Fault,
  type Finding,
  lessonSlugs,
  type Review,
  type Snapshot,
  type SourceFile,
  type Suppression,
  type Unread,
} from './types.ts';

const secretsLesson = lessonSlugs.indexOf('secrets') + 1;

interface ReviewInput<F extends FactsOfFile> {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly rules: readonly Rule<F>[];
  readonly factsOf: (file: SourceFile) => { facts: F; faults: readonly Fault[]; analysed: boolean };
  readonly notesOf?: (facts: F) => readonly string[];
  /** Whether a text of a file may be shown: it holds no secret. A fix repeats the code around what it changes. */
  readonly mayQuote?: (path: string, text: string) => boolean;
  /** Called before each file, so that whoever watches the clock knows which file took it. */
  readonly onFile?: (path: string) => void;
}

/**
 * Decides what there is to say of a snapshot. Pure: same snapshot, same policy, same review. A rule that throws becomes
 * a Fault and the rest goes on.
 */
export function review<F extends FactsOfFile>(input: ReviewInput<F>): Review {
  const { snapshot, policy } = input;
  const findings: Finding[] = [];
  const faults: Fault[] = [];
  const unread: Unread[] = [...snapshot.unread];
  const suppressions: Suppression[] = [];
  const notes: string[] = [];
  const analysed: SourceFile[] = [];
  const seen = new Map<string, number>();
  const included = pathFilter(policy.paths);
  for (const file of snapshot.files) {
    if (!included(file.path)) {
      unread.push({ path: file.path, reason: 'excluded by the policy' });
      continue;
    }
    input.onFile?.(file.path);
    const stated = input.factsOf(file);
    faults.push(...stated.faults);
    if (stated.analysed) analysed.push(file);
    else unread.push({ path: file.path, reason: 'no reader for this kind of file' });
    notes.push(...(input.notesOf?.(stated.facts) ?? []));
    const found = withProvenFixes(
      file,
      applyRules(file, stated.facts, { rules: input.rules, policy, faults, seen }),
      (edited) => judge(edited, input),
    ).map((finding, _index, all) => withoutSecret(finding, all, input));
    const written = readSuppressions(file);
    const used = new Set<number>();
    for (const finding of found) {
      const by = written.findIndex((s) => s.covers(finding));
      if (by >= 0) used.add(by);
      else findings.push(finding);
    }
    const added = new Set(file.added);
    for (const [i, { line, rule, reason, range }] of written.entries()) {
      // On lines that did not change nothing is looked for, so nothing can be said of what they would have ignored.
      if (!used.has(i) && !added.has(line) && !touches(added, ...range)) continue;
      suppressions.push({ path: file.path, line, rule, reason, used: used.has(i), addedHere: added.has(line) });
    }
    for (const { line, rule, by } of stated.facts.allowed ?? []) {
      suppressions.push({ path: file.path, line, rule, reason: by, used: true, addedHere: added.has(line) });
    }
  }
  return {
    findings: mergeOverlapping(findings).sort(byPlace),
    faults,
    coverage: coverageOf(snapshot, analysed, unread),
    suppressions,
    notes,
  };
}

/** A finding without a fix that would repeat a secret: comments show fixes, and so do machines' formats. */
function withoutSecret<F extends FactsOfFile>(
  finding: Finding,
  all: readonly Finding[],
  { mayQuote }: ReviewInput<F>,
): Finding {
  const { fix, ...rest } = finding;
  if (!fix) return finding;
  const isBeside = all.some(
    ({ lesson, side, line, endLine }) =>
      lesson === secretsLesson && side === 'after' && line <= fix.endLine && endLine >= fix.line,
  );
  return isBeside || mayQuote?.(finding.path, fix.text) === false ? rest : finding;
}

/** What an edited file would bring: counted apart, so that a trial leaves no trace in the review. */
function judge<F extends FactsOfFile>(file: SourceFile, { factsOf, rules, policy }: ReviewInput<F>): ReturnType<Judge> {
  const { facts, faults } = factsOf(file);
  const failed: Fault[] = [...faults];
  const findings = applyRules(file, facts, { rules, policy, faults: failed, seen: new Map() });
  return { findings, readable: failed.length === 0 };
}

function byPlace(a: Finding, b: Finding): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.lesson - b.lesson;
}
