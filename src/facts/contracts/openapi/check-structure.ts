import { child, entries, items, stringAt, type Tree } from '../tree.ts';
import type { Check } from './check.ts';
import { operationsOf, pathItems } from './contract-view.ts';

/** What the standard demands of the document's objects. A text without `info` is a fragment or a template: it is left alone. */
export function checkStructure(check: Check): void {
  const { root, version } = check;
  const info = child(root, 'info');
  if (!info) return;
  const fail = (at: Tree, because: string) => check.report('invalid-contract', 'error', at, because);
  for (const key of ['title', 'version'])
    if (child(info, key)?.scalar === undefined || child(info, key)?.scalar === null)
      fail(info, `\`info\` lacks \`${key}\`.`);
  if (version < 3.1 && !child(root, 'paths')) fail(root, 'The document has no `paths`.');
  if (version >= 3.1 && !['paths', 'components', 'webhooks'].some((key) => child(root, key)))
    fail(root, 'The document has neither `paths` nor `components` nor `webhooks`.');
  for (const key of ['jsonSchemaDialect', '$self']) {
    const node = child(root, key);
    if (node && typeof node.scalar !== 'string') fail(node, `\`${key}\` must be a URI.`);
  }
  for (const key of ['paths', 'components', 'webhooks', 'definitions', 'securityDefinitions']) {
    const node = child(root, key);
    if (node && !node.map && node.scalar !== null) fail(node, `\`${key}\` must be a map.`);
  }
  for (const [path, item] of pathItems(check.documents, root, 'paths')) {
    for (const operation of operationsOf(check.documents, path, item).values())
      checkResponses(check, operation.at.node, fail);
    for (const operation of operationsOf(check.documents, path, item).values())
      checkRequest(check, operation.at.node, fail);
  }
  checkSecurity(check, fail);
  checkServers(check, root);
  checkTags(root, fail);
}

type Fail = (at: Tree, because: string) => void;

function checkResponses(check: Check, operation: Tree, fail: Fail): void {
  const responses = child(operation, 'responses');
  if (!responses) return;
  if (!responses.map) fail(responses, '`responses` must be a map of statuses.');
  for (const [status, node] of entries(responses)) {
    if (status.startsWith('x-')) continue;
    if (!/^(?:[1-5]\d\d|[1-5]XX|default)$/.test(status) || (check.version === 2 && status.endsWith('X')))
      fail(node, 'The key is no HTTP status, no range such as `4XX` and not `default`.');
    const response = check.documents.resolve(node)?.node;
    // OpenAPI 3.2 made the description optional.
    if (response?.map && check.version < 3.2 && typeof child(response, 'description')?.scalar !== 'string')
      fail(node, 'A response needs a `description`.');
    for (const [type, media] of entries(child(response, 'content'))) {
      if (type.startsWith('x-') || media.map || media.scalar === null) continue;
      fail(media, 'A media type must be a map.');
    }
  }
}

function checkRequest(check: Check, operation: Tree, fail: Fail): void {
  for (const node of items(child(operation, 'parameters'))) {
    const parameter = check.documents.resolve(node)?.node;
    if (!parameter?.map) continue;
    const place = stringAt(parameter, 'in');
    if (stringAt(parameter, 'name') === undefined) fail(node, 'The parameter lacks its `name`.');
    if (!['query', 'querystring', 'header', 'path', 'cookie', 'body', 'formData'].includes(place ?? ''))
      fail(node, "The parameter's `in` says no place that exists.");
    if (check.version >= 3 && (place === 'body' || place === 'formData'))
      fail(node, 'OpenAPI 3 has `requestBody` in place of body and form parameters.');
    else if (check.version >= 3 && !child(parameter, 'schema') && !child(parameter, 'content'))
      fail(node, 'The parameter has neither `schema` nor `content`.');
  }
  checkForms(check, operation, fail);
  const body = child(operation, 'requestBody');
  const resolved = body && check.documents.resolve(body)?.node;
  if (body && check.version === 2) fail(body, "`requestBody` is OpenAPI 3's: Swagger 2 has body parameters.");
  else if (body && resolved && !child(resolved, 'content')) fail(body, 'The request body lacks `content`.');
}

