import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Project } from '../project.ts';
import type { Problem } from '../sql.ts';
import { passwordProblems } from './compose-passwords.ts';
import { nodeAt, textAt, textsIn, type YamlFile } from './yaml.ts';

/** Files that Compose reads. */
export const composePath = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i;
/** Of these, those that run in production by their own word. */
const productionPath = /(?:^|[/._-])(?:prod|production|live|deploy|deployment|release)(?:[/._-]|$)/i;
const otherPath =
  /(?:^|[/._-])(?:dev|devel|development|local|tests?|testing|ci|e2e|example|sample|override|staging)(?:[/._-]|$)/i;
/** Official images that bring no HEALTHCHECK of their own. */
const unchecked =
  /^(?:docker\.io\/)?(?:library\/)?(?:postgres|redis|valkey\/valkey|mysql|mariadb|mongo|rabbitmq|memcached|nats|nginx|caddy|traefik|node)(?::|@|$)/;
/** Services that end by themselves. */
const endsByItself = /migrat|seed|init|setup|bootstrap|backup|job|cron|test|e2e|wait|cli|build|install/i;
interface Service {
  readonly name: string;
  readonly map: YAMLMap;
  readonly line: number;
  /** Brings in what is not written here. */
  readonly inherits: boolean;
}

/** What a Compose file leaves out: each lack is judged by what the file does for its other services. */
export function* composeProblems({ documents, lineOf }: YamlFile, path: string, project: Project): Iterable<Problem> {
  const production = productionPath.test(path) && !otherPath.test(path);
  for (const document of documents) {
    const services = servicesOf(document, lineOf);
    for (const service of services) {
      yield* healthProblems(service, services, lineOf, path, project);
      if (production) yield* passwordProblems(service.map, lineOf);
    }
    yield* forgotten(services, 'service-without-restart', 'a restart policy', restarts);
    yield* forgotten(services, 'workload-without-limits', 'limits', isLimited);
  }
}

function servicesOf(document: YAMLMap, lineOf: YamlFile['lineOf']): Service[] {
  const services = nodeAt(document, 'services');
  if (!isMap(services)) return [];
  return services.items.slice(0, 500).flatMap(({ key, value }) => {
    if (!isScalar(key) || !isMap(value)) return [];
    const inherits = value.has('<<') || value.has('extends');
    return [{ name: String(key.value).slice(0, 63), map: value, line: lineOf(key), inherits }];
  });
}

/** A service that others wait for until it is healthy, and that nobody asks: Compose refuses to start them. */
function* healthProblems(
  service: Service,
  all: readonly Service[],
  lineOf: YamlFile['lineOf'],
  path: string,
  project: Project,
): Iterable<Problem> {
  const waited = nodeAt(service.map, 'depends_on');
  if (!isMap(waited)) return;
  for (const { key, value } of waited.items) {
    if (!isScalar(key) || textAt(value, 'condition') !== 'service_healthy') continue;
    const target = all.find(({ name }) => name === String(key.value));
    if (!target || target.inherits || isChecked(target, project) || isCheckedElsewhere(target, path, project)) continue;
    const line = lineOf(key);
    yield {
      line,
      endLine: line,
      rule: 'service-without-healthcheck',
      because: `\`${plain(target.name)}\` has no \`healthcheck\`, so \`${plain(service.name)}\` never starts.`,
    };
  }
}

/** By its own word or its image's; unknown images are taken to have one. */
function isChecked({ map }: Service, project: Project): boolean {
  if (map.has('healthcheck')) return textAt(map, 'healthcheck', 'disable') !== 'true';
  const build = nodeAt(map, 'build');
  if (build !== undefined) {
    const folder = (isScalar(build) ? String(build.value) : (textAt(build, 'context') ?? '.')).replace(/^\.\/?/, '');
    const name = textAt(build, 'dockerfile') ?? 'Dockerfile';
    const text = project.text(folder === '' ? name : `${folder.replace(/\/$/, '')}/${name}`);
    return (
      text === undefined ||
      /^[ \t]{0,80}HEALTHCHECK\s/im.test(text) ||
      !/^FROM (?:[\w./-]{0,80}\/)?(?:node|oven\/bun|debian|ubuntu|alpine)\b/im.test(text)
    );
  }
  return !unchecked.test(textAt(map, 'image') ?? '');
}

/** Compose merges the files of a folder (`-f base -f production`): another one may give the service its check. */
function isCheckedElsewhere({ name }: Service, path: string, project: Project): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return project.paths.some((other) => {
    if (other === path || !other.startsWith(folder) || !composePath.test(other)) return false;
    const text = project.text(other);
    return text === undefined || (text.includes('healthcheck') && text.includes(`${name}:`));
  });
}

/** A long-running service without what at least two others have, and nearly all: it was forgotten. */
function* forgotten(
  services: readonly Service[],
  rule: string,
  what: string,
  has: (service: Service) => boolean,
): Iterable<Problem> {
  const running = services.filter(isLongRunning);
  const lacking = running.filter((service) => !service.inherits && !has(service));
  const others = running.length - lacking.length;
  if (others < 2 || lacking.length * 2 > others) return;
  for (const { line, name } of lacking)
    yield {
      line,
      endLine: line,
      rule,
      because: `\`${plain(name)}\` has none, and the ${others} other services have ${what}.`,
    };
}

function isLongRunning({ name, map }: Service): boolean {
  if (endsByItself.test(name) || map.has('profiles')) return false;
  const command = [textAt(map, 'command'), ...textsIn(nodeAt(map, 'command'))].join(' ');
  return (
    map.has('ports') || map.has('expose') || (unchecked.test(textAt(map, 'image') ?? '') && !endsByItself.test(command))
  );
}

function restarts({ map }: Service): boolean {
  return map.has('restart') || nodeAt(map, 'deploy', 'restart_policy') !== undefined;
}

function isLimited({ map }: Service): boolean {
  return nodeAt(map, 'deploy', 'resources', 'limits') !== undefined || map.has('mem_limit');
}

function plain(name: string): string {
  return name.replace(/[^\w.-]/g, '');
}
