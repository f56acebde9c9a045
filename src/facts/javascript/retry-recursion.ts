import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Retry } from '../code.ts';
import { functionName, isFunction, simpleName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Source } from './source.ts';
import { isWithin, quoted, within } from './within.ts';

/** What is said of a retry wherever it stands. */
export type Stated = Pick<Retry, 'of' | 'limited' | 'paced'>;

/** Words of a pause between two tries. */
export const pausing =
  /(?:sleep|delay|wait(?!ing)|pause|back_?off|setTimeout|setImmediate|throttle|retryAfter)\w{0,30}\s{0,3}\(|\btimers\b/i;
/** A person who is asked again answers differently. */
export const asksSomebody = /\b(?:prompt|ask|question|inquirer|readline|confirm)\b/i;
/** A loop longer than this is no retry; its text is not searched to its end. */
export const maxLength = 10_000;
/** `catch { return load(url) }`: the function calls itself when it failed, with nothing counted and nothing waited for. */
export function recursion(source: Source, call: TSESTree.CallExpression, to: FunctionNode): Stated | undefined {
  if (!isWithin(call, to.body) || functionName(to) === '') return undefined;
  const handler = handlerAround(source, call, to);
  if (!handler) return undefined;
  if (!call.arguments.every((argument) => isOwnParameter(source, argument, to))) return undefined;
  const text = source.tree.text.slice(to.range[0], Math.min(to.range[1], to.range[0] + maxLength));
  if (pausing.test(text) || asksSomebody.test(text)) return undefined;
  return { of: quoted(source.tree, call.callee, 40), limited: false, paced: false };
}

/** Given as the function was given it: with another value, or a count, it is another attempt. */
function isOwnParameter(source: Source, argument: Node, fn: FunctionNode): boolean {
  const name = argument.type === 'SpreadElement' ? argument.argument : argument;
  const binding = name.type === 'Identifier' ? source.tree.bindingOf(name) : undefined;
  if (!binding) return false;
  return fn.params.some((param) => isWithin(binding.at, param)) && !/attempt|retr|tries|count|left/i.test(binding.name);
}

/** The `catch` in which nothing but the call decides that it is made. */
function handlerAround(source: Source, call: Node, to: FunctionNode): Node | undefined {
  for (let at: Node = call; at.parent && at !== to; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression' || parent.type === 'LogicalExpression')
      return undefined;
    if (parent.type === 'SwitchCase') return undefined;
    if (parent.type === 'CatchClause') {
      // An `if` before it may have left.
      const leaves = within(source.tree, 'IfStatement', parent).some(
        (branch) =>
          branch.range[1] < call.range[0] && /\b(?:throw|return)\b/.test(source.tree.text.slice(...branch.range)),
      );
      return leaves ? undefined : parent;
    }
    if (isFunction(at) && at !== to) {
      const caught =
        parent.type === 'CallExpression' && simpleName(parent.callee) === 'catch' && parent.arguments[0] === at;
      return caught ? at : undefined;
    }
  }
  return undefined;
}
