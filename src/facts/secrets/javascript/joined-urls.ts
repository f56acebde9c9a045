import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../../javascript/constant-text.ts';
import { simpleName } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import type { Tree } from '../../javascript/tree.ts';
import { type UrlCredential, urlCredentialAt } from '../urls.ts';
import { literalsOf } from './literals.ts';

/** A URL whose parts are all constants, written apart: `postgres://${user}:${word}@${host}`. */
export function* joinedUrls(tree: Tree): Iterable<UrlCredential & { readonly node: Node }> {
  const joined = [
    ...tree.of('TemplateLiteral').filter(({ expressions }) => expressions.length > 0),
    ...tree.of('BinaryExpression').filter(({ operator, parent }) => operator === '+' && !isSum(parent)),
  ];
  for (const node of joined) {
    if (!tree.text.slice(...node.range).includes('://')) continue;
    const text = constantText(tree, node) ?? '';
    const found = text.includes('://') ? urlCredentialAt(text, text.indexOf('://')) : undefined;
    if (found) yield { ...found, node };
  }
}

const pair = /^[^\s:]{1,80}:([^\s]{4,200})$/;

/** The password of a Basic header that is encoded on the spot: `'Basic ' + btoa('user:word')` (RFC 7617). */
export function* basicHeaders(tree: Tree): Iterable<{ readonly value: string; readonly node: Node }> {
  for (const call of tree.of('CallExpression')) {
    const encoded = encodedBy(call);
    if (!encoded || !/\bbasic\s{0,2}['"`$]/i.test(tree.text.slice(...outermost(call).range))) continue;
    for (const { value, node } of literalsOf(tree, encoded)) {
      const password = pair.exec(value)?.[1];
      if (password) yield { value: password, node };
    }
  }
}

/** What `btoa(x)` and `Buffer.from(x).toString('base64')` encode. */
function encodedBy({ callee, arguments: [first] }: TSESTree.CallExpression): Node | undefined {
  if (simpleName(callee) === 'btoa') return first;
  const isBase64 = first?.type === 'Literal' && first.value === 'base64' && simpleName(callee) === 'toString';
  return isBase64 && callee.type === 'MemberExpression' ? callee.object : undefined;
}

/** The whole text that an expression is a part of. */
function outermost(node: Node): Node {
  let at = node;
  while (at.parent && (isSum(at.parent) || at.parent.type === 'TemplateLiteral')) at = at.parent;
  return at;
}

function isSum(node: Node | undefined): boolean {
  return node?.type === 'BinaryExpression' && node.operator === '+';
}
