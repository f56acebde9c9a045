import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Fix } from '../../review/types.ts';
import { enclosingFunction, hasSpread } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Tree } from './tree.ts';

/** A piece of text to put into the file before the character at an offset, or in the place of those up to `to`. */
export interface Edit {
  readonly at: number;
  readonly to?: number;
  readonly text: string;
}

/**
 * The lines from a node's first to `endLine` as they would read with the edits; undefined where one of them falls
 * outside. Whether the edit cures anything is for the review to prove.
 */
export function repaired(
  tree: Tree,
  node: Node,
  endLine: number,
  wanted: readonly (Edit | undefined)[],
): Fix | undefined {
  const { line, column } = node.loc.start;
  const from = node.range[0] - column;
  let to = from - 1;
  for (let at = line; at <= endLine && to < tree.text.length; at++) {
    const next = tree.text.indexOf('\n', to + 1);
    to = next < 0 ? tree.text.length : next;
  }
  const edits = wanted.filter((one) => one !== undefined);
  if (edits.length < wanted.length || edits.some((edit) => edit.at < from || (edit.to ?? edit.at) > to))
    return undefined;
  let text = '';
  let done = from;
  for (const edit of edits.sort((a, b) => a.at - b.at)) {
    text += tree.text.slice(done, edit.at) + edit.text;
    done = edit.to ?? edit.at;
  }
  return { line, endLine, text: text + tree.text.slice(done, to) };
}

/** Puts a property first into an object literal, in the form its other properties have. */
export function withProperty(object: TSESTree.ObjectExpression, property: string): Edit | undefined {
  // What is spread later would win over it.
  if (hasSpread(object)) return undefined;
  const at = object.range[0] + 1;
  const [first] = object.properties;
  if (!first) return { at, text: ` ${property} ` };
  return first.loc.start.line === object.loc.start.line
    ? { at, text: ` ${property},` }
    : { at, text: `\n${' '.repeat(first.loc.start.column)}${property},` };
}

/** Adds an argument at a position, after `undefined` for those that are left out before it; undefined where one stands there. */
export function withArgument(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  position: number,
  text: string,
): Edit | undefined {
  const given = call.arguments;
  if (given.length > position || given.some((argument) => argument.type === 'SpreadElement')) return undefined;
  const missing = Array.from({ length: position - given.length }, () => 'undefined');
  const last: Node | undefined = given.at(-1);
  const all = [...missing, text].join(', ');
  return last ? { at: last.range[1], text: `, ${all}` } : { at: call.range[1] - 1, text: all };
}

/** `f()` → `await f()`, in parentheses where what stands around would take it apart; none where nothing may be awaited. */
export function awaited(node: Node): readonly Edit[] | undefined {
  const fn = enclosingFunction(node);
  if (!fn?.async || fn.generator) return undefined;
  const [at, to] = node.range;
  const bare =
    /^(?:ExpressionStatement|VariableDeclarator|ReturnStatement|ArrowFunctionExpression|If|While|DoWhile)/.test(
      node.parent?.type ?? '',
    );
  return bare
    ? [{ at, text: 'await ' }]
    : [
        { at, text: '(await ' },
        { at: to, text: ')' },
      ];
}
