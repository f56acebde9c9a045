import { classifyValue } from './value.ts';

/** One argument of a shell: in quotes, or up to the next blank or operator. Nothing that a variable or a call fills. */
const argument = String.raw`(?:"(?<a>[^"$\x60\n]{4,80})"|'(?<b>[^'$\n]{4,80})'|(?<c>[^\s"'$%<>{}()|;&,\\-][^\s"'|;&)\\\x60]{3,80}))`;
/** `user:password`, whose password is more than a group's name (`--user node:node`). */
const pair = String.raw`["']?[\w.@-]{1,60}:(?![a-z_-]{1,80}(?:[\s"')\x60;,]|$))(?<a>[^\s"'$%<>{}(:][^\s"':)\x60;,]{3,80})`;
/** What stands between a program and its option. */
const gap = String.raw`[^\n|;]{0,300}?\s`;

/** A program and how it is given a password. */
interface Command {
  /** What the prefilter looks for, in lower case. */
  readonly words: readonly string[];
  /** From the word's place on. */
  readonly form: RegExp;
}

function command(words: readonly string[], form: string): Command {
  return { words, form: new RegExp(form, 'iy') };
}

/** Programs that are given a password by an option or a place which no name announces. */
export const commands: readonly Command[] = [
  command(['sshpass ', 'psexec'], String.raw`\w{1,20}(?:\.exe)?(?:\s|${gap})-p\s{0,2}${argument}`),
  // Registries, clouds and clusters.
  command([' login '], String.raw` login\s(?:|${gap})-p[\s=]{1,2}${argument}`),
  command(
    ['mongo ', 'mongosh ', 'mongodump ', 'mongorestore ', 'mongoimport ', 'mongoexport ', 'cqlsh '],
    String.raw`\w{1,20}(?=[^\n|;]{0,200}\s-u)${gap}-p[\s=]{0,2}${argument}`,
  ),
  // MySQL's clients ask for the password when a blank follows `-p`: what comes then is a database.
  command(
    ['mysql ', 'mysqldump ', 'mysqladmin ', 'mysqlimport ', 'mariadb ', 'mariadb-dump '],
    String.raw`[\w-]{1,20}\s(?:|${gap})-p${argument}`,
  ),
  command(['redis-cli', 'valkey-cli'], String.raw`\w{1,8}-cli${gap}-a\s{1,2}${argument}`),
  command(['sqlcmd ', 'osql ', 'mosquitto_', 'zip '], String.raw`\w{1,20}\s(?:|${gap})-P\s{0,2}${argument}`),
  command(
    ['ldapsearch ', 'ldapadd ', 'ldapmodify ', 'ldapdelete ', 'ldapwhoami '],
    String.raw`ldap\w{1,10}${gap}-w\s{1,2}${argument}`,
  ),
  command(['openssl '], String.raw`openssl${gap}(?:-k\s{1,2}|-pass(?:in|out)?\s{1,2}["']?pass:)${argument}`),
  command(['keytool ', 'jarsigner '], String.raw`\w{1,10}${gap}-\w{0,8}(?:store|key)pass\s{1,2}${argument}`),
  command(['htpasswd '], String.raw`htpasswd\s{1,3}-[a-z]{0,5}n[a-z]{0,5}\s{1,3}[\w.@-]{1,60}\s{1,3}${argument}`),
  command(
    ['htpasswd '],
    String.raw`htpasswd\s{1,3}-[a-z]{0,5}b[a-z]{0,5}\s{1,3}[^\s-]\S{0,100}\s{1,3}[\w.@-]{1,60}\s{1,3}${argument}`,
  ),
  command(['smbclient ', 'rpcclient '], String.raw`\w{1,10}${gap}-U\s{0,2}["']?[\w.\\@-]{1,60}%${argument}`),
  command(
    ['sqlplus ', 'sqlldr ', 'expdp ', 'impdp '],
    String.raw`\w{1,10}\s(?:|${gap})["']?\w{1,30}/(?<a>[^\s@"'$%<{/]{4,60})@`,
  ),
  command(['jdbc:oracle:'], String.raw`jdbc:oracle:\w{1,8}:\w{1,30}/(?<a>[^\s@"'$%<{/]{4,60})@`),
  command(
    ['rabbitmqctl '],
    String.raw`rabbitmqctl\s(?:|${gap})(?:add_user|change_password)\s{1,3}[\w.@-]{1,60}\s{1,3}${argument}`,
  ),
  command(['net use '], String.raw`net use\s(?:|${gap})/user:\S{1,60}\s{1,4}${argument}`),
  // curl, wget: also where the program stands on a line above.
  command(['-u ', '--user ', '--user=', '--proxy-user '], String.raw`--?[a-z-]{1,10}[\s=]{1,3}${pair}`),
  command(['http -a ', 'https -a '], String.raw`https? -a\s{1,3}${pair}`),
  command([' login '], String.raw` login\s{1,3}\S{1,60}\s{1,3}password\s{1,3}${argument}`),
];
/** Programs that read a password from the command before them: `echo x | docker login --password-stdin`. */
const readers = ['chpasswd', 'password-stdin', 'passwd --stdin'] as const;
const echoed = new RegExp(String.raw`\b(?:echo|printf)\s{1,3}(?:-n\s{1,3})?${argument}\s{0,3}\|[^|\n]{0,200}$`, 'i');
/** More commands than this in one line are data. */
const maxCommands = 20;

/** What the prefilter looks for. */
export const commandWords: readonly string[] = [...new Set([...commands.flatMap(({ words }) => words), ...readers])];

/**
 * Reads the passwords that programs are given on a command line.
 *
 * @param places offsets in the line at which one of `commandWords` stands
 */
export function commandPasswords(line: string, places: readonly number[]): string[] {
  const lower = line.toLowerCase();
  return places.slice(0, maxCommands).flatMap((at) => {
    const given = commands
      .filter(({ words }) => words.some((word) => lower.startsWith(word, at)))
      .map(({ form }) => argumentOf(form, line, at));
    const piped = readers.some((word) => lower.startsWith(word, at)) ? pipedInto(line, at) : undefined;
    return [...given, piped].filter((value) => value !== undefined && isPassword(value)) as string[];
  });
}

function argumentOf(form: RegExp, line: string, at: number): string | undefined {
  form.lastIndex = at;
  const { a, b, c } = form.exec(line)?.groups ?? {};
  return a ?? b ?? c;
}

/** `chpasswd` is given `user:password`, the others the password alone. */
function pipedInto(line: string, at: number): string | undefined {
  const { a, b, c } = echoed.exec(line.slice(Math.max(0, at - 400), at))?.groups ?? {};
  const value = a ?? b ?? c;
  return line.startsWith('chpasswd', at) ? value?.slice(value.indexOf(':') + 1) : value;
}

/** No port (`-p 8080:80`), no word of a manual, no name of something. */
function isPassword(value: string): boolean {
  if (/^[\d.:/]{1,40}(?:tcp|udp)?$/.test(value)) return false;
  return ['random', 'password', 'weak'].includes(classifyValue(value, 'password'));
}
