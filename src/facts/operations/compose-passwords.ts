import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { Problem } from '../sql.ts';
import { nodeAt, textAt, type YamlFile } from './yaml.ts';

const databases: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|\/)(?:postgres|postgis|timescaledb|pgvector)\b/, /^POSTGRES_PASSWORD$/],
  [/(?:^|\/)(?:mysql|mariadb|percona)\b/, /^(?:MYSQL|MARIADB)_(?:ROOT_)?PASSWORD$/],
  [/(?:^|\/)mongo\b/, /^MONGO_INITDB_ROOT_PASSWORD$/],
  [/(?:^|\/)rabbitmq\b/, /^RABBITMQ_DEFAULT_PASS$/],
];
/** Passwords that everybody tries first. The secrets scanner finds those that are hard to guess. */
const guessable =
  /^(?:postgres(?:ql)?|mysql|mariadb|mongo|rabbitmq|guest|root|toor|admin|administrator|user|app|db|database|pass|passw[o0]rd\d{0,4}|secret|test|example|changeme|change_me|default|qwerty|letmein|1234\d{0,6})$/i;
const open = /^(?:POSTGRES_HOST_AUTH_METHOD=trust|(?:MYSQL|MARIADB)_ALLOW_EMPTY(?:_ROOT)?_PASSWORD=(?:1|yes|true))$/i;

/** Passwords of a database's service that everybody tries first, or none at all. */
export function* passwordProblems(service: YAMLMap, lineOf: YamlFile['lineOf']): Iterable<Problem> {
  const image = textAt(service, 'image') ?? '';
  const password = databases.find(([names]) => names.test(image))?.[1];
  if (!password) return;
  for (const { name, value, node } of settingsOf(nodeAt(service, 'environment'))) {
    const line = lineOf(node);
    if (password.test(name) && guessable.test(value))
      yield {
        line,
        endLine: line,
        rule: 'guessable-database-password',
        because: `\`${name}\` is a word that everybody tries first.`,
      };
    else if (open.test(`${name}=${value}`))
      yield {
        line,
        endLine: line,
        rule: 'guessable-database-password',
        because: `\`${name}\` lets anybody in without a password.`,
      };
  }
}

/** `environment:` as a map or as a list of `NAME=value`. */
function settingsOf(node: unknown): { name: string; value: string; node: unknown }[] {
  if (isMap(node))
    return node.items.flatMap(({ key, value }) =>
      isScalar(key) && isScalar(value)
        ? [{ name: String(key.value), value: String(value.value ?? ''), node: key }]
        : [],
    );
  if (!isSeq(node)) return [];
  return node.items.slice(0, 500).flatMap((item) => {
    const text = isScalar(item) ? String(item.value) : '';
    const cut = text.indexOf('=');
    return cut < 0 ? [] : [{ name: text.slice(0, cut), value: text.slice(cut + 1), node: item }];
  });
}
