import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { heldOf } from '../held.ts';
import { propertyOf } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Wait } from './settings.ts';

/** superagent: `request.get(url).timeout(…)`, in one chain or on the name it is kept under. */
export function waitToldLater(source: Source, call: TSESTree.CallExpression): Wait {
  const { calls, leaves, awaited } = heldOf(source, call);
  if (calls.some(({ method }) => /^(?:timeout|use|agent)$/.test(method))) return 'given';
  // What is returned is a promise by then, but for a request that nothing was done with yet.
  return awaited || leaves === 'no' || (leaves === 'returned' && calls.length > 0) ? 'none' : 'unknown';
}

/**
 * `node:http` tells a request later too: `setTimeout(ms, callback)`, or the option `timeout` together with a listener. The
 * option alone only emits `timeout`; nothing ends the request (Node's documentation of `http.request`).
 */
export function waitOfNode(source: Source, call: TSESTree.CallExpression, options: Node | undefined, wait: Wait): Wait {
  if (wait === 'unknown') return wait;
  const { calls, leaves } = heldOf(source, call);
  const ended = calls.some(
    ({ method, first }) => method === 'setTimeout' || (/^(?:on|once)$/.test(method) && first === 'timeout'),
  );
  if (ended) return 'given';
  if (leaves !== 'no' && !(leaves === 'returned' && calls.length > 0)) return 'unknown';
  const others = ['signal', 'agent'].some((name) => propertyOf(options, name));
  return wait === 'given' && (others || options?.type !== 'ObjectExpression') ? wait : 'none';
}
