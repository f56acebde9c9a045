/** What is written behind a constant's name where it is declared. */
const declared =
  /(?:\s{0,4}:\s{0,4}[\w&' ]{1,20}|\s{1,4}string)?\s{0,4}:?=\s{0,4}(?:b|@|\[\]byte\()?(["'`])([^"'`\n]{4,200})\1(?!\s{0,3}[+.%])/y;
const maxText = 200_000;
const maxUses = 100;

/** A constant's text, and the offset of its name where it is declared. */
export interface Constant {
  readonly value: string;
  readonly at: number;
}

/** The literal that a name of the file is declared with, when it is declared once. */
export function constantIn(text: string, constant: string): Constant | undefined {
  const found: Constant[] = [];
  let at = text.indexOf(constant);
  for (let uses = 0; at >= 0 && at < maxText && uses < maxUses; uses++) {
    const end = at + constant.length;
    if (!/[\w.$@]/.test(text[at - 1] ?? '')) {
      declared.lastIndex = end;
      const value = declared.exec(text)?.[2];
      if (value !== undefined) found.push({ value, at });
    }
    at = text.indexOf(constant, end);
  }
  return found.length === 1 ? found[0] : undefined;
}
