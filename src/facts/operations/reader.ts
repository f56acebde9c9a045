import type { OperationsFacts } from '../operations.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import type { Problem } from '../sql.ts';
import { composePath, composeProblems } from './compose.ts';
import { dockerfileProblems } from './dockerfile.ts';
import { haproxyProblems } from './haproxy.ts';
import { templateAsYaml, valuesProblems } from './helm.ts';
import { isKubernetes, kubernetesProblems } from './kubernetes.ts';
import { nginxProblems } from './nginx.ts';
import { proxyProblems } from './proxy-timeouts.ts';
import { workflowProblems } from './workflow.ts';
import { readYaml } from './yaml.ts';

const dockerfile = /(?:^|\/)(?:[\w.-]+\.)?Dockerfile(?:\.[\w-]+)?$/i;
const workflow = /(?:^|\/)\.github\/(?:workflows\/[^/]+|actions\/.{1,200}\/action)\.ya?ml$/;
const manifest =
  /(?:^|\/)(?:k8s|kubernetes|kube|manifests?|deploy(?:ments?)?|kustomize|overlays?|base|infra(?:structure)?|ops|argocd|flux|clusters?)\/.{0,200}\.ya?ml$|(?:^|\/)[\w.-]{0,80}(?:deployment|statefulset|daemonset|secret|ingress)s?[\w.-]{0,80}\.ya?ml$/i;
/** Helm's templates are Go templates: YAML only once they are rendered. */
const template = /(?:^|\/)templates\/.{0,200}\.ya?ml$/;
const values = /(?:^|\/)values[\w.-]*\.ya?ml$|(?:^|\/)values\/[\w.-]+\.ya?ml$/;
const nginx =
  /(?:^|\/)[\w.-]{0,80}nginx[\w.-]{0,80}\.conf(?:\.template|\.tmpl)?$|(?:^|\/)(?:nginx|conf\.d|sites-(?:available|enabled))\/(?:[\w.-]{1,80}\/){0,8}[\w.-]{1,80}$/i;
const haproxy = /(?:^|\/)haproxy[\w.-]*\.cfg$/i;
const proxy = /(?:^|\/)[\w.-]{0,80}(?:envoy|traefik)[\w.-]{0,80}\.ya?ml$/i;
/** What nginx's configuration says and other programs' does not. */
const saysNginx = /^[ \t]{0,80}(?:proxy_pass|server_name|upstream|location|fastcgi_pass|proxy_\w+)\s/m;
const maxLength = 1_000_000;

/** Files that say how the program is built and run. */
export const operationsReader: Reader = {
  id: 'operations',
  reads: (path) => formatOf(path) !== undefined,
  read(file, project) {
    const text = file.after;
    const format = formatOf(file.path);
    if (text === undefined || !format) return {};
    if (text.length > maxLength) throw new RangeError('too long to be configuration');
    const problems = problemsOf(format, file.path, text, project);
    return problems ? { operations: { format, problems: [...problems] } } : {};
  },
  wants: ({ files, tree }) => {
    const paths = files.map(({ path }) => path);
    const wanted: RegExp[] = [];
    if (paths.some((path) => dockerfile.test(path) || composePath.test(path))) wanted.push(composePath, dockerfile);
    if (paths.some((path) => manifest.test(path))) wanted.push(scalerPath);
    return (tree ?? []).filter((path) => wanted.some((name) => name.test(path))).slice(0, 30);
  },
};

const scalerPath = /(?:^|\/)[\w.-]{0,80}(?:hpa|autoscal|scaledobject|kustomization)[\w.-]{0,80}\.ya?ml$/i;

function formatOf(path: string): OperationsFacts['format'] | undefined {
  if (dockerfile.test(path)) return 'dockerfile';
  if (workflow.test(path)) return 'workflow';
  if (composePath.test(path)) return 'compose';
  if (template.test(path)) return 'helm-template';
  if (values.test(path)) return 'helm-values';
  if (haproxy.test(path)) return 'haproxy';
  if (nginx.test(path)) return 'nginx';
  if (proxy.test(path)) return 'proxy';
  return manifest.test(path) ? 'kubernetes' : undefined;
}

function problemsOf(
  format: OperationsFacts['format'],
  path: string,
  text: string,
  project: Project,
): Iterable<Problem> | undefined {
  switch (format) {
    case 'dockerfile':
      return dockerfileProblems(text, project);
    case 'workflow':
      return workflowProblems(readYaml(text), text);
    case 'compose':
      return composeProblems(readYaml(text), path, project);
    case 'helm-values':
      return text.includes('{{') ? undefined : valuesProblems(readYaml(text), path);
    case 'haproxy':
      return haproxyProblems(text);
    case 'nginx':
      // Other templates' braces are not nginx's.
      return saysNginx.test(text) && !/\{[{%]/.test(text) ? nginxProblems(text) : undefined;
    case 'helm-template':
      return templateProblems(text);
    case 'proxy':
    case 'kubernetes': {
      if (text.includes('{{')) return undefined;
      const yaml = readYaml(text);
      if (format === 'proxy' && !yaml.documents.some(isKubernetes)) return proxyProblems(yaml);
      if (!yaml.documents.some(isKubernetes)) return undefined;
      return kubernetesProblems(yaml, { scales: (name) => isScaled(name, text, project) });
    }
  }
}

/** A template whose branches are no YAML together cannot be judged before it is rendered. */
function templateProblems(text: string): Iterable<Problem> | undefined {
  const { text: rendered, printed } = templateAsYaml(text);
  try {
    return [...kubernetesProblems(readYaml(rendered), { printed })];
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** An autoscaler or a kustomization that names the workload sets how many there are. */
function isScaled(name: string, own: string, project: Project): boolean {
  const texts = project.paths.filter((path) => scalerPath.test(path)).slice(0, 50);
  return [own, ...texts.map((path) => project.text(path) ?? '')].some(
    (text) =>
      /\b(?:HorizontalPodAutoscaler|ScaledObject|replicas:[ \t]*\r?\n[ \t]*- name)\b/.test(text) && text.includes(name),
  );
}
