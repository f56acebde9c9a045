/** Comments by which other scanners' users say that a line is no secret: honoured, so that a team can switch. */
const onLine =
  /gitleaks:allow|betterleaks:allow|trufflehog:ignore|ggignore|secretlint-disable-line|pragma:\s?(?:allow|white)list[ -]secret(?!\s?nextline)/i;
const onNextLine =
  /pragma:\s?(?:allow|white)list[ -](?:nextline[ -]secret|secret[ -]nextline)|secretlint-disable-next-line/i;
const maxLine = 10_000;

/** A comment that lets a line through, in its own words, and whether it stands on the line above. */
export interface Pragma {
  readonly comment: string;
  readonly above: boolean;
}

/** The pragma on the line, or on the line before, that allows what stands there. */
export function pragmaOn(text: string, start: number, end: number): Pragma | undefined {
  const own = onLine.exec(text.slice(start, Math.min(end, start + maxLine)));
  if (own) return { comment: own[0].toLowerCase(), above: false };
  if (start === 0) return undefined;
  const previous = text.lastIndexOf('\n', start - 2) + 1;
  const above = onNextLine.exec(text.slice(previous, Math.min(start, previous + maxLine)));
  return above ? { comment: above[0].toLowerCase(), above: true } : undefined;
}
