/** Files of settings that a program runs with; not what people copy, and not what only a developer's machine reads. */
const settings = /\.(?:ya?ml|json|toml|ini|properties|conf|cfg)$/i;
const copied =
  /example|sample|template|\.dist\b|default|mock|fixture|schema|openapi|swagger|i18n|locale|lang|translation|messages|\blocal\b|\bdev(?:elopment)?\b|\btest|docker-compose|\bcompose\b|\bci\b|\.github\//i;
/** Words that are somebody's password far more often than they are anything else, where a password stands. */
const guessable =
  /^(?:password|passw0rd|passwd|secret|admin|administrator|root|oracle|postgres|mysql|guest|qwerty|letmein|welcome|[a-z]{3,12}123)$/;
const user = /^["']?[\w.-]{0,40}user(?:_?name)?["']?\s{0,3}[:=]\s{0,3}["']?([\w.@-]{2,60})["']?,?$/i;
const server =
  /^["']?[\w.-]{0,40}(?:host|hostname|server|url|address|port|database)["']?\s{0,3}[:=]\s{0,3}["']?([\w.:/@-]{2,200})["']?,?$/i;
const local = /localhost|127\.0\.0\.1|0\.0\.0\.0|::1/;
const reach = 5;
const maxLine = 300;

/**
 * Says whether a word that stands for a password elsewhere is one here: in a file of settings, with the account's user and
 * its server on the lines around it, and that server not the developer's own machine.
 *
 * @param start offset of the password's line in the text
 */
export function isOfAccount(value: string, path: string, text: string, start: number): boolean {
  if (!guessable.test(value) || !settings.test(path) || copied.test(path)) return false;
  const lines = linesAround(text, start);
  const users = lines.map((line) => user.exec(line)?.[1]).filter((name) => name !== undefined);
  const servers = lines.map((line) => server.exec(line)?.[1]).filter((name) => name !== undefined);
  return (
    users.length > 0 &&
    servers.length > 0 &&
    !lines.some((line) => local.test(line)) &&
    !users.some((name) => /^user(?:_?name)?$/i.test(name))
  );
}

/** The lines before and after a place, without their blanks; long ones are left out. */
function linesAround(text: string, start: number): string[] {
  let from = start;
  for (let i = 0; i < reach && from > 0; i++) from = text.lastIndexOf('\n', from - 2) + 1;
  return text
    .slice(from, start + maxLine * reach)
    .split('\n')
    .slice(0, 2 * reach + 1)
    .filter((line) => line.length < maxLine)
    .map((line) => line.trim());
}
