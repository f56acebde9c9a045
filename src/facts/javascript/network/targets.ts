import type { NetworkCall } from '../../code.ts';
import { constantText } from '../constant-text.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** Names that stand for an address somebody configured. */
const configured =
  /process\.env|config|[A-Z]{2}_?(?:URL|HOST|API|BASE|ENDPOINT)|(?:base|api|service|host|webhook|endpoint)\w{0,20}ur[li]\b|\burl\b/i;

/** Where a request goes, as far as its address says; the machine itself counts as `relative`. */
export function targetOf(source: Source, address: Node): NetworkCall['target'] {
  const start =
    address.type === 'TemplateLiteral'
      ? (address.quasis[0]?.value.cooked ?? '')
      : (constantText(source.tree, address) ??
        (address.type === 'BinaryExpression' ? constantText(source.tree, address.left) : undefined) ??
        '');
  if (/^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?:[:/]|$)/.test(start)) return 'relative';
  if (/^https?:\/\//.test(start)) return 'absolute';
  if (start.startsWith('/')) return 'relative';
  const first = address.type === 'TemplateLiteral' && start === '' ? address.expressions[0] : address;
  const text = first ? source.tree.text.slice(...first.range) : '';
  return configured.test(text) && text.length < 200 ? 'configured' : 'unknown';
}

/** The host in the options of a `node:http` request. */
export function hostOf(source: Source, host: Node): NetworkCall['target'] {
  const text = constantText(source.tree, host);
  if (text === undefined) return 'configured';
  return /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1)?$/.test(text) ? 'relative' : 'absolute';
}