const formTypes = new Set(['application/x-www-form-urlencoded', 'multipart/form-data']);

/** Swagger 2: an operation with form parameters says which form it takes. */
function checkForms(check: Check, operation: Tree, fail: Fail): void {
  if (check.version !== 2) return;
  const form = items(child(operation, 'parameters')).find((parameter) => stringAt(parameter, 'in') === 'formData');
  const consumes = items(child(operation, 'consumes') ?? child(check.root, 'consumes'));
  if (form && !consumes.some((type) => formTypes.has(String(type.scalar))))
    fail(form, '`consumes` names no form media type.');
}

/** Security requirements must name schemes that exist. */
function checkSecurity(check: Check, fail: Fail): void {
  const schemes = child(check.root, 'components', 'securitySchemes') ?? child(check.root, 'securityDefinitions');
  for (const [, scheme] of entries(schemes)) {
    const resolved = check.documents.resolve(scheme)?.node;
    const type = stringAt(resolved, 'type');
    if (resolved && type === undefined) fail(scheme, 'The security scheme lacks its `type`.');
    if (type === 'apiKey' && (!child(resolved, 'name') || !child(resolved, 'in')))
      fail(scheme, 'An `apiKey` scheme needs `name` and `in`.');
    if (type === 'http' && !child(resolved, 'scheme')) fail(scheme, 'An `http` scheme needs `scheme`.');
  }
  const requirements = [child(check.root, 'security')];
  for (const [path, item] of pathItems(check.documents, check.root, 'paths')) {
    for (const operation of operationsOf(check.documents, path, item).values())
      requirements.push(child(operation.at.node, 'security'));
  }
  for (const requirement of requirements.flatMap(items)) {
    for (const [name, node] of entries(requirement)) {
      const scheme = child(schemes, name);
      if (!scheme) {
        check.report(
          'undefined-security-scheme',
          'error',
          node,
          `No security scheme \`${name.slice(0, 60)}\` is defined.`,
        );
        continue;
      }
      const known = scopesOf(check.documents.resolve(scheme)?.node);
      for (const scope of known ? items(node) : []) {
        if (known?.has(String(scope.scalar))) continue;
        check.report('undefined-security-scheme', 'error', scope, 'The scheme defines no such scope.');
      }
    }
  }
}

/** Scopes that an OAuth 2 scheme defines; undefined for other schemes, where the list means roles or nothing. */
function scopesOf(scheme: Tree | undefined): ReadonlySet<string> | undefined {
  if (stringAt(scheme, 'type') !== 'oauth2') return undefined;
  const holders = [scheme, ...[...entries(child(scheme, 'flows'))].map(([, flow]) => flow)];
  return new Set(holders.flatMap((holder) => [...entries(child(holder, 'scopes'))].map(([name]) => name)));
}

function checkServers(check: Check, root: Tree): void {
  for (const server of items(child(root, 'servers'))) {
    const url = child(server, 'url');
    if (!url || typeof url.scalar !== 'string') continue;
    for (const [, name] of url.scalar.matchAll(/\{([^{}]*)\}/g)) {
      if (!child(server, 'variables', name ?? ''))
        check.report(
          'undefined-server-variable',
          'error',
          url,
          `The server's variable \`{${(name ?? '').slice(0, 60)}}\` is not defined.`,
        );
    }
    for (const [, variable] of entries(child(server, 'variables'))) {
      const [initial, list] = [child(variable, 'default'), child(variable, 'enum')];
      if (!initial) check.report('undefined-server-variable', 'error', variable, 'The server variable has no default.');
      else if (list?.list && !list.list.some((item) => item.scalar === initial.scalar))
        check.report('undefined-server-variable', 'error', initial, "The default is not one of the variable's values.");
    }
  }
}

function checkTags(root: Tree, fail: Fail): void {
  const seen = new Set<string>();
  for (const tag of items(child(root, 'tags'))) {
    const name = stringAt(tag, 'name');
    if (name === undefined) continue;
    if (seen.has(name)) fail(tag, 'The tag is declared twice.');
    seen.add(name);
  }
}
