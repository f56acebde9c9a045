import type { Reader } from '../reader.ts';
import { dockerfileProblems } from './dockerfile.ts';
import { isKubernetes, kubernetesProblems } from './kubernetes.ts';
import { workflowProblems } from './workflow.ts';
import { readYaml } from './yaml.ts';

const dockerfile = /(?:^|\/)(?:[\w.-]+\.)?Dockerfile(?:\.[\w-]+)?$/i;
const workflow = /(?:^|\/)\.github\/(?:workflows\/[^/]+|actions\/.+\/action)\.ya?ml$/;
const manifest =
  /(?:^|\/)(?:k8s|kubernetes|kube|manifests?|deploy(?:ments?)?|kustomize|overlays?|base|infra(?:structure)?|ops|argocd|flux|clusters?)\/.*\.ya?ml$|(?:^|\/)[\w.-]*(?:deployment|statefulset|daemonset|secret)s?[\w.-]*\.ya?ml$/i;
/** Helm's templates are Go templates: YAML only once they are rendered. */
const template = /(?:^|\/)templates\/.*\.ya?ml$/;

/** Files that say how the program is built and run. */
export const operationsReader: Reader = {
  id: 'operations',
  reads: (path) => dockerfile.test(path) || workflow.test(path) || (manifest.test(path) && !template.test(path)),
  read(file, project) {
    const text = file.after;
    if (text === undefined) return {};
    if (dockerfile.test(file.path))
      return {
        operations: { format: 'dockerfile', problems: [...dockerfileProblems(text.slice(0, 1_000_000), project)] },
      };
    if (text.includes('{{') && !workflow.test(file.path)) return {};
    const yaml = readYaml(text);
    if (workflow.test(file.path))
      return { operations: { format: 'workflow', problems: [...workflowProblems(yaml, text)] } };
    if (!yaml.documents.some(isKubernetes)) return {};
    return { operations: { format: 'kubernetes', problems: [...kubernetesProblems(yaml)] } };
  },
  wants: ({ files, tree }) =>
    files.some((file) => dockerfile.test(file.path))
      ? (tree ?? []).filter((path) => /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path)).slice(0, 10)
      : [],
};
