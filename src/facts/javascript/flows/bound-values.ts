import { constantText } from '../constant-text.ts';
import { unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** A hole of a text, with the text it stands in: `'%${name}%'` is one of the values of `LIKE`. */
export interface Bound {
  readonly value: Node;
  /** Constant text between the quotes, before and after the value. */
  readonly before: string;
  readonly after: string;
  readonly quoted: boolean;
}

/** The texts between values, one more than there are values. */
export interface BoundText {
  readonly texts: readonly string[];
  readonly values: readonly Bound[];
}

/** A template or a sum of texts, taken apart; undefined for everything else. */
export function partsOf(expression: Node): (string | Node)[] | undefined {
  const node = unwrap(expression);
  if (node.type === 'TemplateLiteral')
    return node.quasis.flatMap((quasi, i) => {
      const hole = node.expressions[i];
      return hole ? [quasi.value.cooked ?? '', hole] : [quasi.value.cooked ?? ''];
    });
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : undefined;
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const left = partsOf(node.left) ?? [node.left];
  const right = partsOf(node.right) ?? [node.right];
  return [...left, ...right];
}

/** Where a value may stand in a statement: what a driver binds is no name, no list and no part of the grammar. */
const valuePlace = /(?:[\w")\]]\s*(?:=|<>|!=|<=|>=|<|>)|\b(?:like|ilike))\s*$/i;
const insertPlace = /\bvalues\s*\([^()]*[(,]\s*$|\bvalues\s*\(\s*$/i;
/** A call that already makes SQL of a value, quotes included. */
const makesSql = /\b(?:escape|quote|literal|format|raw|join|ident)\w*\(/i;

/**
 * The values of a statement that a driver could bind, and the text without them and their quotes. Undefined where a part that
 * is not constant stands where no value may, so that binding alone does not cure it.
 */
export function boundText(source: Source, expression: Node): BoundText | undefined {
  const parts = partsOf(expression);
  if (!parts || parts.length > 40) return undefined;
  const texts: string[] = [''];
  const values: Bound[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part === undefined) return undefined;
    if (typeof part === 'string') {
      texts.push(`${texts.pop()}${part}`);
      continue;
    }
    const text = texts.pop() ?? '';
    const next = parts[i + 1];
    const found = boundHole(
      source,
      part,
      texts.map((one) => `${one}?`).join(''),
      text,
      typeof next === 'string' ? next : '',
    );
    if (!found && !isName(source, part)) return undefined;
    if (!found) {
      texts.push(`${text}${hole}${source.tree.text.slice(...part.range)}}`);
      continue;
    }
    const { bound, left, right } = found;
    texts.push(left, '');
    values.push(bound);
    if (typeof next === 'string') parts[i + 1] = right;
  }
  // Two apostrophes around what is left of the text, or none.
  const even = texts.every((text) => (text.split("'").length - 1) % 2 === 0);
  // Several statements take no values.
  const single = !texts.some((text) => /;\s*\S/.test(text));
  return values.length > 0 && even && single ? { texts, values } : undefined;
}

/** Stands for `${` of a hole that stays: a table's name in a constant. */
const hole = '\uE000';

function isName(source: Source, node: Node): boolean {
  const plain = unwrap(node);
  return plain.type === 'Identifier' && constantText(source.tree, plain) !== undefined;
}

function boundHole(
  source: Source,
  value: Node,
  earlier: string,
  text: string,
  next: string,
): { bound: Bound; left: string; right: string } | undefined {
  const code = source.tree.text.slice(...value.range);
  if (code.includes('\n') || code.length > 80 || makesSql.test(code)) return undefined;
  const open = /'([\w%. -]*)$/.exec(text);
  const close = /^([\w%. -]*)'/.exec(next);
  if (open && close) {
    const left = text.slice(0, open.index);
    if (!isPlace(earlier + left)) return undefined;
    const bound = { value, before: open[1] ?? '', after: close[1] ?? '', quoted: true };
    return { bound, left, right: next.slice(close[0].length) };
  }
  if (open || close || !isPlace(earlier + text) || !/^\s*(?:$|[),;]|\s)/.test(next)) return undefined;
  return { bound: { value, before: '', after: '', quoted: false }, left: text, right: next };
}

function isPlace(left: string): boolean {
  return valuePlace.test(left) || insertPlace.test(left);
}

/** How a bound value reads as an argument: the expression itself, or a template with the text that stood beside it. */
export function argumentOf({ tree }: Source, { value, before, after }: Bound): string {
  const code = tree.text.slice(...value.range);
  return before === '' && after === '' ? code : `\`${before}\${${code}}${after}\``;
}

/** A text as a literal of the form that fits it. */
export function literalOf(text: string): string {
  return /['\n\uE000]/.test(text)
    ? `\`${text.replace(/[\\`]|\$\{/g, '\\$&').replaceAll(hole, '${')}\``
    : `'${text.replace(/\\/g, '\\\\')}'`;
}
