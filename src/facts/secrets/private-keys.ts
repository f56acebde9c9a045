/** Headers of private keys: PEM of every kind, PuTTY, and PEM wrapped in base64. */
const header =
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[23]:|LS0tLS1CRUdJTi[A-Za-z0-9+/]{1,40}UFJJVkFURSBLRV/;
const body = /[A-Za-z0-9+/=]{40,}/;
/** A key is longer than this many characters after its header, and this many lines. */
const lookAhead = 1_200;

/**
 * Finds a private key that begins in a line. A header alone, in documentation or in code that builds or looks for keys, is
 * no key: a body must follow, on the same line (escaped) or on the next ones.
 *
 * @param start offset of the line in the text
 * @param end offset of its line feed
 * @returns the key's first characters, for its hash, and how many lines it spans
 */
export function privateKeyIn(text: string, start: number, end: number): { value: string; lines: number } | undefined {
  const line = text.slice(start, Math.min(end, start + 200_000));
  const found = header.exec(line);
  if (!found) return undefined;
  const rest = line.slice(found.index + 10);
  if (body.test(rest.replace(/-----[A-Z ]+-----/g, ' '))) return { value: rest.slice(0, lookAhead), lines: 1 };
  const next = text.slice(end + 1, end + 1 + lookAhead).split('\n');
  const hasBody = next
    .slice(0, 8)
    .some((each) => body.test(each.trim()) || /^\s{0,40}(?:Proc-Type|Encryption|Comment|Version):/.test(each));
  if (!hasBody) return undefined;
  return { value: `${rest}${next.slice(0, 4).join('')}`.replace(/\s/g, ''), lines: linesOf(text, end) };
}

/** Lines up to the END marker, when it is near; else the header's line alone. */
function linesOf(text: string, end: number): number {
  const footer = text.slice(end, end + 20_000).search(/-----END |Private-MAC:/);
  return footer < 0 ? 1 : text.slice(end, end + footer).split('\n').length;
}
