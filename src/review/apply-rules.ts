import { fingerprintOf } from './fingerprint.ts';
import type { Policy } from './policy.ts';
import type { FileKind, Rule } from './rule.ts';
import { type Fault, type Finding, lessonSlugs, type Severity, type SourceFile } from './types.ts';

/** A file may not bring more findings than this: past it, the file is its own finding. */
const maxMatchesPerRuleAndFile = 50;

/** What the core must know of facts: the rest is between readers and rules. */
export interface FactsOfFile {
  readonly kind: FileKind;
  readonly code?: {
    readonly functions: readonly { readonly name: string; readonly line: number; readonly endLine: number }[];
  };
  /** What comments of other scanners let through: listed like our own. */
  readonly allowed?: readonly { readonly rule: string; readonly line: number; readonly by: string }[];
}

/** With what rules are applied to a file, and what they leave behind. */
export interface Application<F> {
  readonly rules: readonly Rule<F>[];
  readonly policy: Policy;
  readonly faults: Fault[];
  /** How often each identity was seen, over all files: two files may hold the same code in functions of the same name. */
  readonly seen: Map<string, number>;
}

/**
 * What the rules say of a file's changed lines, each with its fingerprint. A rule that throws leaves a Fault in
 * `application.faults`, and the rest goes on.
 */
export function applyRules<F extends FactsOfFile>(
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
          ...(match.because === undefined ? {} : { because: asSentence(match.because) }),
          ...(match.links === undefined ? {} : { links: match.links }),
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

/** Evidence stands alone in some places and after another sentence in others. */
function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function levelOf<F>(rule: Rule<F>, policy: Policy): Severity | 'off' | undefined {
  const slug = lessonSlugs[rule.lesson - 1];
  return policy.rules[rule.id] ?? (slug && policy.lessons[slug]);
}

/** Whether one of the lines from `from` to `to`, both included, is among `lines`. */
export function touches(lines: ReadonlySet<number>, from: number, to: number): boolean {
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
