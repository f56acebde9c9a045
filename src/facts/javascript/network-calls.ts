import type { NetworkCall } from '../code.ts';
import { constantText } from './constant-text.ts';
import { fateOf } from './fate.ts';
import { hasSpread, isFunction, propertyOf } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

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
  const toldLater = /\.(?:setTimeout|timeout)\(/.test(source.tree.text);
  for (const call of source.tree.of('CallExpression')) {
    const known = clientOf(source, call.callee);
    if (!known) continue;
    const [url] = call.arguments;
    if (!url || url.type === 'SpreadElement') continue;
    const options = call.arguments[known.options];
    // `http` and superagent are told by a later call of the same request.
    if (/^(?:http|superagent)$/.test(known.client) && toldLater) continue;
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
      fate: fateOf(call),
    });
  }
  return found;
}

function clientOf(source: Source, callee: Node): { client: string; options: number } | undefined {
  const origin = source.originOf(callee);
  const { text } = origin;
  if (text === 'fetch' && origin.from === 'global') return { client: 'fetch', options: 1 };
  // A name that nothing declares, as in a fragment, is the library's that everybody calls so.
  const free = origin.from === 'global' && /^(?:axios|got|superagent)\b/.test(text);
  if (origin.from !== 'import' && !free) return undefined;
  if (text === 'node-fetch' || text === 'cross-fetch' || text === 'undici.fetch')
    return { client: 'fetch', options: 1 };
  const axios = /^axios(?:\.(\w+))?$/.exec(text);
  if (axios) {
    const verb = axios[1];
    if (verb === undefined) return { client: 'axios', options: 1 };
    return verbs.test(verb) ? { client: 'axios', options: axiosOptions[verb] ?? 1 } : undefined;
  }
  const got = /^got(?:\.got)?(?:\.(\w+))?$/.exec(text);
  if (got && (got[1] === undefined || verbs.test(got[1]))) return { client: 'got', options: 1 };
  if (/^https?\.(?:get|request)$/.test(text)) return { client: 'http', options: 1 };
  return /^superagent\.(?:get|post|put|patch|del|delete|head)$/.test(text)
    ? { client: 'superagent', options: 9 }
    : undefined;
}

function timeoutOf(options: Node | undefined, spread: boolean): NetworkCall['timeout'] {
  if (spread) return 'unknown';
  if (options === undefined || isFunction(options)) return 'none';
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
