import type { AssignedValue } from './written-value.ts';

/** Bytes written one by one: eight or more. */
const bytes =
  /(?:new\s)?(?:\[\]byte|byte\[\]|\[\]uint8|bytes\(|bytearray\(|Uint8Array\(|Buffer\.from\()?\s{0,2}[[{]((?:\s{0,12}(?:0x[0-9a-f]{1,2}|\d{1,3})\s{0,12},){7}[^\]}\n]{0,400})/iy;

/** A list of bytes, as hex: what the value is does not depend on how it is written. */
export function bytesAt(line: string, at: number): AssignedValue | undefined {
  bytes.lastIndex = at;
  const found = bytes.exec(line);
  if (!found?.[1]) return undefined;
  const numbers = found[1].match(/0x[0-9a-f]{1,2}|\d{1,3}/gi) ?? [];
  return isCounted(numbers.map(Number))
    ? undefined
    : { value: Buffer.from(numbers.map(Number)).toString('hex'), at, quoted: true };
}

/** `1, 2, 3, 4` or `1, 3, 5, 7`: one step, more often than not. */
function isCounted(numbers: readonly number[]): boolean {
  const steps = numbers.slice(1).map((number, index) => number - (numbers[index] as number));
  return steps.filter((step) => step === steps[0]).length > steps.length / 2;
}
