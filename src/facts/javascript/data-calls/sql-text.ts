import { constantText } from '../constant-text.ts';
import { propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** What stands in the text where a value is put in. */
export const hole = '?';
const maxLength = 20_000;

/** Text of a statement with `?` where values are put in; undefined where nothing of it is constant. */
export function sqlOf(source: Source, argument: Node | undefined, depth = 0): string | undefined {
  if (!argument || depth > 8) return undefined;
  const node = unwrap(argument);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? node.value.slice(0, maxLength) : undefined;
    case 'TemplateLiteral':
      return node.quasis
        .map(({ value }, i) => {
          const expression = node.expressions[i];
          return value.cooked + (expression ? (constantText(source.tree, expression) ?? hole) : '');
        })
        .join('')
        .slice(0, maxLength);
    case 'TaggedTemplateExpression':
      return sqlOf(source, node.quasi, depth + 1);
    case 'BinaryExpression': {
      if (node.operator !== '+') return undefined;
      const left = sqlOf(source, node.left, depth + 1);
      const right = sqlOf(source, node.right, depth + 1);
      return left === undefined && right === undefined ? undefined : (left ?? hole) + (right ?? hole);
    }
    case 'ObjectExpression':
      return sqlOf(source, propertyOf(node, 'text') ?? propertyOf(node, 'sql'), depth + 1);
    case 'Identifier': {
      const binding = source.tree.bindingOf(node);
      const init =
        binding?.kind === 'const' && binding.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
      return init ? sqlOf(source, init, depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}

/** The statement without what only looks like SQL: comments, quoted texts and PostgreSQL's dollar quotes. */
export function bareSql(sql: string): string {
  let bare = '';
  let at = 0;
  while (at < sql.length) {
    const rest = sql.slice(at, at + 64);
    const skipped = rest.startsWith('--')
      ? '\n'
      : rest.startsWith('/*')
        ? '*/'
        : rest[0] === "'"
          ? "'"
          : /^\$\w*\$/.exec(rest)?.[0];
    if (skipped === undefined) {
      bare += sql[at];
      at++;
      continue;
    }
    const open = rest[0] === "'" ? 1 : skipped.startsWith('$') ? skipped.length : 2;
    const end = sql.indexOf(skipped, at + open);
    if (end < 0) break;
    at = end + skipped.length;
    bare += ' ';
  }
  return bare;
}
