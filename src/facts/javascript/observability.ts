import type { Observability } from '../code.ts';
import { constantText } from './constant-text.ts';
import { forgottenFailures } from './forgotten-failures.ts';
import { metricLabels } from './metric-labels.ts';
import { enclosingFunction, functionName, propertyName, propertyOf, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import { treeOf } from './planted.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import type { Tree } from './tree.ts';

const reports =
  /^(?:captureException|captureMessage|recordException|noticeError|notifyException|reportError|trackException)$/;
const health = /^\/(?:api\/)?(?:_?health\w*|healthz|livez|readyz|ready|live|ping|status)$/i;

/** States what a file does to be watched, and what the change takes away from it. */
export function readObservability(source: Source, placeOf: PlaceOf, before: string | undefined): Observability {
  const { tree } = source;
  return {
    answersHealth:
      routes(tree).some(({ path }) => health.test(path)) || /terminus|lightship|healthcheck|healthz/i.test(tree.text),
    labels: metricLabels(source, placeOf),
    workers: workers(source, placeOf),
    forgotten: forgottenFailures(source, placeOf),
    removed: before === undefined ? [] : removals(tree, before),
  };
}

/** Workers of queues and the events that somebody listens to. */
function workers(source: Source, placeOf: PlaceOf): Observability['workers'] {
  const made = source.tree.of('NewExpression').filter((node) => source.originOf(node).text === 'new bullmq.Worker');
  if (made.length === 0) return [];
  const events = source.tree.of('CallExpression').flatMap(({ callee, arguments: [event] }) => {
    if (callee.type !== 'MemberExpression' || !/^(?:on|once)$/.test(propertyName(callee) ?? '')) return [];
    if (!event || source.originOf(callee.object).text !== 'new bullmq.Worker') return [];
    return [constantText(source.tree, event) ?? '?'];
  });
  return made.map((node) => {
    // A worker that leaves this file may be listened to elsewhere.
    const leaves = isExported(node);
    const place = placeOf(node);
    return { ...place, endLine: place.line, events, leaves };
  });
}

function isExported(made: Node): boolean {
  for (let at: Node | undefined = made.parent; at; at = at.parent)
    if (/^(?:Export|Return|ArrowFunction|Assignment)/.test(at.type) || at.type === 'PropertyDefinition') return true;
  return false;
}

function removals(tree: Tree, before: string): Observability['removed'] {
  const mentions =
    /captureException|recordException|noticeError|reportError|captureMessage|trackException|health|ready|live/i;
  if (!mentions.test(before)) return [];
  const old = treeOf(tree.path, before);
  const kept = new Set(routes(tree).map(({ path }) => path));
  const gone = routes(old)
    .filter(({ path }) => health.test(path) && !kept.has(path))
    .map(({ line, path }) => ({ line, what: 'health-route' as const, of: path }));
  const now = reportsOf(tree);
  // A report that moved within the file, into a helper say, is still there.
  if (now.length >= reportsOf(old).length || (now.length > 0 === false && !stillCatches(tree))) return gone;
  const left = new Map<string, number>();
  for (const { fn } of now) left.set(fn, (left.get(fn) ?? 0) + 1);
  const lost = reportsOf(old).filter(({ fn }) => {
    const count = left.get(fn) ?? 0;
    left.set(fn, count - 1);
    return count <= 0 && tree.functions.some((one) => functionName(one) === fn);
  });
  return [...gone, ...lost.map(({ line, name }) => ({ line, what: 'report' as const, of: name }))];
}

function stillCatches(tree: Tree): boolean {
  return tree.of('CatchClause').length > 0;
}

function reportsOf(tree: Tree): readonly { line: number; fn: string; name: string }[] {
  return tree.of('CallExpression').flatMap(({ callee, loc, parent }) => {
    const name = simpleName(callee);
    if (!reports.test(name) || !parent) return [];
    const fn = enclosingFunction(callee);
    return [{ line: loc.start.line, fn: fn ? functionName(fn) : '', name }];
  });
}

function routes(tree: Tree): readonly { path: string; line: number }[] {
  return tree.of('CallExpression').flatMap(({ callee, arguments: [first], loc }) => {
    if (callee.type !== 'MemberExpression' || !first) return [];
    const verb = propertyName(callee) ?? '';
    if (!/^(?:get|use|all|route|head)$/.test(verb)) return [];
    const node = propertyOf(unwrap(first), 'url') ?? propertyOf(unwrap(first), 'path') ?? first;
    const path = node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
    return path === undefined ? [] : [{ path, line: loc.start.line }];
  });
}
