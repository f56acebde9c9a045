import { constantText } from '../constant-text.ts';
import { enclosingFunction, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { CallSite, Sink } from './sink.ts';
import { isStoredAddress } from './stored-address.ts';
import type { Value } from './value.ts';

const clients =
  /^(?:new )?(?:axios|got|ky|needle|request|request-promise(?:-native)?|node-fetch|undici|superagent|cross-fetch|isomorphic-fetch|phin|bent|wreck|@hapi\/wreck|make-fetch-happen|ofetch|@nestjs\/axios|https?)\b(?!.*createServer)/;
const requests =
  /^(?:fetch|get|post|put|patch|delete|head|request|stream|open|axios|got|ky|needle|superagent|bent|default|ofetch|\$fetch)$/;
const byName = /^(?:axios|got|ky|needle|request|superagent|undici|httpService|rp)$/;
const browsers = /^(?:goto|navigate)$/;
const responses = /^(?:res|response|reply|ctx|context|c|_res|h|status\(\)|code\(\)|NextResponse|Response|redirect)$/i;

/** Places that take a URL: requests that leave the server, and answers that send the client on. */
export function addressSinks(source: Source, call: CallSite): readonly Sink[] {
  return [...requestSinks(source, call), ...redirectSinks(source, call), ...headerSinks(source, call)];
}

function requestSinks(source: Source, call: CallSite): readonly Sink[] {
  const [first] = call.args;
  if (!first || first.type === 'SpreadElement' || call.isNew) return [];
  const { name, origin, receiver, free } = call;
  const sink = { kind: 'url' as const, label: call.label, at: call.node };
  const client =
    (origin === 'fetch' && name === 'fetch') ||
    (clients.test(origin) && requests.test(call.name)) ||
    (clients.test(origin) && /^[\w@/-]+$/.test(origin)) ||
    (byName.test(receiver) && requests.test(name) && (free || call.imported)) ||
    (free && /^(?:axios|got|needle|request)$/.test(name));
  const renderer =
    (browsers.test(name) && /page|tab|frame/i.test(receiver)) ||
    /^(?:wkhtmltopdf|wkhtmltoimage)(?:\.generate)?$/.test(origin) ||
    /^html-pdf\.create$|\.setContent$/.test(origin);
  if (renderer) return [{ ...sink, target: first, accepts: (value) => value.trust === 'request' && !value.validated }];
  if (!client) return [];
  const options = unwrap(first);
  const target =
    propertyOf(options, 'url') ??
    propertyOf(options, 'uri') ??
    propertyOf(options, 'host') ??
    propertyOf(options, 'hostname');
  const base = propertyOf(options, 'baseURL');
  const accepts = (value: Value) => choosesHost(value) || isStoredAddress(source, call.node, value);
  return [target ?? first, ...(base ? [base] : [])].map((part) => ({ ...sink, target: part, accepts }));
}

/** What a server is asked for begins with a slash; where such a `url` has a host, the object is on its way out. */
const ownPath = /^(?:\w*[rR]eq(?:uest)?|ctx)(?:\.req(?:uest)?)?\.(?:originalUrl|url|path|baseUrl)$/;

/** The client decides where a request goes: nothing constant fixes the host before what it gives. */
function choosesHost(value: Value): boolean {
  if (value.trust !== 'request' || ownPath.test(value.source)) return false;
  return value.built ? !fixesHost(value.start) && value.head === 'request' : true;
}

/** `https://api.example.com/`, `/path`, `./x`: the host is settled. */
function fixesHost(start: string): boolean {
  return /^\w+:\/\/[^/?#]+|^\/\/[^/]|^\/[^/\\]|^\.{1,2}\//.test(start);
}

function redirectSinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, receiver, origin, args } = call;
  const redirects =
    (name === 'redirect' &&
      (responses.test(receiver) ||
        /^next\/navigation\.redirect$|^@sveltejs\/kit\.redirect$|^(?:@remix-run\/\w+|react-router)\.redirect$/.test(
          origin,
        ))) ||
    (name === 'sendRedirect' && args.length > 1) ||
    (name === 'location' && /^(?:res|response)$/.test(receiver));
  const header =
    /^(?:set|header|setHeader|append)$/.test(name) &&
    args[0] !== undefined &&
    /^location$/i.test(constantText(source.tree, args[0]) ?? '');
  if (!redirects && !header) return [];
  // `res.redirect(302, url)` and `reply.redirect(url, 302)`.
  const [first, second] = args;
  // `sendRedirect(event, to)` of h3.
  const target =
    header || name === 'sendRedirect' ? second : first && second && typeof literal(first) === 'number' ? second : first;
  if (!target || target.type === 'SpreadElement') return [];
  return [{ kind: 'redirect', label: call.label, at: call.node, target, accepts: leaves }];
}

