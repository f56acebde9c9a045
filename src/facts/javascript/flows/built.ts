import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Node } from '../parse.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { constant, safe, type Value, worst } from './value.ts';

/** `a + b + c` from left to right. */
export function concatenated(node: TSESTree.BinaryExpression): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at: Node = node;
  for (let steps = 0; steps < 200 && at.type === 'BinaryExpression' && at.operator === '+'; steps++) {
    parts.unshift(at.right);
    at = at.left;
  }
  parts.unshift(at);
  return parts;
}

/** The value of a text that is put together from expressions and constant parts. */
export function built(inquiry: Inquiry, node: Node, parts: readonly (Node | string)[]): Value {
  const values = parts.map((part, i) => {
    if (typeof part === 'string') return { ...constant, start: part };
    const value = evaluate(inquiry, part);
    return value.trust === 'parameter' && inquiry.kind === 'sql' && isQuotedName(parts, i)
      ? { ...value, trust: 'unknown' as const }
      : value;
  });
  let start = '';
  for (const value of values) {
    start += value.start;
    if (value.trust !== 'constant') break;
  }
  const found = worst(values);
  if (found.trust === 'constant') return { ...found, start };
  const varying = values.filter((value) => value.trust !== 'constant');
  if (values[0] !== varying[0] && varying.every((value) => value.rooted)) return { ...safe, start };
  const head = varying[0]?.head ?? 'constant';
  return { ...found, built: true, whole: false, start, head, steps: [...found.steps, node.loc.start.line] };
}

/** `"${schema}"."${table}"`, `` \`${column}\` ``: a name, which no driver binds; behind `=` the double quotes are MySQL's, for text. */
function isQuotedName(parts: readonly (Node | string)[], at: number): boolean {
  const before = parts[at - 1];
  const after = parts[at + 1];
  if (typeof before !== 'string' || typeof after !== 'string') return false;
  const quote = before.at(-1);
  if (after[0] !== quote || (quote !== '"' && quote !== '`')) return false;
  return quote === '`' || !/(?:[=<>(,]|\blike|\bvalues|\bin)\s*"$/i.test(before);
}

/** `/path`, `./path`, `?query`: what stays on the host of the base. */
const staysOnHost = /^(?:\/[^/\\]|\/$|\.|\?|#)/;

/** Where a request was sent: a host of ours. */
const asked = /^\w*[rR]eq(?:uest)?\.url$/;
const hostParts = /^(?:origin|host|hostname|protocol|port)$/;

/**
 * `new URL(target, base)`: a path stays on the base's host. For a redirect the base is where we are, whatever the client calls it.
 *
 * @param path what is read from the address: `['searchParams', 'get()']`
 */
export function addressOf(inquiry: Inquiry, [target, base]: readonly Node[], path: readonly string[]): Value {
  if (!target) return constant;
  const value = evaluate(inquiry, target);
  if (!base) {
    const [part = ''] = path;
    if (!asked.test(value.source)) return value;
    if (hostParts.test(part)) return { ...safe, start: value.start };
    // Of what was asked for, the part that whoever makes the link writes freely.
    return /^search/.test(part) ? { ...value, source: `${value.source}.${part}` } : value;
  }
  const stays = value.trust === 'constant' ? !/^\w+:|^\/\//.test(value.start) : staysOnHost.test(value.start);
  if (inquiry.kind === 'redirect') return stays ? safe : value;
  if (inquiry.kind === 'url' && stays) return evaluate(inquiry, base);
  return worst([value, evaluate(inquiry, base)]);
}
