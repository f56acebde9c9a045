import type { ParameterRole } from '../handlers/found.ts';
import { from, safe, type Value } from './value.ts';

const requestFields =
  /^(?:body|query|params|headers|cookies|signedCookies|url|originalUrl|hostname|host|files?|rawBody|rawHeaders|payload|nextUrl|path|FormValue|fields|searchParams)$/;
const eventFields =
  /^(?:body|queryStringParameters|multiValueQueryStringParameters|pathParameters|headers|multiValueHeaders|cookies|rawPath|rawQueryString|arguments)$/;
/** Methods of a request object that read input: `req.param('x')`, `c.req.query('q')`, `request.json()`. */
const readers =
  /^(?:param|input|all|only|qs|body|get|header|query|queries|json|text|formData|parseBody|arrayBuffer|blob|valid|FormValue|bodyUsed|params|file|files|parts)$/;
const uploads = /(?:^|\.)files?(?:\.|$)/;
/** What the upload's parser itself says of a stored file: where it put it, under which name of its own, how large it is. */
const ownFields = /^(?:path|filepath|tempFilePath|destination|filename|newFilename|size)$/;
/** `req.payload` is the body in hapi, and the whole system in Payload CMS. */
const ofCms =
  /^(?:config|logger|db|secret|email|jobs|kv|collections|globals|auth|find\w*|create\w*|update\w*|delete\w*|count\w*|login|sendEmail|encrypt|decrypt)(?:\(\))?$/;
const parents = /^(?:req|request)$/;

/** Input that an access path reaches: which part of the request, and whether it is the whole of that part. */
interface Input {
  readonly whole: boolean;
  readonly validated: boolean;
}

/**
 * Whether a path from a handler's parameter reads request input. `path` has `()` after a called name: `['req', 'json()']`.
 */
function inputOf(role: ParameterRole, path: readonly string[]): Input | undefined {
  const [first = '', ...rest] = path;
  switch (role) {
    case 'input':
      return { whole: path.length === 0, validated: false };
    case 'holder':
      return first === 'input' ? { whole: rest.length === 0, validated: false } : undefined;
    case 'event':
      return eventFields.test(first) ? { whole: rest.length === 0, validated: false } : undefined;
    case 'context':
      if (parents.test(first)) return requestPart(rest);
      return /^(?:query|params|headers?|cookies|path|url|querystring|host|hostname)$/.test(first)
        ? { whole: rest.length === 0, validated: false }
        : undefined;
    // `({ request, params })` of Remix and SvelteKit.
    case 'request':
      return requestPart(parents.test(first) ? rest : path);
    default:
      return undefined;
  }
}

function requestPart(path: readonly string[]): Input | undefined {
  const [first = '', ...rest] = path;
  const called = first.endsWith('()');
  const name = called ? first.slice(0, -2) : first;
  if (called)
    return readers.test(name)
      ? {
          whole: rest.length === 0 && /^(?:json|formData|parseBody|text|all|body)$/.test(name),
          validated: name === 'valid',
        }
      : undefined;
  if (name === 'payload' && ofCms.test(rest[0] ?? '')) return undefined;
  // What the configuration says of the address, not whoever asks for it.
  if (name === 'nextUrl' && /^(?:basePath|locale|defaultLocale|domainLocale|buildId)$/.test(rest[0] ?? ''))
    return undefined;
  // `req.path` is normalised by the router and `req.url` starts with a slash, but both are the client's.
  return requestFields.test(name) ? { whole: rest.length === 0, validated: false } : undefined;
}

/** Role of a parameter that is taken apart at once: `({ request })` of Adonis, `({ searchParams })` of a page of Next. */
export function roleOfPattern(file: string, path: readonly string[]): ParameterRole | undefined {
  if (parents.test(path[0] ?? '') && path.length > 1) return 'context';
  return path[0] === 'searchParams' && /(?:^|\/)page\.[jt]sx?$/.test(file) ? 'request' : undefined;
}

/** Role of a name that nothing in sight declares as a handler's parameter. */
export function roleOfName(name: string, path: readonly string[]): ParameterRole | undefined {
  if (/^(?:req|request|httpRequest)$/i.test(name)) return 'request';
  // Many a context has a path or a host of its own.
  if (/^(?:ctx|context)$/.test(name)) return /^(?:path|url|host|hostname)$/.test(path[0] ?? '') ? undefined : 'context';
  if (name === 'c' && path[0] === 'req') return 'context';
  if (name === 'event' && eventFields.test(path[0] ?? '')) return 'event';
  return undefined;
}

/** Calls that read the request of h3, on which Nitro and Nuxt are built: `getQuery(event)`, `await readBody(event)`. */
const h3Readers =
  /^(?:getQuery|readBody|readRawBody|readFormData|readMultipartFormData|getRouterParams?|getCookie|parseCookies|getHeader|getRequestHeader|getRequestURL)$/;

/** Input that a function of the framework reads from its event. */
export function readFromEvent(
  name: string,
  argument: string,
  path: readonly string[],
  line: number,
): Value | undefined {
  if (!h3Readers.test(name) || argument !== 'event') return undefined;
  const whole = path.length === 0 && /^(?:getQuery|read)/.test(name);
  return from('request', [`${name}(event)`, ...path].join('.'), line, whole);
}

/** Request input at the end of a path from a name that is a handler's parameter, or is called like one. */
export function requestInput(
  role: ParameterRole | undefined,
  name: string,
  path: readonly string[],
  line: number,
): Value | undefined {
  const input = role && inputOf(role, path);
  if (!input) return undefined;
  if (uploads.test([name, ...path].join('.')) && ownFields.test(path.at(-1) ?? '')) return safe;
  const text = [name, ...path].join('.').replace(/\.\[\]/g, '[…]');
  return { ...from('request', text, line, input.whole), validated: input.validated };
}
