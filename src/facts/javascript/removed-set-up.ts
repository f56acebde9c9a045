import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Observability } from '../code.ts';
import { propertyName, propertyOf, simpleName } from './nodes.ts';
import type { Source } from './source.ts';
import type { Tree } from './tree.ts';

type Removed = Observability['removed'][number];

const watchers =
  /\b(?:Sentry|Bugsnag|Rollbar|rollbar|Honeybadger|newrelic|appInsights|applicationinsights|NodeSDK|dd-trace|prom-client|opentelemetry|elastic-apm-node|hot-shots)\b/;
const starting =
  /^(?:Sentry|Bugsnag|bugsnag|Rollbar|Honeybadger|appInsights|tracer|apm)(?:\.\w+)?\.(?:init|start|setup|configure|setup(?:Express|Fastify|Koa|Hapi|Connect)ErrorHandler)$/;
const measuring = /(?:^|\.)collectDefaultMetrics$/;
const middleware =
  /\b(?:Sentry\.\w|promBundle|prom(?:etheus)?Middleware|metricsMiddleware|metrics(?:Handler|Plugin)|requestMetrics|httpMetrics|collectMetrics|measureRequests?)\b/i;
const instrumentation =
  /(?:^|\/)(?:instrument(?:ation)?|tracing|telemetry|sentry|apm|monitoring)(?:\.\w+)*$|^newrelic$/;
const instruments = /^(?:Counter|Histogram|Gauge|Summary)$/;

/**
 * What set up the watching and is gone: the start of an SDK, a middleware that measures, a metric. Silent where any file in
 * sight still says it, and where another watcher comes into the file.
 */
export function lostSetUp(source: Source, old: Tree): readonly Removed[] {
  const found = setUpOf(old);
  if (found.length === 0) return [];
  const { text } = source.tree;
  const known = new Set(setUpOf(source.tree).map(({ of }) => of));
  const gone = found.filter(({ of }) => !known.has(of) && !text.includes(of));
  if (gone.length === 0 || isReplaced(old.text, text)) return [];
  const others = source.project.paths.flatMap((path) =>
    path === source.file.path ? [] : (source.project.text(path) ?? []),
  );
  return gone.filter(({ of }) => {
    // Only of a path or a member, and only letters, digits and dashes: nothing that means more in an expression.
    const word = /[./]/.test(of) ? /[\w-]{1,80}$/.exec(of.replace(/\.(?:[cm]?[jt]s)$/, ''))?.[0] : undefined;
    const named = word === undefined ? undefined : new RegExp(`\\b${word}\\b`);
    return !others.some((other) => other.includes(of) || named?.test(other));
  });
}

/** A watcher that was not there before: one took the place of the other. */
function isReplaced(before: string, now: string): boolean {
  const word = watchers.exec(now)?.[0];
  return word !== undefined && !before.includes(word);
}

function setUpOf(tree: Tree): readonly Removed[] {
  const calls = tree.of('CallExpression').flatMap((call) => ofCall(tree, call));
  const imports = tree.of('ImportDeclaration').flatMap(({ specifiers, source: { value }, loc }) => {
    const alone = specifiers.length === 0 && instrumentation.test(value);
    return alone ? [{ line: loc.start.line, what: 'set-up' as const, of: value }] : [];
  });
  return [...calls, ...imports, ...metricsOf(tree)];
}

function ofCall(
  tree: Tree,
  { callee, arguments: [first, second], loc, parent }: TSESTree.CallExpression,
): readonly Removed[] {
  const line = loc.start.line;
  const name = tree.text.slice(...callee.range).slice(0, 80);
  if (starting.test(name) || measuring.test(name)) return [{ line, what: 'set-up', of: name }];
  if (name === 'require' && parent.type === 'ExpressionStatement' && first?.type === 'Literal') {
    const of = String(first.value);
    return instrumentation.test(of) ? [{ line, what: 'set-up', of }] : [];
  }
  if (callee.type !== 'MemberExpression' || !/^(?:use|register|addHook)$/.test(propertyName(callee) ?? '')) return [];
  const given = second ?? first;
  const of = given && middleware.exec(tree.text.slice(...given.range).slice(0, 80))?.[0];
  return of ? [{ line, what: 'set-up', of }] : [];
}

/** `new Counter({ name: 'orders_total' })`: what dashboards and alarms ask for by name. */
function metricsOf(tree: Tree): readonly Removed[] {
  if (!/prom-client/.test(tree.text)) return [];
  return tree.of('NewExpression').flatMap(({ callee, arguments: [options], loc }) => {
    const name = instruments.test(simpleName(callee)) ? propertyOf(options, 'name') : undefined;
    return name?.type === 'Literal' && typeof name.value === 'string'
      ? [{ line: loc.start.line, what: 'metric' as const, of: name.value }]
      : [];
  });
}
