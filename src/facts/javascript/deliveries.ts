import type { Delivery } from '../code.ts';
import type { LoopsOf } from './loops.ts';
import { simpleName } from './nodes.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { quoted, within } from './within.ts';

const delivering =
  /^(?:send|deliver|execute|dispatch|notify|trigger|publish|post|push|invoke|fire)\w*(?:Webhooks?|Hooks?|Emails?|Mails?|Notifications?|Sms|Push|Invites?|Invitations?|Messages?|Alerts?|Subscribers?|Recipients?)$|^notify(?:[A-Z]\w*)?$/;

/** States deliveries, one for each element of a list, that are gathered with `Promise.all` or awaited in a loop. */
export function readDeliveries(source: Source, placeOf: PlaceOf, loops: LoopsOf): readonly Delivery[] {
  return loops.loops.flatMap(({ node, body, over, bounded, form }) => {
    if (bounded || !over || (form !== 'promise-all' && form !== 'for-of')) return [];
    const call = within(source.tree, 'CallExpression', body).find(({ callee }) => {
      const name = simpleName(callee);
      return delivering.test(name);
    });
    if (!call || (form === 'for-of' && call.parent.type !== 'AwaitExpression')) return [];
    const place = placeOf(form === 'for-of' ? call : node);
    return [{ ...place, call: quoted(source.tree, call.callee), over: quoted(source.tree, over) }];
  });
}
