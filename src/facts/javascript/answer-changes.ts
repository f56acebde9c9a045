import type { AnswerChange } from '../code.ts';
import type { FoundHandler } from './handlers/found.ts';
import { functionName, hasSpread, propertyName, unwrap } from './nodes.ts';
import { openSource } from './open-source.ts';
import type { Node } from './parse.ts';
import { runningOf } from './scope.ts';
import { caught, type SentAnswer, sentAnswers } from './sent-answers.ts';
import type { Source } from './source.ts';

const better = /password|secret|token|hash|salt|stack|debug|internal|cookie|ssn/i;
/** Theirs is another way to answer. */
const others = new Set(['graphql', 'trpc', 'remix']);

/**
 * What handlers that both sides of a change have answer otherwise under the same conditions: an error where there was a
 * success, a field less, a body that no schema checks any more.
 *
 * @throws as plantTree, for the text before
 */
export function readAnswerChanges(
  source: Source,
  handlers: readonly FoundHandler[],
  before: string | undefined,
): readonly AnswerChange[] {
  const compared = handlers.filter((handler) => !others.has(handler.framework));
  if (before === undefined || compared.length === 0) return [];
  const base = openSource(source.file, before, source.project);
  const old = byRoute(runningOf(base).handlers);
  const now = byRoute(handlers);
  return compared.flatMap((handler) => {
    const route = routeOf(handler);
    const was = old.get(route);
    if (!was || now.get(route) !== handler) return [];
    return [...changesOf(route, byGuard(sentAnswers(base, was)), byGuard(sentAnswers(source, handler)))];
  });
}

function routeOf({ method, path, fn }: FoundHandler): string {
  return path === 'unknown' || path === '' ? functionName(fn) : `${method} ${path}`;
}

/** Handlers by what tells them apart; what several share is left out. */
function byRoute(handlers: readonly FoundHandler[]): ReadonlyMap<string, FoundHandler> {
  return unique(handlers, routeOf);
}

function byGuard(answers: readonly SentAnswer[]): ReadonlyMap<string, SentAnswer> {
  return unique(answers, ({ guard }) => guard);
}

function unique<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const [key, same] of Map.groupBy(all, keyOf)) {
    const [one] = same;
    if (one !== undefined && same.length === 1) found.set(key, one);
  }
  return found;
}

function* changesOf(
  route: string,
  old: ReadonlyMap<string, SentAnswer>,
  now: ReadonlyMap<string, SentAnswer>,
): Generator<AnswerChange> {
  for (const [guard, was] of old) {
    const is = now.get(guard);
    if (!is || was.status >= 300) continue;
    const { start, end } = is.at.loc;
    const here = { line: start.line, endLine: end.line, route, status: is.status };
    // A failure that was answered as a success has only been told the truth about.
    if (is.status >= 400 && !guard.includes(caught)) yield { ...here, change: 'failed', name: guard };
    if (is.status >= 300) continue;
    if (is.status !== was.status) yield { ...here, change: 'status', name: `${was.status}` };
    const wrap = wrapped(was.body, is.body);
    if (wrap !== undefined) yield { ...here, change: 'wrapped', name: wrap };
    if (was.checkedBy && !is.checkedBy) yield { ...here, change: 'unchecked', name: was.checkedBy };
    for (const field of lostFields(was.body, is.body, ''))
      yield {
        ...here,
        line: field.at.loc.start.line,
        endLine: field.at.loc.end.line,
        change: 'field',
        name: field.name,
      };
  }
}

/** The name of what was answered as it is and stands in a field now, or the other way round: `rows` and `{ data: rows }`. */
function wrapped(was: Node | undefined, is: Node | undefined): string | undefined {
  const [old, now] = [was && unwrap(was), is && unwrap(is)];
  const [plain, object] = old?.type === 'ObjectExpression' ? [now, old] : [old, now];
  if (plain?.type !== 'Identifier' || object?.type !== 'ObjectExpression') return undefined;
  const holds = object.properties.some(
    ({ type, value }: { type: string; value?: Node }) =>
      type === 'Property' && value?.type === 'Identifier' && value.name === plain.name,
  );
  return holds ? plain.name : undefined;
}

/** What should never have been answered: that it is gone is the mend. */
export function isBetterGone(field: string): boolean {
  return better.test(field);
}

/** Fields of an object written out on both sides that only the first has. */
function* lostFields(
  was: Node | undefined,
  is: Node | undefined,
  prefix: string,
): Generator<{ name: string; at: Node }> {
  const [old, now] = [was && unwrap(was), is && unwrap(is)];
  if (old?.type !== 'ObjectExpression' || now?.type !== 'ObjectExpression' || hasSpread(now)) return;
  const values = new Map<string | undefined, Node>();
  for (const property of now.properties)
    if (property.type === 'Property') values.set(propertyName(property), property.value);
  if (values.has(undefined)) return;
  for (const property of old.properties) {
    const name = property.type === 'Property' ? propertyName(property) : undefined;
    if (property.type !== 'Property' || name === undefined) continue;
    if (!values.has(name) && !isBetterGone(name)) yield { name: prefix + name, at: property };
    else if (values.has(name)) yield* lostFields(property.value, values.get(name), `${prefix}${name}.`);
  }
}
