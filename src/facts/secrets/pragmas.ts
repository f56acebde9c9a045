/** Comments by which other scanners' users say that a line is no secret: honoured, so that a team can switch. */
const onLine =
  /gitleaks:allow|betterleaks:allow|trufflehog:ignore|ggignore|secretlint-disable-line|pragma:\s?(?:allow|white)list[ -]secret(?!\s?nextline)/i;
const onNextLine =
  /pragma:\s?(?:allow|white)list[ -](?:nextline[ -]secret|secret[ -]nextline)|secretlint-disable-next-line/i;
const maxLine = 10_000;

/** Says whether a pragma on the line, or on the line before, allows what stands there. */
export function isAllowedByPragma(text: string, start: number, end: number): boolean {
  if (onLine.test(text.slice(start, Math.min(end, start + maxLine)))) return true;
  if (start === 0) return false;
  const previous = text.lastIndexOf('\n', start - 2) + 1;
  return onNextLine.test(text.slice(previous, Math.min(start, previous + maxLine)));
}
