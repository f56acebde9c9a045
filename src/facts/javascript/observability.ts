import type { Observability } from '../code.ts';
import { constantText } from './constant-text.ts';
import { forgottenFailures } from './forgotten-failures.ts';
import { metricLabels } from './metric-labels.ts';
import { propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import { isHealthPath, removals, routes } from './removed-watching.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** States what a file does to be watched, and what the change takes away from it. */
export function readObservability(source: Source, placeOf: PlaceOf, before: string | undefined): Observability {
  const { tree } = source;
  return {
    answersHealth:
      routes(tree).some(({ path }) => isHealthPath(path)) || /terminus|lightship|healthcheck|healthz/i.test(tree.text),
    labels: metricLabels(source, placeOf),
    workers: workers(source, placeOf),
    forgotten: forgottenFailures(source, placeOf),
    removed: before === undefined ? [] : removals(source, before),
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
