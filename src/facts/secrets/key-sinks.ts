/**
 * Calls whose argument is a key, whatever it is called: `jwt.sign(payload, 'x')`, `createHmac('sha256', 'x')`. The number
 * is the argument's position.
 */
const sinks: readonly { readonly call: RegExp; readonly argument: number }[] = [
  {
    call: /\b(?:jwt|jsonwt|jsonwebtoken|jose|JWT|JwtJson|Jwt)\w{0,10}\.(?:sign|verify|encode|decode|signAsync|verifyAsync)\(/g,
    argument: 1,
  },
  { call: /(?<![.\w])(?:sign|verify)(?:JWT|Jwt|Token)?\(/g, argument: 1 },
  { call: /\bcreateHmac\(/g, argument: 1 },
  { call: /\bHMAC(?:256|384|512)\(/g, argument: 0 },
  { call: /\b(?:JWK\.)?asKey\(/g, argument: 0 },
  { call: /\bcookieParser\(/g, argument: 0 },
];
const maxArguments = 600;
/** A bare `sign(…)` is a token's only where the file speaks of JWT. */
const aboutTokens = /jsonwebtoken|\bjwt\b|\bjose\b/i;

/** Finds literals given to a call as its key. `text` is the whole file: what it imports decides what a bare `sign` is. */
export function sinkLiterals(line: string, text: string): string[] {
  const found: string[] = [];
  for (const [index, { call, argument }] of sinks.entries()) {
    for (const match of line.matchAll(call)) {
      if (index === 1 && !aboutTokens.test(text.slice(0, 5_000))) continue;
      const value = literalArgument(line.slice(match.index + match[0].length, match.index + maxArguments), argument);
      if (value !== undefined && value.length >= 4 && !/\s|\$\{|^-----/.test(value)) found.push(value);
    }
  }
  return found;
}

/** The argument at a position, when it is one whole string literal. */
function literalArgument(rest: string, position: number): string | undefined {
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
        if (passed === position) return /^\s{0,20}(["'`])([^"'`]{1,300})\1\s{0,20}$/.exec(rest.slice(start, i))?.[2];
        if (c !== ',') return undefined;
        passed++;
        start = i + 1;
      } else if (c !== ',') depth--;
    }
  }
  return undefined;
}
