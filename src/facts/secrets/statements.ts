/** Statements and directives that take a password by its place, so that no name of one stands beside it. */
const quoted = String.raw`N?["'](?<value>[^"'\n]{1,100})["']`;
const pair = String.raw`["'][^"'\n]{1,100}["']\s{0,4},\s{0,4}${quoted}`;

/** What the prefilter looks for. */
export const statementWords = [
  'auth=(',
  'auth = (',
  'securestring',
  'identified ',
  'insert into ',
  ' on >',
  'stats auth ',
] as const;
const statements: readonly RegExp[] = [
  // Python's requests.
  new RegExp(String.raw`\bauth\s{0,2}=\s{0,2}\(\s{0,4}${pair}\s{0,4}\)`, 'gi'),
  // PowerShell.
  new RegExp(String.raw`ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?${quoted}`, 'gi'),
  // SQL: MySQL, MariaDB, Oracle; `IDENTIFIED WITH caching_sha2_password BY 'x'`.
  new RegExp(String.raw`\bIDENTIFIED\s{1,4}(?:WITH\s{1,4}["'\x60]?\w{1,40}["'\x60]?\s{1,4})?BY\s{1,4}${quoted}`, 'gi'),
  // Oracle needs no quotes: a digit tells a password from a word of a sentence.
  /\bIDENTIFIED\s{1,4}BY\s{1,4}"?(?<value>(?=[A-Za-z_#]{0,60}\d)[A-Za-z][\w#]{5,60})"?(?=[\s;"]|$)/gi,
  // Redis: a user of an access list, `user app on >x ~* +@all`, and `ACL SETUSER app on >x`.
  /\b(?:set)?user\s{1,3}[\w.@-]{1,60}\s{1,3}(?:reset\s{1,3})?on\s{1,3}>(?<value>[^\s"'$%<{]{4,100})/gi,
  // HAProxy's page of statistics.
  /^\s{0,20}stats\s{1,4}auth\s{1,4}[^\s:"$]{1,60}:(?<value>[^\s"'$%<{]{4,100})/gi,
];

/** Files of directives, where a blank parts the name from its value. */
const directives = /(?:\.(?:conf|cnf|cfg)|(?:^|\/)[._]netrc)$/i;
const directive =
  /^\s{0,20}(?:user\s{1,4}\S{1,60}\s{1,4}(?=insecure-))?(?:requirepass|insecure-password|masterauth|password|passwd|bindpw|rootpw|rootbindpw|ldap_default_authtok)\s{1,8}["']?([^\s"'#$%<{][^\s"'#]{3,100})["']?\s{0,20}(?:#.{0,200})?$/i;

/** Reads the password of a directive: `requirepass x` of Redis, `password x` of a .netrc. */
export function directivePassword(path: string, line: string): string | undefined {
  return directives.test(path) ? directive.exec(line)?.[1] : undefined;
}

/** Reads the passwords that a statement gives by their place: `IDENTIFIED BY 'x'`. */
export function statementPasswords(line: string): string[] {
  const found = statements.flatMap((form) => Array.from(line.matchAll(form), ({ groups }) => groups?.value ?? ''));
  return found.filter((value) => value.length >= 4);
}
