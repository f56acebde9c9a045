import { type SecretCall, secretCalls } from './calls.ts';
import { constantIn } from './constants.ts';

/** A literal that a call takes as a password or a key, and where in the text it is written down. */
export interface CallLiteral {
  readonly kind: 'key' | 'password';
  readonly value: string;
  /** Offset in the text of a constant that the call names; absent when the literal is in the call itself. */
  readonly declaredAt?: number;
}

const maxArguments = 600;
const maxBeside = 60;
/** Imports are at the head of a file. */
const maxHead = 5_000;
const aboutTokens = /jsonwebtoken|\bjwt\b|\bjose\b/i;
/** More calls than this in one line are generated. */
const maxCalls = 40;

/**
 * Finds literals given to a call as its key or its password, whatever they are called: `jwt.sign(payload, 'x')`.
 *
 * @param places offsets in the line at which one of the calls' words stands
 * @param text the whole file: what it imports decides what a bare `sign` is, and a constant may hold the literal
 */
export function callLiterals(line: string, places: readonly number[], text: string): CallLiteral[] {
  const found: CallLiteral[] = [];
  const lower = line.toLowerCase();
  for (const at of places.slice(0, maxCalls)) {
    for (const call of secretCalls) {
      if (!lower.startsWith(call.word, at) || !isCall(call, line, at)) continue;
      if (call.ofTokens && !aboutTokens.test(text.slice(0, maxHead))) continue;
      const end = at + call.word.length;
      const given = argumentAt(line.slice(end, end + maxArguments), call.argument);
      const literal = given === undefined ? undefined : literalOf(given, text);
      if (literal && literal.value.length >= 4 && !/\s|\$\{|^-----/.test(literal.value))
        found.push({ kind: call.kind, ...literal });
    }
  }
  return found;
}

function isCall({ word, before, after, exact }: SecretCall, line: string, at: number): boolean {
  if (exact && !line.startsWith(exact, at)) return false;
  if (after && !after.test(line.slice(at + word.length, at + word.length + maxBeside))) return false;
  if (before) return before.test(line.slice(Math.max(0, at - maxBeside), at));
  // `setBasicAuth(` holds the word in a name of several, whose parts begin with a capital or behind a `_`.
  return !/[A-Za-z0-9]/.test(line[at - 1] ?? '') || /[A-Z]/.test(line[at] ?? '');
}

/** The text of the argument at a position, in what follows a call's bracket. */
export function argumentAt(rest: string, position: number): string | undefined {
  let depth = 0;
  let passed = 0;
  let start = 0;
  let quote = '';
  for (let i = 0; i < rest.length; i++) {
    const c = rest[i] as string;
    if (quote !== '') {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
      continue;
    }
    if (c === '"' || c === "'" || c === '`') quote = c;
    else if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}' || c === ',') {
      if (depth === 0) {
        if (passed === position) return rest.slice(start, i).trim();
        if (c !== ',') return undefined;
        passed++;
        start = i + 1;
      } else if (c !== ',') depth--;
    }
  }
  // Ruby needs no brackets: `basic_auth "ci", "x"`.
  return passed === position && quote === '' ? rest.slice(start).trim() : undefined;
}

/** A literal, also as bytes or characters: `b'x'`, `[]byte("x")`, `"x".getBytes(UTF_8)`, `Encoding.UTF8.GetBytes("x")`. */
const whole =
  /^(?:key=|secret=|password=)?(?:new\s)?(?:(?![\w.:]{0,40}(?:[Gg]et(?:String|Env|Value|Secret|Property|OrThrow)?|env|read|load|find|fetch|resolve|lookup|config|secret|setting)\()[\w.:[\]]{1,40}\()?[bBrufN@&]{0,2}(["'`])([^"'`]{1,300})\1(?:\.\w{1,20}\([\w.'"-]{0,40}\))?\)?$/;
const name =
  /^(?:\[\]byte\()?([A-Za-z_]\w{2,60})(?:\.(?:getBytes|toCharArray|encode|as_bytes|as_ref)\([\w.'"-]{0,40}\))?\)?$/;

function literalOf(given: string, text: string): Omit<CallLiteral, 'kind'> | undefined {
  const value = whole.exec(given)?.[2];
  if (value !== undefined) return { value };
  const constant = name.exec(given)?.[1];
  const found = constant === undefined ? undefined : constantIn(text, constant);
  return found && { value: found.value, declaredAt: found.at };
}
