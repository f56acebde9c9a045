import type { Node } from '../../javascript/parse.ts';
import type { Source } from '../../javascript/source.ts';
import type { SecretFact } from '../../secret.ts';
import type { Candidate } from '../candidate.ts';
import { hashOf } from '../mask.ts';
import { longCode } from '../scan.ts';
import { literalsOf } from './literals.ts';

/** A candidate, and the node that writes it down. */
export type Found = Candidate & { readonly node: Node };

/** `Bearer ${key}` and `${key}-old` put together what is written, and told, where `key` is declared. */
export function isTold({ tree }: Source, { node, value }: Found, facts: readonly SecretFact[]): boolean {
  if (tree.text.slice(...node.range).includes(value)) return false;
  const parts =
    node.type === 'TemplateLiteral'
      ? node.expressions
      : node.type === 'BinaryExpression'
        ? [node.left, node.right]
        : [];
  const values = [value, ...parts.flatMap((part) => literalsOf(tree, part).map((literal) => literal.value))];
  const hashes = new Set(values.map(hashOf));
  return facts.some(({ hash }) => hashes.has(hash));
}

/** What a bundler wrote gives names of one letter, and words, to everything: only URLs and shapes say something there. */
export function isMinified({ tree: { text } }: Source, { node, rule }: Found): boolean {
  const start = text.lastIndexOf('\n', node.range[0] - 1);
  const end = text.indexOf('\n', node.range[0]);
  return rule === 'assigned-secret' && (end < 0 ? text.length : end) - start > longCode;
}
