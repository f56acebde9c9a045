import type { Node } from '../../javascript/parse.ts';
import type { Source } from '../../javascript/source.ts';
import { type Allowance, allowanceOf } from '../allowed.ts';
import { assignedConfidence } from '../assigned-confidence.ts';
import { withoutScheme } from '../assignments.ts';
import type { Baseline } from '../baselines.ts';
import { passwordConfidence, signingConfidence, urlConfidence } from '../confidence.ts';
import { isSaltOfHash } from '../hash-parts.ts';
import { hashOf } from '../mask.ts';
import { classifyName } from '../name.ts';
import { isPublished } from '../published.ts';
import { enough, factOf, type Scan, scanText } from '../scan.ts';
import { classifyValue } from '../value.ts';
import { clientConfidence, clientPasswords } from './client-passwords.ts';
import { importedLiterals } from './imported-literals.ts';
import { basicHeaders, joinedUrls } from './joined-urls.ts';
import { type KeyArgument, keyArguments, mayTakeKeys } from './key-arguments.ts';
import { literalsOf } from './literals.ts';
import { namedValues } from './named-values.ts';
import { type Found, isMinified, isTold } from './repeated.ts';
import { holdsNoSecret, withoutRoles } from './roles.ts';

/**
 * Completes what the lines of a file of JavaScript or TypeScript show by what its syntax shows: which literal reaches a name
 * or a call, over as many lines and names as it takes, and which literals stand where no secret can.
 *
 * @param scanned what the lines show
 * @param wanted 1-based lines to report
 */
export function readSyntax(source: Source, scanned: Scan, wanted: ReadonlySet<number>, known?: Baseline): Scan {
  const facts = withoutRoles(source, scanned.facts);
  // Each line once: a value written down twice is to be taken out twice.
  const seen = new Set(facts.map(({ hash, line }) => `${hash}:${line}`));
  const allowed = new Map(scanned.allowed.map((allowance) => [keyOf(allowance), allowance]));
  for (const candidate of candidatesIn(source)) {
    const { start, end } = candidate.node.loc;
    if (!wanted.has(start.line) || candidate.confidence < enough) continue;
    const place = `${hashOf(candidate.value)}:${start.line}`;
    if (seen.has(place)) continue;
    if (isTold(source, candidate, facts) || isMinified(source, candidate)) continue;
    if (isPublished(candidate.value)) continue;
    seen.add(place);
    const allowance = allowanceOf(candidate, placeOf(source, candidate.node), known);
    if (allowance) allowed.set(keyOf(allowance), allowance);
    else facts.push(factOf({ ...candidate, lines: end.line - start.line + 1 }, start.line));
  }
  return { facts: facts.sort((a, b) => a.line - b.line), allowed: [...allowed.values()] };
}

const keyOf = ({ rule, line, by }: Allowance) => `${rule}:${line}:${by}`;

function* candidatesIn(source: Source): Iterable<Found> {
  yield* namedSecrets(source);
  if (mayTakeKeys(source.tree.text)) yield* keys(source);
  yield* passwords(source);
  const rule = 'credentials-in-url';
  for (const { node, ...url } of joinedUrls(source.tree))
    yield { rule, what: 'password in a URL', node, value: url.value, confidence: urlConfidence(url, source.file.path) };
  for (const { node, value } of basicHeaders(source.tree))
    yield { rule, what: 'password in a Basic header', node, value, confidence: passwordConfidence(value) };
}

function* namedSecrets({ tree, file: { path } }: Source): Iterable<Found> {
  for (const { name, value: given } of namedValues(tree)) {
    const nameClass = classifyName(name);
    if (nameClass === 'none') continue;
    for (const { value: text, node } of literalsOf(tree, given)) {
      const value = withoutScheme(text);
      const isDirect = node.range[0] >= given.range[0] && node.range[1] <= given.range[1];
      // Under another name it takes a name that leaves no doubt; a text for people is none under any.
      if (isSaltOfHash(name, tree.text, node.range[0])) continue;
      if ((!isDirect && nameClass !== 'password' && nameClass !== 'secret') || holdsNoSecret(node)) continue;
      const assignment = { name, nameClass, value, at: 0, quoted: true };
      yield {
        rule: 'assigned-secret',
        what: nameClass === 'password' ? 'password' : 'secret',
        node,
        value,
        confidence: assignedConfidence(assignment, path, tree.text.slice(...node.range)),
      };
    }
  }
}

function* keys(source: Source): Iterable<Found> {
  const rule = 'assigned-secret';
  for (const { value: given, ...argument } of keyArguments(source)) {
    const { what } = argument;
    for (const { value, node } of literalsOf(source.tree, given))
      yield { rule, what, node, value, confidence: keyConfidence(value, argument) };
    yield* exportedKeys(source, given, what, (value) => keyConfidence(value, argument));
  }
}

function* passwords(source: Source): Iterable<Found> {
  const rule = 'assigned-secret';
  for (const { value: given, isLocal } of clientPasswords(source)) {
    for (const { value, node } of literalsOf(source.tree, given))
      yield { rule, what: 'password', node, value, confidence: clientConfidence(value, isLocal) };
    yield* exportedKeys(source, given, 'password', (value) => clientConfidence(value, isLocal));
  }
}

/** What another file exports and this one uses as a key. Spoken of here, unless the change shows it there as well. */
function* exportedKeys(
  source: Source,
  node: Node,
  what: string,
  confidenceOf: (value: string) => number,
): Iterable<Found> {
  for (const { value, source: there } of importedLiterals(source, node)) {
    const { path } = there.file;
    if (source.project.textBefore(path) !== there.tree.text && isFoundIn(there, value)) continue;
    const said = `${what}, a literal that ${path} exports`;
    yield { rule: 'assigned-secret', what: said, node, value, confidence: confidenceOf(value) };
  }
}

/** Whether a value is found in the file that holds it. */
function isFoundIn(source: Source, value: string): boolean {
  const hash = hashOf(value);
  if (scanText(source.file.path, source.tree.text).some((fact) => fact.hash === hash)) return true;
  return Array.from(namedSecrets(source)).some((found) => found.value === value && found.confidence >= enough);
}

function keyConfidence(value: string, { certain, words }: Omit<KeyArgument, 'value'>): number {
  if (value.length < 4 || value.startsWith('-----BEGIN ') || value.includes('\n')) return 0;
  if (certain) return signingConfidence(value);
  const kind = classifyValue(value, '');
  if (kind === 'random') return 0.85;
  return kind === 'password' || kind === 'weak' || (words && kind === 'identifier') ? 0.7 : 0;
}

function placeOf({ tree: { text }, file: { path } }: Source, node: Node) {
  const start = text.lastIndexOf('\n', node.range[0] - 1) + 1;
  const end = text.indexOf('\n', node.range[0]);
  return { path, text, number: node.loc.start.line, start, end: end < 0 ? text.length : end };
}
