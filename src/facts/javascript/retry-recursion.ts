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
/** Words of a count or a clock that ends them. */
export const counting =
  /attempt|retr(?:y|ies)|tries|count|max|limit|deadline|elapsed|Date\.now|remaining|left\b|timeout|[<>]|--|\+\+/i;

/** `catch { return load(url) }`: the function calls itself when it failed, with nothing counted and nothing waited for. */
export function recursion(source: Source, call: TSESTree.CallExpression, to: FunctionNode): Stated | undefined {
  if (!isWithin(call, to.body) || functionName(to) === '') return undefined;
  const handler = handlerAround(source, call, to);
  if (!handler) return undefined;
  const text = source.tree.text.slice(...handler.range).slice(0, maxLength);
  if (asksSomebody.test(source.tree.text.slice(to.range[0], to.range[0] + maxLength))) return undefined;
  const given = call.arguments.map((argument) => source.tree.text.slice(...argument.range)).join(',');
  if (pausing.test(text) || counting.test(given) || /[+-]\s*1\b|depth/.test(given)) return undefined;
  return { of: quoted(source.tree, call.callee, 40), limited: false, paced: false };
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
