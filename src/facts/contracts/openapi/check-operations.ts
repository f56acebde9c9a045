import { child, entries, isTrue, items, stringAt, type Tree } from '../tree.ts';
import type { Check } from './check.ts';
import { type Operation, operationsOf, pathItems, templateKey } from './contract-view.ts';

/** Paths, their parameters, operation ids and responses. */
export function checkOperations(check: Check): void {
  const ids = new Map<string, string>();
  const templates = new Map<string, string>();
  for (const [path, item] of pathItems(check.documents, check.root, 'paths')) {
    const at = child(check.root, 'paths', path) ?? item.node;
    checkPath(check, path, at, templates);
    const operations = operationsOf(check.documents, path, item);
    for (const operation of operations.values()) {
      checkOperation(check, operation, ids);
      checkPathParameters(check, path, at, operation);
    }
    repeatedParameters(check, item.node);
  }
}

function checkPath(check: Check, path: string, at: Tree, templates: Map<string, string>): void {
  const report = (because: string) => check.report('malformed-path', 'error', at, because);
  if (!path.startsWith('/')) report('The path must begin with a slash.');
  else if (path.replace(/\{[^{}]*\}/g, '').includes('?'))
    report('The path holds a query: query parameters are declared, not written into the path.');
  else if (/\{\s{0,9}\}/.test(path)) report('The path holds a parameter without a name.');
  else if (path.length > 1 && path.endsWith('/'))
    check.report(
      'malformed-path',
      'notice',
      at,
      'The path ends in a slash: many servers and clients take it for another path.',
    );
  const key = templateKey(path);
  const other = templates.get(key);
  if (other !== undefined && key.includes('{}'))
    report(`The path matches the same requests as \`${other.slice(0, 80)}\`.`);
  templates.set(key, path);
}

/** Names in a template; RFC 6570 operators and modifiers, which some contracts use, are not part of the name. */
function templateNames(path: string): string[] {
  return [...path.matchAll(/\{[;?&+#./]{0,3}([^{}*?:]{0,200})[^{}]{0,200}\}/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== '');
}

function checkPathParameters(check: Check, path: string, at: Tree, operation: Operation): void {
  const names = templateNames(path);
  const declared = [...operation.parameters.values()].filter((parameter) => parameter.in === 'path');
  const unknown = unresolvedParameters(check, operation);
  for (const name of new Set(names)) {
    if (unknown || declared.some((parameter) => parameter.name === name)) continue;
    const place = child(operation.pathItem.node, operation.method) ?? at;
    check.report(
      'path-parameter-mismatch',
      'error',
      place,
      `\`{${name.slice(0, 60)}}\` of the path is not declared as a path parameter.`,
    );
  }
  for (const parameter of declared) {
    const site = parameter.at.via.at(-1) ?? parameter.at.node;
    if (!names.includes(parameter.name))
      check.report('path-parameter-mismatch', 'error', site, `The path has no \`{${parameter.name.slice(0, 60)}}\`.`);
    else if (!isTrue(parameter.at.node, 'required'))
      check.report('path-parameter-mismatch', 'error', site, `A path parameter needs \`required: true\`.`);
  }
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated)
    check.report('path-parameter-mismatch', 'error', at, `\`{${repeated.slice(0, 60)}}\` stands twice in the path.`);
}

function unresolvedParameters(check: Check, operation: Operation): boolean {
  return [operation.at.node, operation.pathItem.node].some((holder) =>
    items(child(holder, 'parameters')).some((node) => !check.documents.resolve(node)),
  );
}

function repeatedParameters(check: Check, item: Tree): void {
  for (const holder of [item, ...[...entries(item)].map(([, node]) => node)]) {
    const seen = new Set<string>();
    let bodies = 0;
    let forms = 0;
    for (const node of items(child(holder, 'parameters'))) {
      const resolved = check.documents.resolve(node)?.node;
      const [name, place] = [stringAt(resolved, 'name'), stringAt(resolved, 'in')];
      if (name === undefined || place === undefined) continue;
      if (place === 'body') bodies++;
      if (place === 'formData') forms++;
      const key = `${place} ${name}`;
      if (seen.has(key))
        check.report(
          'duplicate-parameter',
          'error',
          node,
          `The ${place.slice(0, 20)} parameter \`${name.slice(0, 60)}\` is declared twice.`,
        );
      if (place === 'body' && (bodies > 1 || forms > 0))
        check.report('duplicate-parameter', 'error', node, 'An operation has one body, and none beside form data.');
      seen.add(key);
    }
  }
}

function checkOperation(check: Check, operation: Operation, ids: Map<string, string>): void {
  const { node } = operation.at;
  const id = child(node, 'operationId');
  const name = `${operation.method} ${operation.path}`;
  if (id && typeof id.scalar === 'string') {
    const other = ids.get(id.scalar);
    if (other !== undefined && other !== name)
      check.report('duplicate-operation-id', 'error', id, `\`${other.slice(0, 100)}\` has this operationId already.`);
    else ids.set(id.scalar, name);
  }
  const responses = child(node, 'responses');
  if (!responses) {
    if (check.version < 3.1 && child(check.root, 'info'))
      check.report('missing-success-response', 'error', node, 'The operation documents no response.');
    return;
  }
  const codes = [...entries(responses)].map(([code]) => code).filter((code) => !code.startsWith('x-'));
  if (!responses.map || codes.some((code) => /^[123](?:\d\d|XX)$/i.test(code)))
    responsesWithoutSchema(check, responses);
  else if (!codes.includes('default'))
    check.report(
      'missing-success-response',
      'warning',
      responses,
      'No response of the operation is a success (2xx or 3xx).',
    );
  else
    check.report(
      'missing-success-response',
      'notice',
      responses,
      'Only `default` is documented: a client cannot tell success from failure.',
    );
}

/** A 200 or 201 that documents JSON without a schema promises nothing. */
function responsesWithoutSchema(check: Check, responses: Tree): void {
  for (const [code, node] of entries(responses)) {
    if (!/^20[01]$/.test(code)) continue;
    const response = check.documents.resolve(node)?.node;
    for (const [type, media] of entries(child(response, 'content'))) {
      if (!/json/i.test(type) || child(media, 'schema') || child(media, 'itemSchema') || child(media, '$ref')) continue;
      check.report('missing-response-schema', 'warning', media, `The ${code} response documents JSON of any shape.`);
    }
  }
}
