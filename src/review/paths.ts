import type { FileKind } from './rule.ts';

const vendored = /(?:^|\/)(?:node_modules|vendor|vendored|third[_-]?party|bower_components|\.yarn)\//i;
const generated =
  /(?:^|\/)(?:dist|build|out|coverage|\.next|generated|__generated__|gen)\/|[.-](?:min|bundle|generated|gen)\.[cm]?[jt]sx?$|_pb\.[jt]s$|\.pb\.go$|\.d\.[cm]?ts$|\.map$|\.snap$|(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$|(?:^|\/)(?:pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|Cargo\.lock|poetry\.lock|composer\.lock|Gemfile\.lock|go\.sum)$/i;
const tests =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|tests?|testing|specs?|fixtures?|mocks?|e2e|cypress|playwright|test-utils?|test-lib|testdata|regtests?|(?:integration|unit|acceptance)[-_]?tests?)\/|(?:^|\/)tests?(?:[-_]?(?:help(?:er)?s?|utils?|setup))?\.[cm]?[jt]sx?$|[._-](?:test|tests|tst|spec|stories|story|e2e|mock|fixture|cy)\.[a-z]+$|(?:^|\/)mock(?:ed|s)?[-_][^/]{1,80}\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest|karma|playwright|cypress)\.[a-z.]*config\.[a-z]+$/i;
const migrations =
  /(?:^|\/)(?:migrations?|migration-scripts|migrate|drizzle|seeds?|seeders?)\/|(?:^|\/)V\d{1,20}[\w.]{0,40}__[^/]{0,200}\.sql$|[._-]seed\.[a-z]+$/i;
const scripts =
  /(?:^|\/)(?:scripts?|tools?|bin|cli|benchmarks?|bench|examples?|samples?|demos?|\.github|\.circleci|tasks?-dev)\/|(?:^|\/)(?:gulpfile|Gruntfile|rollup|webpack|vite|next|nuxt|svelte|tailwind|postcss|babel|eslint|prettier|\.eslintrc|metro|esbuild|tsup)[\w.]*\.(?:config\.)?[cm]?[jt]s$|(?:^|\/)cli\.[cm]?[jt]s$/i;
const docs = /(?:^|\/)(?:docs?|documentation|website)\/|\.(?:md|mdx|rst|adoc|txt)$/i;
const clients =
  /\.(?:tsx|jsx|vue|svelte|css|scss|less|html?)$|(?:^|\/)(?:frontend|client|public|static|assets|web-?app|components)\/|(?:^|\/)hooks\/(?:[^/]{1,80}\/){0,4}use[-A-Z]/i;
const configs = /\.(?:json|ya?ml|toml|ini|env|properties|conf|cfg|xml)$|(?:^|\/)(?:Dockerfile|\.env)[\w.-]*$/i;

/**
 * Says what kind of file a path names, most silencing kind first.
 *
 * @param path path inside the repository, `/` between its parts
 */
export function kindOf(path: string): FileKind {
  if (vendored.test(path)) return 'vendored';
  if (generated.test(path)) return 'generated';
  if (tests.test(path)) return 'test';
  if (migrations.test(path)) return 'migration';
  if (scripts.test(path)) return 'script';
  if (docs.test(path)) return 'docs';
  if (clients.test(path)) return 'client';
  if (configs.test(path)) return 'config';
  return 'production';
}
