/** Files whose services live as long as one run of a pipeline. */
const pipelines =
  /(?:^|\/)(?:\.github\/workflows\/|\.circleci\/|\.buildkite\/|\.gitlab-ci[\w.-]*\.ya?ml$|\.travis\.ya?ml$|azure-pipelines[\w.-]*\.ya?ml$|bitbucket-pipelines\.ya?ml$|\.drone\.ya?ml$|\.?appveyor\.ya?ml$|\.woodpecker)/i;
/** A composition for a developer's machine; one that says production is no such thing. */
const compositions = /(?:^|\/)(?:docker-)?compose(?:[._-](?!prod|live|deploy)[\w-]{1,30})?\.ya?ml$/i;
/** Variables from which the image of a server takes the password that it makes its first account with. */
const firstAccount =
  /^(?:POSTGRES(?:QL)?|PG|MYSQL|MARIADB|MSSQL|SA|RABBITMQ|MONGO(?:DB)?|REDIS|MINIO|CLICKHOUSE|NEO4J|COUCHDB|ELASTIC|KEYCLOAK|ORACLE|DB2|HANA|GF_SECURITY)_?[A-Z_]{0,30}(?:PASS(?:WORD)?|PWD)$/i;
/** A word, as it is also the user's and the database's name there. */
const word = /^[a-z]{3,16}\d{0,3}$/;
/** How passwords begin that nobody has to keep. */
const careless =
  /^(?:test|admin|root|pass|pwd|secret|dev|local|ci|demo|example|sample|dummy|fake|postgres|mysql|mongo|redis|rabbit|minio|user|guest|my|sa|db|app|change|some|super|very)/i;

/** Says whether a file describes services that end with the pipeline that started them. */
export function isPipeline(path: string): boolean {
  return pipelines.test(path);
}

/**
 * Says whether a password is that of a server which is made beside it and thrown away: a pipeline's service, the database
 * of a developer's composition. Nobody outside reaches it, and it is worth nothing anywhere else.
 */
export function isThrowaway(name: string, value: string, path: string): boolean {
  if (isPipeline(path)) return careless.test(value);
  return compositions.test(path) && firstAccount.test(name) && (careless.test(value) || word.test(value));
}