/** `{ statusCode: 302, headers: { Location: next } }`, `res.writeHead(302, { Location: next })`. */
export function locationSinks(source: Source): readonly Sink[] {
  return source.tree.of('Property').flatMap((property) => {
    if (!/^location$/i.test(propertyName(property) ?? '') || property.parent.type !== 'ObjectExpression') return [];
    const around = property.parent.parent;
    const answer = around.type === 'Property' && propertyName(around) === 'headers' ? around.parent : undefined;
    const inHeaders = (propertyOf(answer, 'statusCode') ?? propertyOf(answer, 'status')) !== undefined;
    const written =
      around.type === 'CallExpression' && /\bwriteHead$/.test(source.tree.text.slice(...around.callee.range));
    if (!inHeaders && !written) return [];
    return [{ kind: 'redirect' as const, label: 'Location', at: property, target: property.value, accepts: leaves }];
  });
}

/** What a link cannot carry: the host that was asked for, cookies, and headers, which a page elsewhere sets none of. */
const notInLinks =
  /\b(?:hostname|host|cookies|signedCookies|headers)\b|\b(?:req|request|ctx|c)\.(?:get|header|cookie)\(/;

/** `request.nextUrl.clone()`: the address that was asked for, on a host of ours, of which a part is then changed. */
const ownAddress = /\bnextUrl(?:\.clone\(\)|\.(?:origin|href|host|protocol))?$/;

function leaves(value: Value): boolean {
  if (value.trust !== 'request' || notInLinks.test(value.source) || ownAddress.test(value.source)) return false;
  return value.built ? value.head === 'request' && !fixesHost(value.start) : true;
}

function literal(node: CallSite['args'][number]): unknown {
  return node.type === 'Literal' ? node.value : undefined;
}

/** The same function lets cookies along. */
function withCredentials(source: Source, node: Node): boolean {
  const fn = enclosingFunction(node);
  return fn !== undefined && /access-control-allow-credentials/i.test(source.tree.text.slice(...fn.range));
}

const policies = /^(?:x-frame-options|content-security-policy|access-control-allow-origin|content-type)$/i;

function headerSinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, receiver, args } = call;
  const [first, second] = args;
  if (
    !/^(?:set|header|setHeader|append)$/.test(name) ||
    !/^(?:res|response|reply|ctx)$/.test(receiver) ||
    !first ||
    !second
  )
    return [];
  const sink = { kind: 'header' as const, label: call.label, at: call.node };
  const header = constantText(source.tree, first);
  if (header === undefined)
    return [{ ...sink, target: first, accepts: (value) => value.trust === 'request' && !value.built }];
  if (/^access-control-allow-origin$/i.test(header))
    return withCredentials(source, call.node)
      ? [{ ...sink, kind: 'origin', target: second, accepts: (value) => value.trust === 'request' && !value.built }]
      : [];
  // Node itself refuses line breaks in a value; what is left is a policy that the client writes.
  if (!policies.test(header) || /^access-control|^content-type/i.test(header)) return [];
  return [{ ...sink, target: second, accepts: (value) => value.trust === 'request' }];
}
