import { enclosingFunction, functionName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const gates =
  /^(?:is|has|can|may|check|verify|validate|allow|authori[sz]e|ensure|require)[A-Z]\w*|(?:authori[sz]ed|allowed|valid|permitted)$/i;

/** `isPrivateAddress`, `hasExpired`: of these a yes is what keeps somebody out. */
const refusals =
  /^(?:is|has|was|must|needs|should)(?:Non|Not|No|Un|In(?:valid|active|secure|ternal)|Dis|Black|Block|Ban|Den|Private|Local|Loopback|Reserved|Restricted|Expir|Revok|Lock|Forbid|Malicious|Suspicious|Danger|Miss|Broken|Stale|Limit|Throttl|Spam|Bot|Error|Fail|Exceed)/;

/** A check that answers yes when it fails to check. */
export function opensGate(source: Source, body: Node, guarded: Node): boolean {
  const fn: FunctionNode | undefined = enclosingFunction(body);
  const name = fn ? functionName(fn).replace(/^.*\./, '') : '';
  if (!gates.test(name) || refusals.test(name)) return false;
  // `isBroken` answers no where all went well.
  const answers = within(source.tree, 'ReturnStatement', guarded).map(({ argument }) => argument);
  if (answers.length > 0 && answers.every((one) => one?.type === 'Literal' && one.value === false)) return false;
  return within(source.tree, 'ReturnStatement', body).some(
    ({ argument, parent }) => argument?.type === 'Literal' && argument.value === true && !isInTry(parent, body),
  );
}

/** What a second attempt in the catch answers is an answer. */
function isInTry(node: Node, body: Node): boolean {
  for (let at: Node | undefined = node; at && at !== body; at = at.parent) if (at.type === 'TryStatement') return true;
  return false;
}
