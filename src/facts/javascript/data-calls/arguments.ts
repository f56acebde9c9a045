import type { Link } from '../chain.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { sqlOf } from './sql-text.ts';

const list =
  /\b(?:in|hasSome|_in): ?(?!\[\s*\w+\s*\])|\$in\b|\[Op\.in\]|\bIn\(|inArray\(|=\s*ANY\s*\(|\bIN\s*\(\s*[?$:]|VALUES\s*\?|unnest\(|'in',/;

/** The argument asks for a list of keys at once. */
export function isList(source: Source, argument: Node): boolean {
  const [from, to] = argument.range;
  return list.test(source.tree.text.slice(from, Math.min(to, from + 2_000)));
}

/** `lrange(key, 0, -1)`, `xrange(key, '-', '+')`, and whatever else ranges from the first to the last. */
export function isWholeRange({ name, args = [] }: Link): boolean {
  if (!/range/i.test(name)) return false;
  const texts = args.map((argument) =>
    argument.type === 'UnaryExpression' ? `-${textOf(argument.argument)}` : textOf(argument),
  );
  // A second pair bounds the first: `ZRANGEBYSCORE key min max LIMIT 0 10`.
  if (/LIMIT/i.test(texts.join(' '))) return false;
  const pairs = texts.slice(0, -1).map((from, i) => `${from} ${texts[i + 1]}`);
  return pairs.some((pair) => pair === '0 -1' || pair === '- +' || pair === '-inf +inf');
}

function textOf(node: Node): string {
  return node.type === 'Literal' ? String(node.value) : '';
}

/** Line of the text that selects, where the call begins above it. */
export function starLine(argument: Node | undefined, sql: string | undefined): { sqlLine?: number } {
  if (!argument || sql === undefined || (argument.type !== 'TemplateLiteral' && argument.type !== 'Literal')) return {};
  const before = sql.slice(0, Math.max(0, sql.search(/\*\s*(?:,|from\b)/i))).split('\n').length - 1;
  return { sqlLine: argument.loc.start.line + (argument.type === 'TemplateLiteral' ? before : 0) };
}

/** Redis, and whatever else ranges over members: the constant parts of the key. */
export function keyOf(source: Source, client: string, link: Link): { key?: string } {
  const [key] = link.args ?? [];
  if (!key || (client !== 'redis' && !isWholeRange(link))) return {};
  const text = sqlOf(source, key);
  return text === undefined ? {} : { key: text.slice(0, 100) };
}

/** `const query = { where }; Model.findAll(query)`: the options decide, wherever they stand. */
export function optionsLine(source: Source, { args = [], node }: Link): { optionsLine?: number } {
  for (const argument of args) {
    if (argument.type !== 'Identifier') continue;
    const { declaration } = source.originOf(argument);
    const line = declaration?.type === 'ObjectExpression' ? declaration.loc.start.line : undefined;
    if (line !== undefined && line < node.loc.start.line && node.loc.start.line - line < 12)
      return { optionsLine: line };
  }
  return {};
}
