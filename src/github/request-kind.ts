/**
 * Names a request by its operation, for metrics: `GET /repos/:owner/:repo/pulls/:n/files`. The number of names is bounded
 * whatever is asked.
 *
 * @param method HTTP method
 * @param url absolute address of the API
 */
export function requestKind(method: string, url: string): string {
  const path = new URL(url).pathname.replace(/^\/api\/v3(?=\/)/, '');
  if (path.endsWith('/graphql')) return `${method} /graphql`;
  const [, first = '', ...rest] = path.split('/');
  const tail = first === 'repos' ? rest.slice(2) : rest;
  const head = first === 'repos' ? '/repos/:owner/:repo' : `/${first}`;
  const named = tail.map((part, i) => nameOf(part, tail[i - 1])).slice(0, 5);
  const contents = named.indexOf('contents');
  const shown = contents < 0 ? named : [...named.slice(0, contents + 1), ':path'];
  return `${method} ${[head, ...shown].join('/')}`;
}

const afterWhichComesAName = new Set([
  'compare',
  'users',
  'orgs',
  'collaborators',
  'commits',
  'trees',
  'blobs',
  'contents',
]);

function nameOf(part: string, before: string | undefined): string {
  if (/^\d+$/.test(part)) return ':n';
  return before !== undefined && afterWhichComesAName.has(before) ? ':name' : part;
}
