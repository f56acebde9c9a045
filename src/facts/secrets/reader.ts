import { kindOf } from '../../review/paths.ts';
import type { SourceFile } from '../../review/types.ts';
import type { Facts } from '../facts.ts';
import { sourceOf } from '../javascript/open-source.ts';
import { isJavaScript } from '../javascript/parse.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import type { SecretFact } from '../secret.ts';
import type { Allowance } from './allowed.ts';
import { baselineOf, baselinePaths } from './baselines.ts';
import { secretFileOf } from './committed-files.ts';
import { readSyntax } from './javascript/read.ts';
import { hashOf } from './mask.ts';
import { enough, type Scan, scan, scanText } from './scan.ts';
import { isDescription, isForShow } from './shown.ts';

/** Where a password without a shape is nearly always an example. */
const lowered = 0.25;
/** From here on a value is one that nobody made up. */
const generated = 0.8;
const pictures = /\.(?:png|jpe?g|gif|svg|ico|webp|woff2?|ttf|eot|pdf|zip|gz|map|snap|wasm)$/i;

/** Scans the added lines of every text file. Lock files and vendored code hold hashes, not secrets: provider tokens only. */
export const secretsReader: Reader = {
  id: 'secrets',
  reads: (path) => !pictures.test(path) && !(baselinePaths as readonly string[]).includes(path),
  read(file, project) {
    const whole = wholeFile(file);
    if (file.after === undefined) return whole ? { secrets: [whole] } : {};
    const { facts, allowed } = scanFile(file, file.after, project);
    const said = worthSaying(facts, file.path);
    return { secrets: whole ? [...said, whole] : said, ...letThrough(allowed) };
  },
  notes: ({ file, baselined = {} }) =>
    Object.entries(baselined).map(([path, count]) => `${file.path}: ${count} known to ${path} of the base branch.`),
  // A baseline that the change makes unreadable would be fetched as the change leaves it: better none.
  wants: ({ tree, unread }) =>
    baselinePaths.filter((path) => (tree?.includes(path) ?? true) && !unread.some((file) => file.path === path)),
};

/** Comments are listed one by one, baselines counted. */
function letThrough(allowed: readonly Allowance[]): Pick<Facts, 'allowed' | 'baselined'> {
  const comments = allowed.filter(({ isBaseline }) => !isBaseline).map(({ rule, line, by }) => ({ rule, line, by }));
  const baselined: Record<string, number> = {};
  for (const { by, isBaseline } of allowed) if (isBaseline) baselined[by] = (baselined[by] ?? 0) + 1;
  return {
    ...(comments.length > 0 ? { allowed: comments } : {}),
    ...(comments.length < allowed.length ? { baselined } : {}),
  };
}

function scanFile(file: SourceFile, text: string, project: Project): Scan {
  const wanted = new Set(file.added);
  const known = baselineOf(project);
  const scanned = scan(file.path, text, wanted, known);
  if (!isJavaScript(file.path)) return scanned;
  const kind = kindOf(file.path);
  if (kind === 'vendored' || kind === 'generated') return scanned;
  try {
    return readSyntax(sourceOf(file, text, project), scanned, wanted, known);
  } catch {
    // What does not parse is said by the reader of the language; the lines speak for themselves.
    return scanned;
  }
}

/** Secrets in a text of a path, all its lines, judged by what kind of file it is. For lines that are in no file any more. */
export function secretsIn(path: string, text: string): readonly SecretFact[] {
  return worthSaying(scanText(path, text), path);
}

/** Whether a text of a path holds what may be a secret, also one that a comment lets through: it is not to be repeated. */
export function holdsSecret(path: string, text: string): boolean {
  const { facts, allowed } = scan(path, text);
  return facts.length > 0 || allowed.length > 0;
}

function worthSaying(facts: readonly SecretFact[], path: string): SecretFact[] {
  if (facts.length === 0) return [];
  const kind = kindOf(path);
  return facts.map((fact) => lower(fact, kind, path)).filter((fact) => fact.confidence >= enough);
}

/** A file that is new and a secret as a whole. It has no value to hash: its path names it. */
function wholeFile(file: SourceFile): SecretFact | undefined {
  if (file.status !== 'added') return undefined;
  const found = secretFileOf(file.path, file.after);
  if (!found || found.confidence < enough) return undefined;
  return { rule: 'committed-secret-file', ...found, line: 1, endLine: 1, mask: '', hash: hashOf(file.path) };
}

/** Keys, tokens and passwords are made for a test; what a provider issued is not, and what its checksum proves real least. */
function confidenceInTest({ rule, provider, confidence }: SecretFact): number {
  if (rule === 'assigned-secret') return Math.min(confidence - lowered, enough);
  if (rule === 'private-key') return Math.min(confidence, enough);
  return rule === 'provider-token' && provider === 'any' ? Math.min(confidence, enough) : confidence;
}

function lower(fact: SecretFact, kind: ReturnType<typeof kindOf>, path: string): SecretFact {
  if (kind === 'vendored' || kind === 'generated')
    return fact.rule === 'provider-token' ? fact : { ...fact, confidence: 0 };
  if (kind === 'test') return { ...fact, confidence: confidenceInTest(fact) };
  // What a manual shows of a token is nearly always one that has expired or that its author made up.
  if (fact.rule === 'provider-token' && fact.provider === 'any' && isForShow(path))
    return { ...fact, confidence: Math.min(fact.confidence, enough) };
  if (fact.rule !== 'assigned-secret') return fact;
  // A manual's random text is an answer that it shows, far more often than it is a leak.
  const isMadeUp = kind === 'docs' || isDescription(path) || (fact.confidence < generated && isForShow(path));
  return isMadeUp ? { ...fact, confidence: Math.min(fact.confidence, enough) } : fact;
}
