import type { NetworkCall } from '../code.ts';
import { constantText } from './origin.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { hasSpread, propertyOf } from './tree.ts';

const verbs = /^(?:get|post|put|patch|delete|head|request)$/;
/** Position of the options by axios' methods: a body comes before them in the mutating ones. */
const axiosOptions: Readonly<Record<string, number>> = {
  get: 1,
  delete: 1,
  head: 1,
  post: 2,
  put: 2,
  patch: 2,
  request: 0,
};

/** States calls over the network and whether anything ends them. */
export function readNetworkCalls(source: Source, placeOf: PlaceOf): readonly NetworkCall[] {
  const found: NetworkCall[] = [];
  const axiosHasDefault = /axios\.defaults(?:\.\w+)?\s*\.?\s*timeout|setGlobalDispatcher/.test(source.tree.text);
  for (const call of source.tree.of('CallExpression')) {
    const known = clientOf(source, call.callee);
    if (!known) continue;
    const [url] = call.arguments;
    if (!url || url.type === 'SpreadElement') continue;
    const options = call.arguments[known.options];
    found.push({
      ...placeOf(call),
      endLine: call.callee.loc.end.line,
      client: known.client,
      timeout: axiosHasDefault
        ? 'default'
        : timeoutOf(
            options,
            call.arguments.some((argument) => argument.type === 'SpreadElement'),
          ),
      target: targetOf(source, url),
      fate: 'stored',
    });
  }
  return found;
}

function clientOf(source: Source, callee: Node): { client: string; options: number } | undefined {
  const origin = source.originOf(callee);
  if (origin.from === 'global' && origin.text === 'fetch') return { client: 'fetch', options: 1 };
  if (origin.from !== 'import') return undefined;
  const { text } = origin;
  if (text === 'node-fetch' || text === 'cross-fetch' || text === 'undici.fetch')
    return { client: 'fetch', options: 1 };
  const axios = /^axios(?:\.(\w+))?$/.exec(text);
  if (axios) {
    const verb = axios[1];
    if (verb === undefined) return { client: 'axios', options: 1 };
    return verbs.test(verb) ? { client: 'axios', options: axiosOptions[verb] ?? 1 } : undefined;
  }
  const got = /^got(?:\.got)?(?:\.(\w+))?$/.exec(text);
  return got && (got[1] === undefined || verbs.test(got[1])) ? { client: 'got', options: 1 } : undefined;
}

function timeoutOf(options: Node | undefined, spread: boolean): NetworkCall['timeout'] {
  if (spread) return 'unknown';
  if (options === undefined) return 'none';
  if (options.type !== 'ObjectExpression' || hasSpread(options)) return 'unknown';
  const given = ['signal', 'timeout', 'dispatcher', 'agent', 'httpsAgent', 'cancelToken'].some(
    (name) => propertyOf(options, name) !== undefined,
  );
  return given ? 'given' : 'none';
}

function targetOf(source: Source, url: Node): NetworkCall['target'] {
  const start =
    url.type === 'TemplateLiteral'
      ? (url.quasis[0]?.value.cooked ?? '')
      : (constantText(source.tree, url) ??
        (url.type === 'BinaryExpression' ? constantText(source.tree, url.left) : undefined) ??
        '');
  if (/^https?:\/\//.test(start)) return 'absolute';
  if (start.startsWith('/')) return 'relative';
  const first = url.type === 'TemplateLiteral' && start === '' ? url.expressions[0] : url;
  const text = first ? source.tree.text.slice(...first.range) : '';
  return /process\.env|config|[A-Z]{2,}_?(?:URL|HOST|API|BASE|ENDPOINT)|(?:base|api|service|host|webhook|endpoint)\w{0,20}ur[li]\b|\burl\b/i.test(
    text,
  ) && text.length < 200
    ? 'configured'
    : 'unknown';
}
