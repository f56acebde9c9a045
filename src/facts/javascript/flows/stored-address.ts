import { enclosingFunction } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Value } from './value.ts';

/** Addresses that users leave to be called later, by the names they go by everywhere. */
const left =
  /(?:^|\.)(?:web_?)?hook(?:Config|Subscription|Endpoint)?\.(?:url|uri|endpoint|targetUrl|target_url|callbackUrl|address)$|\.(?:webhookUrl|webhook_url)$/i;
/** Whatever asks where an address leads, anywhere in the function. */
const asked =
  /ssrf|private|internal|blocked|allow|denied|safe|valid(?:at|Ur)|assert|dns|lookup|agent|dispatcher|proxy|filter|guard|hostname/i;

/** A webhook's address as it was stored, called by a function in which nothing asks where it leads. */
export function isStoredAddress(source: Source, call: Node, value: Value): boolean {
  if (value.built || value.trust === 'constant' || value.trust === 'safe' || !left.test(value.source)) return false;
  const fn = enclosingFunction(call);
  return !asked.test(fn ? source.tree.text.slice(...fn.range) : source.tree.text);
}
