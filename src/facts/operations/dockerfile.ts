import { DockerfileParser } from 'dockerfile-ast';
import type { Project } from '../project.ts';
import type { Problem } from '../sql.ts';

const secretName = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** What a Dockerfile bakes in or leaves out. */
export function* dockerfileProblems(text: string, project: Project): Iterable<Problem> {
  const instructions = DockerfileParser.parse(text).getInstructions();
  for (const instruction of instructions) {
    if (instruction.getKeyword() !== 'ARG') continue;
    const name = instruction.getArguments()[0]?.getValue().split('=')[0] ?? '';
    if (!secretName.test(name)) continue;
    const line = instruction.getRange().start.line + 1;
    yield {
      line,
      endLine: line,
      rule: 'secret-as-build-argument',
      because: `\`${name.slice(0, 63)}\` stays in the history of the image.`,
    };
  }
  const has = (keyword: string) => instructions.find((i) => i.getKeyword() === keyword);
  const port = has('EXPOSE');
  const checked = instructions.some(
    (i) => i.getKeyword() === 'HEALTHCHECK' && i.getArguments()[0]?.getValue() !== 'NONE',
  );
  if (!port || checked || !(has('CMD') || has('ENTRYPOINT')) || !runsUnderCompose(project)) return;
  const line = port.getRange().start.line + 1;
  yield {
    line,
    endLine: line,
    rule: 'image-without-healthcheck',
    because: 'Compose starts it, and nothing else here asks whether it still answers.',
  };
}

/** Compose is what runs the image, and it adds no check of its own. Kubernetes, Fly and the like have theirs. */
function runsUnderCompose(project: Project): boolean {
  const compose = project.paths.filter((path) => /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path));
  if (
    compose.length === 0 ||
    project.paths.some((path) =>
      /(?:^|\/)(?:k8s|kubernetes|helm|charts?)\/|(?:^|\/)(?:fly|railway|render)\.(?:toml|json|ya?ml)$/.test(path),
    )
  )
    return false;
  return compose.every(
    (path) => project.text(path) !== undefined && !/\bhealthcheck\s{0,4}:/.test(project.text(path) ?? ''),
  );
}
