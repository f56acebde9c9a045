import { isMap, isPair, isScalar, visit, type YAMLMap } from 'yaml';
import type { Problem } from '../sql.ts';
import { longestAnswer, longestConnect, longLived, wordsFor } from './durations.ts';
import { nodeAt, textAt, type YamlFile } from './yaml.ts';

const rule = 'proxy-waits-too-long';
/** https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#custom-timeouts In seconds, without a unit. */
const annotation = /^nginx\.ingress\.kubernetes\.io\/proxy-(read|send|connect)-timeout$/;
const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600 };
/** Timeouts of Traefik and Envoy of which 0 means none: https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/ */
const traefikWaits = new Set(['readTimeout', 'writeTimeout', 'idleTimeout', 'dialTimeout']);

/** Timeouts of an Ingress that are none: its controller waits for hours. */
export function* ingressProblems(document: YAMLMap, lineOf: YamlFile['lineOf']): Iterable<Problem> {
  const annotations = nodeAt(document, 'metadata', 'annotations');
  if (!isMap(annotations) || longLived.test(namesOf(document))) return;
  // What is routed to sockets says so beside its timeouts.
  if (annotations.items.some(({ key }) => /websocket|upgrade|proxy-buffering/i.test(String(key)))) return;
  for (const { key, value } of annotations.items) {
    const [, what] = (isScalar(key) ? annotation.exec(String(key.value)) : undefined) ?? [];
    const seconds = what && isScalar(value) ? secondsOf(String(value.value)) : undefined;
    if (seconds === undefined || seconds <= (what === 'connect' ? longestConnect : longestAnswer)) continue;
    yield { ...placeOf(key, lineOf), rule, because: `\`proxy-${what}-timeout\` is ${wordsFor(seconds)}.` };
  }
}

/** The name and the paths of an Ingress. */
function namesOf(document: YAMLMap): string {
  const names = [textAt(document, 'metadata', 'name') ?? ''];
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'path' && isScalar(value)) names.push(String(value.value));
    },
  });
  return names.join(' ');
}

/** Timeouts of Envoy's routes and Traefik's entry points that are switched off. */
export function* proxyProblems({ documents, lineOf }: YamlFile): Iterable<Problem> {
  for (const document of documents) {
    const found: Problem[] = [];
    visit(document, {
      Map: (_, map, path) => {
        const above = path.findLast(isPair);
        const under = isScalar(above?.key) ? String(above.key.value) : '';
        const holder = path.findLast(isMap);
        for (const key of off(map, under, holder)) {
          const because = `\`${key}\` is 0, which means none.`;
          found.push({ ...placeOf(pairKey(map, key), lineOf), rule, because });
        }
      },
    });
    yield* found;
  }
}

/** The timeouts of one map that are 0; `under` is its key. */
function off(map: YAMLMap, under: string, holder: YAMLMap | undefined): readonly string[] {
  const isOff = (key: string) => secondsOf(textAt(map, key) ?? '') === 0;
  if (/^(?:respondingTimeouts|forwardingTimeouts)$/.test(under)) return [...traefikWaits].filter(isOff);
  if (under !== 'route' || !map.has('cluster') || map.has('idle_timeout') || map.has('upgrade_configs')) return [];
  const match = nodeAt(holder, 'match');
  const streams = isMap(match) && (match.has('grpc') || longLived.test(String(match)));
  return streams || longLived.test(textAt(map, 'cluster') ?? '') ? [] : ['timeout'].filter(isOff);
}

function pairKey(map: YAMLMap, name: string): unknown {
  return map.items.find(({ key }) => isScalar(key) && key.value === name)?.key;
}

function placeOf(node: unknown, lineOf: YamlFile['lineOf']): { line: number; endLine: number } {
  const line = lineOf(node);
  return { line, endLine: line };
}

/** `0`, `60s`, `1h`: one number with a unit, or seconds. */
function secondsOf(text: string): number | undefined {
  const [, count, unit = 's'] = /^(\d{1,9})(ms|[smh])?$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (units[unit] ?? 1);
}
