const maxBefore = 60;
const maxAfter = 40;

/** Says where the identifier (letters, digits, `_`, `.`, `-`) around a place in a line begins and ends, within bounds. */
export function identifierAt(line: string, place: number): { start: number; end: number } {
  let start = place;
  while (start > 0 && place - start < maxBefore && isNamePart(line.charCodeAt(start - 1))) start--;
  let end = place;
  while (end < line.length && end - place < maxAfter && isNamePart(line.charCodeAt(end))) end++;
  return { start, end };
}

/** Letters, digits, `_`, `.` and `-`. */
function isNamePart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 46 ||
    code === 45
  );
}

/** A text without any of these characters at its ends. A loop: an expression for this costs the square of the length. */
export function trimmed(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text[start] as string)) start++;
  let end = text.length;
  while (end > start && characters.includes(text[end - 1] as string)) end--;
  return text.slice(start, end);
}
