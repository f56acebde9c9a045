import type { Observability } from '../code.ts';
import { enclosingFunction, functionName, propertyName, propertyOf, simpleName, unwrap } from './nodes.ts';
import { treeOf } from './planted.ts';
import { lostSetUp } from './removed-set-up.ts';
import type { Source } from './source.ts';
import type { Tree } from './tree.ts';

const reports =
  /^(?:captureException|captureMessage|recordException|noticeError|notifyException|reportError|trackException)$/;
const health = /^\/(?:api\/)?(?:_?health\w*|healthz|livez|readyz|ready|live|ping|status)$/i;

/** Whether a route's path is one that load balancers and orchestrators ask. */
export function isHealthPath(path: string): boolean {
  return health.test(path);
}

/** What the change takes away of what watched the program: reports of errors, health routes, and what set up the watching. */
export function removals(source: Source, before: string): Observability['removed'] {
  const { tree } = source;
  const mentions =
    /captureException|recordException|noticeError|reportError|captureMessage|trackException|health|ready|live|sentry|bugsnag|rollbar|newrelic|prom|metric|opentelemetry|NodeSDK|dd-trace|tracing|instrument|appInsights|honeybadger/i;
  if (!mentions.test(before)) return [];
  const old = treeOf(tree.path, before);
  const kept = new Set(routes(tree).map(({ path }) => path));
  const gone = routes(old)
    .filter(({ path }) => health.test(path) && !kept.has(path))
    .map(({ line, path }) => ({ line, what: 'health-route' as const, of: path }));
  return [...gone, ...lostReports(tree, old), ...lostSetUp(source, old)];
}

function lostReports(tree: Tree, old: Tree): Observability['removed'] {
  const now = reportsOf(tree);
  // A report that moved within the file, into a helper say, is still there.
  if (now.length >= reportsOf(old).length || (now.length === 0 && !stillCatches(tree))) return [];
  const left = new Map<string, number>();
  for (const { fn } of now) left.set(fn, (left.get(fn) ?? 0) + 1);
  const lost = reportsOf(old).filter(({ fn }) => {
    const count = left.get(fn) ?? 0;
    left.set(fn, count - 1);
    return count <= 0 && tree.functions.some((one) => functionName(one) === fn);
  });
  return lost.map(({ line, name }) => ({ line, what: 'report' as const, of: name }));
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

/** Constant paths of the routes that a file registers. */
export function routes(tree: Tree): readonly { path: string; line: number }[] {
  return tree.of('CallExpression').flatMap(({ callee, arguments: [first], loc }) => {
    if (callee.type !== 'MemberExpression' || !first) return [];
    const verb = propertyName(callee) ?? '';
    if (!/^(?:get|use|all|route|head)$/.test(verb)) return [];
    const node = propertyOf(unwrap(first), 'url') ?? propertyOf(unwrap(first), 'path') ?? first;
    const path = node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
    return path === undefined ? [] : [{ path, line: loc.start.line }];
  });
}
