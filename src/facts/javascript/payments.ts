import { propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';
import { quoted, within } from './within.ts';

const payments = /^(?:new )?(?:stripe|@paypal\/|paypal|braintree|@adyen\/|@mollie\/|razorpay|square|@square\/)/;
const moving = /^(?:create|capture|refund|confirm|cancel|pay|charge|transfer|void|update|payout)/;
const money = /refund|charge|payment(?!Methods)|transfer|payout|capture|sale|transaction|\borders?\b/i;

/** The call in a block that moves money, as it reads; undefined where none does. */
export function paymentIn(source: Source, block: Node): string | undefined {
  const call = within(source.tree, 'CallExpression', block).find(({ callee }) => {
    if (callee.type !== 'MemberExpression' || !moving.test(propertyName(callee) ?? '')) return false;
    const { text, from } = source.originOf(callee);
    return (from === 'import' || from === 'type') && payments.test(text) && money.test(text);
  });
  return call && quoted(source.tree, call.callee, 40);
}
