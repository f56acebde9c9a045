import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Problem } from '../sql.ts';
import { mapsIn, nodeAt, textAt, type YamlFile } from './yaml.ts';

const services = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout']);
const placeholder =
  /^\s*$|\{\{|\$\{|\$\(|<[^>]*>|^(?:changeme|change-me|replace|replaceme|placeholder|redacted|xxx+|\*+|todo|example)/i;

/** Whether a document is a Kubernetes object. */
export function isKubernetes(document: YAMLMap): boolean {
  return textAt(document, 'apiVersion') !== undefined && textAt(document, 'kind') !== undefined;
}

/** What a Kubernetes manifest leaves out that a service in production needs. */
export function* kubernetesProblems({ documents, lineOf }: YamlFile): Iterable<Problem> {
  for (const document of documents.filter(isKubernetes)) {
    const kind = textAt(document, 'kind') ?? '';
    if (kind === 'Secret') yield* plainSecret(document, lineOf);
    if (!services.has(kind)) continue;
    const pod = nodeAt(document, 'spec', 'template', 'spec');
    for (const container of mapsIn(nodeAt(pod, 'containers'))) yield* containerProblems(container, lineOf(container));
  }
}

function* containerProblems(container: YAMLMap, line: number): Iterable<Problem> {
  const place = { line, endLine: line };
  const named = `Container \`${(textAt(container, 'name') ?? '').replace(/[^\w.-]/g, '').slice(0, 63)}\``;
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
      if (/^(?:ENC\[|vault:|ref\+|AgB)/.test(value.value)) continue;
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
