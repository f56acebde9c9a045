/** A quoted literal of a password's length. */
const quoted = (name: string) => String.raw`["'](?<${name}>[^"'\n]{1,100})["']`;
const pair = String.raw`["'][^"'\n]{1,100}["']\s{0,4},\s{0,4}${quoted('value')}`;

/** Calls and statements that take a password by its place, so that no name stands beside it. */
const forms: readonly RegExp[] = [
  // Go, Ruby, Python, Java, C#: a user and a password.
  new RegExp(
    String.raw`(?:basic_?auth|NetworkCredential|UsernamePasswordCredentials|HTTPBasicAuth|PasswordAuthentication)[( ]\s{0,4}${pair}`,
    'gi',
  ),
  new RegExp(String.raw`\bauth\s{0,2}=\s{0,2}\(\s{0,4}${pair}\s{0,4}\)`, 'gi'),
  // PHP: data source, user, password.
  new RegExp(String.raw`\bPDO\(\s{0,4}["'][^"'\n]{1,200}["']\s{0,4},\s{0,4}${pair}`, 'gi'),
  // C#: what a token is signed with.
  new RegExp(String.raw`SymmetricSecurityKey\(\s{0,2}(?:[\w.]{0,40}GetBytes\()?\s{0,2}${quoted('value')}`, 'g'),
  // PowerShell and SQL.
  new RegExp(String.raw`ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?${quoted('value')}`, 'gi'),
  new RegExp(String.raw`\bIDENTIFIED\s{1,4}BY\s{1,4}${quoted('value')}`, 'gi'),
];

/** Files of directives, where a blank parts the name from its value. */
const directives = /(?:\.(?:conf|cnf)|(?:^|\/)[._]netrc)$/i;
const directive =
  /^\s{0,20}(?:requirepass|masterauth|password|passwd)\s{1,8}["']?([^\s"'#$%<{][^\s"'#]{3,100})["']?\s{0,20}(?:#.{0,200})?$/i;

/** Reads the password of a directive: `requirepass x` of Redis, `password x` of a .netrc. */
export function directivePassword(path: string, line: string): string | undefined {
  return directives.test(path) ? directive.exec(line)?.[1] : undefined;
}

/** Reads the passwords that a line gives by their place: `SetBasicAuth("app", "x")`, `IDENTIFIED BY 'x'`. */
export function positionalPasswords(line: string): string[] {
  const found = forms.flatMap((form) => Array.from(line.matchAll(form), ({ groups }) => groups?.value ?? ''));
  return found.filter((value) => value.length >= 4);
}
