import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Problem } from '../sql.ts';
import { ingressProblems } from './proxy-timeouts.ts';
import { mapsIn, nodeAt, textAt, type YamlFile } from './yaml.ts';

const services = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout']);
const placeholder =
  /^[\s_]*$|\{\{|\$\{|\$\(|<[^<>]*>|^(?:changeme|change-me|replace|replaceme|placeholder|redacted|xxx+|\*+|todo|example)/i;

/** What stands beside a password and is none. */
const open =
  /^(?:\w{0,20}[_-])?(?:user|username|login|host|hostname|port|database|db[_-]?name|schema|region|bucket|endpoint|email)$/i;

/** Whether a document is a Kubernetes object. */
export function isKubernetes(document: YAMLMap): boolean {
  return textAt(document, 'apiVersion') !== undefined && textAt(document, 'kind') !== undefined;
}

/** What a manifest does not show, and what lies around it. */
export interface Surroundings {
  /** Lines on which a template prints lines of its own: a container around one may have anything. */
  readonly printed?: ReadonlySet<number>;
  /** Whether something else sets the number of a workload's pods (an autoscaler, an overlay). */
  readonly scales?: (name: string) => boolean;
}

/** What a Kubernetes manifest leaves out that a service in production needs. */
export function* kubernetesProblems(file: YamlFile, around: Surroundings = {}): Iterable<Problem> {
  const { lineOf } = file;
  const documents = file.documents.filter(isKubernetes);
  for (const document of documents) {
    const kind = textAt(document, 'kind') ?? '';
    if (kind === 'Ingress') yield* ingressProblems(document, lineOf);
    if (kind === 'Secret') yield* plainSecret(document, lineOf);
    if (!services.has(kind)) continue;
    const pod = nodeAt(document, 'spec', 'template', 'spec');
    for (const container of mapsIn(nodeAt(pod, 'containers'))) {
      if (printsInside(file, container, around.printed)) continue;
      yield* containerProblems(container, lineOf(container));
    }
    if (kind === 'Deployment') yield* singleReplica(document, documents, lineOf, around);
  }
}

function printsInside({ lineOf, lastLineOf }: YamlFile, node: YAMLMap, printed: Surroundings['printed']): boolean {
  const [first, last] = [lineOf(node), lastLineOf(node)];
  return [...(printed ?? [])].some((line) => line >= first && line <= last);
}

/**
 * One pod behind a Service: each roll-out of a node, each crash is an outage. A pod with a volume of its own, or one that may
 * not run twice (`Recreate`), is one for a reason.
 */
function* singleReplica(
  deployment: YAMLMap,
  all: readonly YAMLMap[],
  lineOf: YamlFile['lineOf'],
  { scales }: Surroundings,
): Iterable<Problem> {
  if (textAt(deployment, 'spec', 'replicas') !== '1') return;
  const pod = nodeAt(deployment, 'spec', 'template', 'spec');
  const volumes = mapsIn(nodeAt(pod, 'volumes'));
  if (volumes.some((volume) => volume.has('persistentVolumeClaim')) || volumes.some((volume) => volume.has('hostPath')))
    return;
  if (textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return;
  const labels = nodeAt(deployment, 'spec', 'template', 'metadata', 'labels');
  const served = all.some(
    (other) => textAt(other, 'kind') === 'Service' && selects(nodeAt(other, 'spec', 'selector'), labels),
  );
  const name = textAt(deployment, 'metadata', 'name') ?? '';
  if (!served || scales?.(name)) return;
  const line = lineOf(nodeAt(deployment, 'spec', 'replicas'));
  yield {
    line,
    endLine: line,
    rule: 'single-replica',
    because: 'A Service sends requests to it, and there is one of it.',
  };
}

function selects(selector: unknown, labels: unknown): boolean {
  if (!isMap(selector) || !isMap(labels) || selector.items.length === 0) return false;
  return selector.items.every(
    ({ key, value }) => isScalar(key) && isScalar(value) && textAt(labels, String(key.value)) === String(value.value),
  );
}

function* containerProblems(container: YAMLMap, line: number): Iterable<Problem> {
  const place = { line, endLine: line };
  const name = (textAt(container, 'name') ?? '').replace(/[^\w.-]/g, '').slice(0, 63);
  // In a template the name is a hole.
  const named = /[^_]/.test(name) ? `Container \`${name}\`` : 'The container';
  const listens = mapsIn(nodeAt(container, 'ports')).length > 0;
  const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'].filter((probe) => container.has(probe));
  if (listens && probes.length === 0)
    yield {
      ...place,
      rule: 'workload-without-probe',
      because: `${named} opens a port and has neither a readiness nor a liveness probe.`,
    };
  if (
    !nodeAt(container, 'resources', 'limits') &&
    !nodeAt(container, 'resources', 'requests') &&
    !usesTemplate(container)
  )
    yield { ...place, rule: 'workload-without-limits', because: `${named} has neither requests nor limits.` };
}

/** A merge key or anchor brings in what is not written here. */
function usesTemplate(container: YAMLMap): boolean {
  return container.has('<<') || (container.has('resources') && !isMap(container.get('resources', true)));
}

/** Values in the clear: base64 is no encryption. Files encrypted by SOPS keep a `sops` key beside their values. */
function* plainSecret(document: YAMLMap, lineOf: YamlFile['lineOf']): Iterable<Problem> {
  if (document.has('sops') || textAt(document, 'type') === 'kubernetes.io/service-account-token') return;
  for (const part of ['stringData', 'data']) {
    const values = nodeAt(document, part);
    if (!isMap(values)) continue;
    for (const { key, value } of values.items) {
      if (!isScalar(value) || typeof value.value !== 'string' || placeholder.test(value.value)) continue;
      if (/^(?:ENC\[|vault:|ref\+|AgB)/.test(value.value) || (isScalar(key) && open.test(String(key.value)))) continue;
      const line = lineOf(key);
      yield {
        line,
        endLine: line,
        rule: 'plain-kubernetes-secret',
        because: `\`${part}\` holds a value that anybody who can read the repository can read.`,
      };
    }
  }
}
