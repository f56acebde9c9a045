import type { Observability } from '../code.ts';
import { constantText } from './constant-text.ts';
import { forgottenFailures } from './forgotten-failures.ts';
import { importedTexts } from './imported-texts.ts';
import { metricLabels } from './metric-labels.ts';
import { isFunction, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import { isHealthPath, removals, routes } from './removed-watching.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** What answers whoever asks whether the program lives. */
const watching = /terminus|lightship|health-?checks?|healthz|['"`]\/(?:api\/)?(?:_?health|livez|readyz)['"`/]/i;

/** States what a file does to be watched, and what the change takes away from it. */
export function readObservability(source: Source, placeOf: PlaceOf, before: string | undefined): Observability {
  return {
    answersHealth: answersHealth(source),
    labels: metricLabels(source, placeOf),
    workers: workers(source, placeOf),
    forgotten: forgottenFailures(source, placeOf),
    removed: before === undefined ? [] : removals(source, before),
  };
}

/** An app's routes often stand in a file of their own, beside the one that listens. */
function answersHealth(source: Source): boolean {
  const { tree } = source;
  if (routes(tree).some(({ path }) => isHealthPath(path)) || watching.test(tree.text)) return true;
  return /\blisten\b|\bserve\(/.test(tree.text) && importedTexts(source).some((text) => watching.test(text));
}

/** Workers of queues and the events that somebody listens to. */
function workers(source: Source, placeOf: PlaceOf): Observability['workers'] {
  const made = source.tree.of('NewExpression').filter((node) => source.originOf(node).text === 'new bullmq.Worker');
  if (made.length === 0) return [];
  const events = source.tree.of('CallExpression').flatMap(({ callee, arguments: [event] }) => {
    if (callee.type !== 'MemberExpression' || !/^(?:on|once)$/.test(propertyName(callee) ?? '')) return [];
    if (!event || !/^new bullmq\.(?:Worker|QueueEvents)$/.test(source.originOf(callee.object).text)) return [];
    return [constantText(source.tree, event) ?? '?'];
  });
  return made.map((node) => {
    // A worker that leaves this file may be listened to elsewhere.
    const leaves = leavesFile(source, node);
    const place = placeOf(node);
    return { ...place, endLine: place.line, events, leaves };
  });
}

/** What is exported, returned or given on, at once or by its name, may be listened to elsewhere. */
function leavesFile({ tree }: Source, made: Node): boolean {
  for (let at: Node = made; at.parent; at = at.parent) {
    const { parent } = at;
    if (/^(?:Export|Return|Assignment)/.test(parent.type) || parent.type === 'PropertyDefinition') return true;
    if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
      const binding = tree.bindingOf(parent.id);
      if (binding && tree.referencesOf(binding).some(isGivenOn)) return true;
    }
    if (isFunction(parent)) return parent.body === at && at.type !== 'BlockStatement';
  }
  return false;
}

function isGivenOn({ parent }: Node): boolean {
  return /^(?:Return|Export|Assignment|CallExpression|NewExpression|Property$|ArrayExpression|ArrowFunction)/.test(
    parent?.type ?? '',
  );
}
