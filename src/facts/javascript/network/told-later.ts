import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../constant-text.ts';
import { propertyName, propertyOf } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Wait } from './settings.ts';

/** superagent: `request.get(url).timeout(…)`, in one chain or on the name it is kept under. */
export function waitToldLater(source: Source, call: TSESTree.CallExpression): Wait {
  return calledOn(source, call, (name) => name === 'timeout' || name === 'use' || name === 'agent');
}

/**
 * `node:http` tells a request later too: `setTimeout(ms, callback)`, or the option `timeout` together with a listener. The
 * option alone only emits `timeout`; nothing ends the request (Node's documentation of `http.request`).
 */
export function waitOfNode(source: Source, call: TSESTree.CallExpression, options: Node | undefined, wait: Wait): Wait {
  if (wait === 'unknown') return wait;
  const later = calledOn(
    source,
    call,
    (name, first) => name === 'setTimeout' || (/^(?:on|once)$/.test(name) && first === 'timeout'),
  );
  if (later !== 'none') return later;
  const others = ['signal', 'agent'].some((name) => propertyOf(options, name));
  return wait === 'given' && (others || options?.type !== 'ObjectExpression') ? wait : 'none';
}

/** Whether a call of a kind is made on what a request gives: down its chain, or on its name; `unknown` where it is handed on. */
function calledOn(source: Source, call: Node, wanted: (name: string, first: string | undefined) => boolean): Wait {
  let at: Node = call;
  while (
    at.parent?.type === 'MemberExpression' &&
    at.parent.object === at &&
    at.parent.parent.type === 'CallExpression'
  ) {
    const next: TSESTree.CallExpression = at.parent.parent;
    if (isWanted(source, next, at.parent, wanted)) return 'given';
    at = next;
  }
  const { parent } = at;
  if (
    parent?.type === 'ReturnStatement' ||
    parent?.type === 'ArrowFunctionExpression' ||
    parent?.type === 'CallExpression'
  )
    return at === call ? 'unknown' : 'none';
  const name =
    parent?.type === 'VariableDeclarator'
      ? parent.id
      : parent?.type === 'AssignmentExpression'
        ? parent.left
        : undefined;
  if (name === undefined) return 'none';
  if (name.type !== 'Identifier') return 'unknown';
  const binding = source.tree.bindingOf(name);
  if (!binding) return 'unknown';
  let handedOn = false;
  for (const use of source.tree.referencesOf(binding)) {
    if (use === name) continue;
    const member = use.parent;
    if (member.type !== 'MemberExpression' || member.object !== use) {
      handedOn ||= member.type !== 'AssignmentExpression' && member.type !== 'AwaitExpression';
    } else if (member.parent.type === 'CallExpression' && isWanted(source, member.parent, member, wanted))
      return 'given';
  }
  return handedOn ? 'unknown' : 'none';
}

function isWanted(
  source: Source,
  call: TSESTree.CallExpression,
  member: TSESTree.MemberExpression,
  wanted: (name: string, first: string | undefined) => boolean,
): boolean {
  const [first] = call.arguments;
  return call.callee === member && wanted(propertyName(member) ?? '', first && constantText(source.tree, first));
}
