import type { Link } from '../chain.ts';
import { propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';

/** The place of a statement's number of rows: `$2`, `?`, or undefined where the number stands in the text. */
const placed = /\blimit\s+(?:\?\s*,\s*)?(\$(\d{1,3})|\?)/i;

/** Whether a statement bounds its rows by a number or a condition. */
export function isLimited(sql: string): boolean {
  return /\b(?:limit|fetch\s+(?:first|next)|top\s{0,9}\(?\s{0,9}\d)/i.test(sql);
}

/** The expression that gives a statement its number of rows; undefined where it is a constant, or cannot be told. */
export function limitValue(link: Link, sql: string): Node | undefined {
  const [first, second] = link.args ?? [];
  const text = first && unwrap(first);
  const template = text?.type === 'TaggedTemplateExpression' ? text.quasi : text;
  if (template?.type === 'TemplateLiteral' && template.expressions.length > 0) {
    const at = template.quasis.findIndex(({ value }) => /\blimit\s+$/i.test(value.raw));
    return at < 0 ? undefined : template.expressions[at];
  }
  const match = placed.exec(sql);
  const given = text?.type === 'ObjectExpression' ? propertyOf(text, 'values') : second;
  const values = given && unwrap(given);
  if (!match || values?.type !== 'ArrayExpression') return undefined;
  const position =
    match[2] === undefined ? sql.slice(0, match.index + match[0].length).split('?').length - 2 : Number(match[2]) - 1;
  return values.elements[position] ?? undefined;
}
