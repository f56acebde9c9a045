import { coverageOf } from './coverage.ts';
import { fingerprintOf } from './fingerprint.ts';
import { mergeOverlapping } from './merge.ts';
import { pathFilter } from './path-filter.ts';
import type { Policy } from './policy.ts';
import { type Judge, withProvenFixes } from './prove-fix.ts';
import type { FileKind, Rule } from './rule.ts';
import { readSuppressions } from './suppressions.ts';
import {
  type Fault,
  type Finding,
  lessonSlugs,
  type Review,
  type Severity,
  type Snapshot,
  type SourceFile,
  type Suppression,
  type Unread,
} from './types.ts';

const secretsLesson = lessonSlugs.indexOf('secrets') + 1;
/** A file may not bring more findings than this: past it, the file is its own finding. */
const maxMatchesPerRuleAndFile = 50;

/** What the core must know of facts: the rest is between readers and rules. */
interface FactsOfFile {
  readonly kind: FileKind;
  readonly code?: {
    readonly functions: readonly { readonly name: string; readonly line: number; readonly endLine: number }[];
  };
  /** What comments of other scanners let through: listed like our own. */
  readonly allowed?: readonly { readonly rule: string; readonly line: number; readonly by: string }[];
}

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

interface Application<F> {
  readonly rules: readonly Rule<F>[];
  readonly policy: Policy;
  readonly faults: Fault[];
  /** How often each identity was seen, over all files: two files may hold the same code in functions of the same name. */
  readonly seen: Map<string, number>;
}

function applyRules<F extends FactsOfFile>(
  file: SourceFile,
  facts: F,
  { rules, policy, faults, seen }: Application<F>,
): Finding[] {
  const touched = { before: new Set(file.removed), after: new Set(file.added) };
  const texts = { before: file.before?.split('\n') ?? [], after: file.after?.split('\n') ?? [] };
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (!(rule.kinds ?? ['production']).includes(facts.kind)) continue;
    const level = levelOf(rule, policy);
    if (level === 'off') continue;
    try {
      let count = 0;
      for (const match of rule.check(facts)) {
        const side = match.side ?? 'after';
        const endLine = Math.max(match.endLine ?? match.line, match.line);
        const code = match.key ?? texts[side].slice(match.line - 1, endLine).join('\n');
        const within = enclosing(facts, match.line);
        const path = file.previousPath ?? file.path;
        const identity = `${rule.id}\0${within || path}\0${code.replace(/\s+/g, ' ').trim()}`;
        // Counted over all matches, touched or not: a finding keeps its fingerprint when its twin above is old code.
        const occurrence = seen.get(identity) ?? 0;
        seen.set(identity, occurrence + 1);
        if (!match.anywhere && !touches(touched[side], match.line, endLine)) continue;
        if (++count > maxMatchesPerRuleAndFile) break;
        findings.push({
          rule: rule.id,
          lesson: rule.lesson,
          severity: level ?? match.severity ?? rule.severity,
          path: file.path,
          line: match.line,
          endLine,
          side,
          message: rule.summary,
          ...(match.because === undefined ? {} : { because: match.because }),
          ...(match.fix === undefined ? {} : { fix: match.fix }),
          fingerprint: fingerprintOf({ rule: rule.id, path, within, code, occurrence }),
        });
      }
    } catch (error) {
      faults.push({
        path: file.path,
        what: `rule ${rule.id} failed: ${error instanceof Error ? error.name : 'error'}`,
      });
    }
  }
  return findings;
}

function levelOf<F>(rule: Rule<F>, policy: Policy): Severity | 'off' | undefined {
  const slug = lessonSlugs[rule.lesson - 1];
  return policy.rules[rule.id] ?? (slug && policy.lessons[slug]);
}

function touches(lines: ReadonlySet<number>, from: number, to: number): boolean {
  for (let line = from; line <= to; line++) if (lines.has(line)) return true;
  return false;
}

function enclosing(facts: FactsOfFile, line: number): string {
  let name = '';
  let size = Number.POSITIVE_INFINITY;
  for (const fn of facts.code?.functions ?? []) {
    if (fn.name === '' || line < fn.line || line > fn.endLine || fn.endLine - fn.line >= size) continue;
    name = fn.name;
    size = fn.endLine - fn.line;
  }
  return name;
}

function byPlace(a: Finding, b: Finding): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.lesson - b.lesson;
}
