import { DockerfileParser, PropertyInstruction } from 'dockerfile-ast';
import type { Project } from '../project.ts';
import type { Problem } from '../sql.ts';

const secretName =
  /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|(?:API|PRIVATE|ACCESS|SECRET|SIGNING|ENCRYPTION)_?KEY|CREDENTIALS?)$/i;

/** What a Dockerfile bakes in or leaves out. */
export function* dockerfileProblems(text: string, project: Project): Iterable<Problem> {
  const instructions = DockerfileParser.parse(text).getInstructions();
  const args = new Set<string>();
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword();
    if (!(instruction instanceof PropertyInstruction) || (keyword !== 'ARG' && keyword !== 'ENV')) continue;
    for (const property of instruction.getProperties()) {
      const name = property.getName();
      if (keyword === 'ARG') args.add(name);
      if (!secretName.test(name) || (keyword === 'ENV' && !isGiven(property.getValue() ?? '', args))) continue;
      const line = property.getNameRange().start.line + 1;
      const where = keyword === 'ARG' ? 'in the history of the image' : 'in the image and in every container of it';
      yield {
        line,
        endLine: line,
        rule: 'secret-as-build-argument',
        because: `\`${name.slice(0, 63)}\` stays ${where}.`,
      };
    }
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

/** Keys that are made to stand in pages which everybody loads: PostHog's, Stripe's, Clerk's. */
const publicKey = /^(?:phc_|pk_(?:live|test)_)/;

/** A value that is written out, or handed on from a build argument; what is set when the container starts is neither. */
function isGiven(value: string, args: ReadonlySet<string>): boolean {
  const handed = /^\$\{?(\w{1,64})(?:[}:]|$)/.exec(value)?.[1];
  if (handed !== undefined) return args.has(handed);
  return (
    /^[^\s$<{]{8,}$/.test(value) &&
    !/^(?:change|replace|your|example|placeholder|x{3}|todo|dummy|secret$|password$)/i.test(value) &&
    !publicKey.test(value)
  );
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
