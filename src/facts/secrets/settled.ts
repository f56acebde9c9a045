import { isJavaScript } from '../javascript/parse.ts';
import { isOfAccount } from './account.ts';
import { assignedConfidence } from './assigned-confidence.ts';
import { type Assignment, assignmentsAt } from './assignments.ts';
import { callLiterals } from './call-literals.ts';
import type { Candidate, Line } from './candidate.ts';
import { commandPasswords } from './commands.ts';
import {
  basicConfidence,
  commandConfidence,
  connectionConfidence,
  placedConfidence,
  signingConfidence,
  urlConfidence,
} from './confidence.ts';
import { isSaltOfHash } from './hash-parts.ts';
import { insertedPasswords } from './inserted.ts';
import { classifyName } from './name.ts';
import { randomNear } from './nearby.ts';
import { pairAt } from './pairs.ts';
import { isRandom } from './random.ts';
import { rowsBelow, type TableValue } from './rows.ts';
import { isDocumentation } from './shown.ts';
import { directivePassword, statementPasswords } from './statements.ts';
import { basicPasswords, connectionPasswords, sourcePasswords, urlCredentialAt } from './urls.ts';

/** Finds what only its setting proves: URLs, options, assignments, arguments, random text near a secret's word. */
export function* settledSecrets(line: Line): Iterable<Candidate> {
  const { places } = line;
  if (places.url || places.basic || places.option || places.pair || places.source) yield* urlSecrets(line);
  if (places.call) yield* callSecrets(line, places.call);
  const directed = places.name && directivePassword(line.path, line.line);
  const stated = places.statement ? [...statementPasswords(line.line), ...insertedPasswords(line.line)] : [];
  for (const value of directed ? [...stated, directed] : stated)
    yield { rule: 'assigned-secret', what: 'password', value, confidence: placedConfidence(value) };
  for (const cell of places.statement ? rowsBelow(line.text, line.end, line.line) : []) yield tabledSecret(cell);
  for (const at of places.value ?? []) {
    const pair = pairAt(line.path, line.text, line.start, line.line, at);
    if (pair) yield assignedCandidate({ ...pair, nameClass: classifyName(pair.name) }, line);
  }
  for (const assignment of places.name ? assignmentsAt(line.line, places.name, line.bare) : [])
    yield assignedCandidate(assignment, line);
}

/** A password or a key in a column that says so. */
export function tabledSecret({ value, at, isToken }: TableValue): Candidate {
  const confidence = isToken && !isRandom(value) ? 0 : placedConfidence(value);
  return { rule: 'assigned-secret', what: isToken ? 'secret' : 'password', value, confidence, declaredAt: at };
}

function* callSecrets({ path, line, text }: Line, places: readonly number[]): Iterable<Candidate> {
  for (const { kind, value, declaredAt } of callLiterals(line, places, text)) {
    // In JavaScript the syntax tells which declaration a name means.
    if (declaredAt !== undefined && isJavaScript(path)) continue;
    yield {
      rule: 'assigned-secret',
      what: kind === 'key' ? 'signing key' : 'password',
      value,
      confidence: kind === 'key' ? signingConfidence(value) : placedConfidence(value),
      ...(declaredAt === undefined ? {} : { declaredAt }),
    };
  }
}

/** The token of a badge shows the badge. */
const badge = /https?:\/\/[^\s"'()<>]{0,300}\bbadges?\b[^\s"'()<>]{0,300}$/i;
const maxUrl = 400;

function isOfBadge(line: string, at: number): boolean {
  return badge.test(line.slice(Math.max(0, at - maxUrl), at));
}

function assignedCandidate(assignment: Assignment, { path, line, text, start }: Line): Candidate {
  const { name, nameClass, value, at } = assignment;
  const isAccount = nameClass === 'password' && isOfAccount(value, path, text, start);
  const confidence =
    nameClass === 'none' || isSaltOfHash(name, text, start) || isOfBadge(line, at)
      ? 0
      : isAccount
        ? 0.65
        : assignedConfidence(assignment, path, line);
  return {
    rule: 'assigned-secret',
    what: nameClass === 'password' ? 'password' : 'secret',
    value,
    // What documents a function shows how it is called: what a person made up there is an example.
    confidence: isDocumentation(line) && confidence < 0.8 ? Math.min(confidence, 0.5) : confidence,
  };
}

/** Finds random text near a secret's word, in formats where nothing assigns. */
export function nearbySecret({ loose, line, places, text, start }: Line): Candidate | undefined {
  if (!loose) return undefined;
  const words = [...(places.name ?? []), ...(places.near ?? [])].sort((a, b) => a - b);
  const random = words.length > 0 ? randomNear(line, words) : undefined;
  if (!random || isOfBadge(line, random.at) || (/salt/i.test(line) && isSaltOfHash('salt', text, start)))
    return undefined;
  return { rule: 'assigned-secret', what: 'secret', value: random.value, confidence: 0.6 };
}

function* urlSecrets({ line, places, path }: Line): Iterable<Candidate> {
  const rule = 'credentials-in-url';
  for (const at of places.url ?? []) {
    const found = urlCredentialAt(line, at);
    if (found) yield { rule, what: 'password in a URL', value: found.value, confidence: urlConfidence(found, path) };
  }
  for (const { value, isUser } of places.basic ? basicPasswords(line) : [])
    yield { rule, what: 'password in a Basic header', value, confidence: basicConfidence(value, isUser, path) };
  for (const value of places.option ? commandPasswords(line, places.option) : [])
    yield { rule, what: 'password on a command line', value, confidence: commandConfidence(value, path, line) };
  for (const found of places.source ? sourcePasswords(line) : [])
    yield { rule, what: 'password in a data source name', value: found.value, confidence: urlConfidence(found, path) };
  for (const value of places.pair ? connectionPasswords(line) : [])
    yield { rule, what: 'password in a connection string', value, confidence: connectionConfidence(value, path) };
}
