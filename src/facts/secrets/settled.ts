import { isJavaScript } from '../javascript/parse.ts';
import { isOfAccount } from './account.ts';
import { assignedConfidence } from './assigned-confidence.ts';
import { type Assignment, assignmentsAt } from './assignments.ts';
import { callLiterals } from './call-literals.ts';
import type { Candidate, Line } from './candidate.ts';
import { commandPasswords } from './commands.ts';
import {
  commandConfidence,
  connectionConfidence,
  placedConfidence,
  signingConfidence,
  urlConfidence,
} from './confidence.ts';
import { insertedPasswords } from './inserted.ts';
import { classifyName } from './name.ts';
import { randomNear } from './nearby.ts';
import { pairAt } from './pairs.ts';
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
  for (const at of places.value ?? []) {
    const pair = pairAt(line.path, line.text, line.start, line.line, at);
    if (pair) yield assignedCandidate({ ...pair, nameClass: classifyName(pair.name) }, line);
  }
  for (const assignment of places.name ? assignmentsAt(line.line, places.name, line.bare) : [])
    yield assignedCandidate(assignment, line);
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

function assignedCandidate(assignment: Assignment, { path, line, text, start }: Line): Candidate {
  const { nameClass, value } = assignment;
  const isAccount = nameClass === 'password' && isOfAccount(value, path, text, start);
  const confidence = nameClass === 'none' ? 0 : isAccount ? 0.65 : assignedConfidence(assignment, path, line);
  return {
    rule: 'assigned-secret',
    what: nameClass === 'password' ? 'password' : 'secret',
    value,
    // What documents a function shows how it is called: what a person made up there is an example.
    confidence: isDocumentation(line) && confidence < 0.8 ? Math.min(confidence, 0.5) : confidence,
  };
}

/** Finds random text near a secret's word, in formats where nothing assigns. */
export function nearbySecret({ loose, line, places }: Line): Candidate | undefined {
  if (!loose) return undefined;
  const words = [...(places.name ?? []), ...(places.near ?? [])].sort((a, b) => a - b);
  const random = words.length > 0 ? randomNear(line, words) : undefined;
  return random && { rule: 'assigned-secret', what: 'secret', value: random.value, confidence: 0.6 };
}

function* urlSecrets({ line, places, path }: Line): Iterable<Candidate> {
  const rule = 'credentials-in-url';
  for (const at of places.url ?? []) {
    const found = urlCredentialAt(line, at);
    if (found) yield { rule, what: 'password in a URL', value: found.value, confidence: urlConfidence(found, path) };
  }
  for (const value of places.basic ? basicPasswords(line) : [])
    yield { rule, what: 'password in a Basic header', value, confidence: value.length < 4 ? 0 : 0.8 };
  for (const value of places.option ? commandPasswords(line, places.option) : [])
    yield { rule, what: 'password on a command line', value, confidence: commandConfidence(value, path, line) };
  for (const found of places.source ? sourcePasswords(line) : [])
    yield { rule, what: 'password in a data source name', value: found.value, confidence: urlConfidence(found, path) };
  for (const value of places.pair ? connectionPasswords(line) : [])
    yield { rule, what: 'password in a connection string', value, confidence: connectionConfidence(value, path) };
}
