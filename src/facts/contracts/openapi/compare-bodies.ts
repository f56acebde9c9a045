import { child, entries, isTrue, items, type Tree } from '../tree.ts';
import { type Comparison, type Direction, note, reportAfter, reportGone, type Spot } from './change.ts';
import { compareContent } from './compare-content.ts';
import { compareHeaders } from './compare-headers.ts';
import { compareSchemas, schemaOf } from './compare-schemas.ts';
import type { Operation } from './contract-view.ts';

interface Roots {
  readonly before: Tree;
  readonly after: Tree;
}

/**
 * Request body and responses of an operation.
 *
 * @param reversed the operation is a webhook or callback: our server makes the request, the consumer answers it
 */
export function compareBodies(
  c: Comparison,
  before: Operation,
  after: Operation,
  roots: Roots,
  subject: string,
  reversed = false,
): void {
  compareRequestBody(c, before, after, subject, reversed ? 'response' : 'request');
  compareSwaggerBody(c, before, after, subject);
  compareResponses(c, before, after, subject, reversed ? 'request' : 'response');
  compareSwaggerMediaTypes(c, before, after, roots, subject);
}

function compareRequestBody(
  c: Comparison,
  before: Operation,
  after: Operation,
  subject: string,
  direction: Direction,
): void {
  const old = resolved(c, 'before', before.at, 'requestBody');
  const now = resolved(c, 'after', after.at, 'requestBody');
  const rule = direction === 'request' ? 'removed-request-input' : 'removed-response-data';
  if (old && !now) reportGone(c, rule, 'error', old, after.at, `the request body of ${subject} is gone.`);
  if (!now) return;
  const required = child(now.node, 'required');
  if (direction === 'request' && isTrue(now.node, 'required') && !(old && isTrue(old.node, 'required'))) {
    const at = old && required ? { node: required, via: now.via } : now;
    reportAfter(
      c,
      'required-request-input',
      'error',
      at,
      `${old ? 'the request body became required' : 'a request body is new and required'} in ${subject}.`,
    );
  }
  if (!old) return;
  compareContent(c, direction, old, now, `the request of ${subject}`, 'error');
}

/** Swagger 2 sends its body as a parameter. */
function compareSwaggerBody(c: Comparison, before: Operation, after: Operation, subject: string): void {
  const old = before.parameters.get('body');
  const now = after.parameters.get('body');
  if (old && !now)
    reportGone(c, 'removed-request-input', 'error', old.at, after.at, `the request body of ${subject} is gone.`);
  if (now?.required && !old?.required)
    reportAfter(c, 'required-request-input', 'error', now.at, `the request body of ${subject} is required now.`);
  const [was, is] = [old && schemaOf(old.at), now && schemaOf(now.at)];
  if (was && is) compareSchemas(c, 'request', [was], [is], `the request of ${subject}`);
}

function compareResponses(
  c: Comparison,
  before: Operation,
  after: Operation,
  subject: string,
  direction: Direction,
): void {
  const now = child(after.at.node, 'responses');
  const parent = { node: now ?? after.at.node, via: after.at.via };
  for (const [status, node] of entries(child(before.at.node, 'responses'))) {
    if (status.startsWith('x-')) continue;
    const old = c.before.resolve(node);
    const nowNode = child(now, status) ?? child(now, status.toUpperCase());
    const current = nowNode && c.after.resolve(nowNode);
    const words = `the ${status} response of ${subject}`;
    if (!nowNode) {
      const success = /^2/.test(status);
      if (success && direction === 'response')
        reportGone(c, 'removed-response-data', 'error', { node, via: before.at.via }, parent, `${words} is gone.`);
      else note(c, `removed ${words}`);
      continue;
    }
    if (!old || !current) continue;
    const was = { node: old.node, via: [...before.at.via, ...old.via] };
    const is = { node: current.node, via: [...after.at.via, ...current.via] };
    // Of an error a client reads the status first, and its text for people.
    compareContent(c, direction, was, is, words, /^[45]/.test(status) ? 'warning' : 'error');
    const [schema, nowSchema] = [schemaOf(was), schemaOf(is)];
    if (schema && nowSchema) compareSchemas(c, direction, [schema], [nowSchema], words);
    if (schema && !nowSchema && !child(is.node, 'content'))
      reportGone(c, 'removed-response-data', 'error', schema, is, `${words} has no body any more.`);
    if (direction === 'response') compareHeaders(c, was, is, words);
  }
}

/** Swagger 2 lists media types for the whole document or an operation. */
function compareSwaggerMediaTypes(
  c: Comparison,
  before: Operation,
  after: Operation,
  roots: Roots,
  subject: string,
): void {
  if (!child(roots.after, 'swagger')) return;
  for (const [key, rule] of [
    ['consumes', 'removed-request-input'],
    ['produces', 'removed-response-data'],
  ] as const) {
    const old = child(before.at.node, key) ?? child(roots.before, key);
    const now = child(after.at.node, key) ?? child(roots.after, key);
    if (!old || !now) continue;
    const types = new Set(items(now).map((item) => item.scalar));
    for (const item of items(old))
      if (!types.has(item.scalar))
        reportGone(
          c,
          rule,
          'error',
          { node: item, via: [] },
          { node: now, via: [] },
          `the media type \`${String(item.scalar).slice(0, 60)}\` is gone from ${subject}.`,
        );
  }
}

function resolved(c: Comparison, side: 'before' | 'after', holder: Spot, key: string): Spot | undefined {
  const node = child(holder.node, key);
  const found = node && c[side].resolve(node);
  return found && { node: found.node, via: [...holder.via, ...found.via] };
}
