export interface ExampleLine {
  readonly text: string;
  /** Marked with `>`: what the rule flags. */
  readonly flagged: boolean;
}

/**
 * The lines of a rule's example without the margin that its author wrote. `>` stands for the blank in a line's first column;
 * where the code begins in the first column (SQL, a Dockerfile) it stands before it.
 */
export function exampleLines(code: string): readonly ExampleLine[] {
  const lines = code.replace(/^\n/, '').trimEnd().split('\n');
  const margin = indentOf(lines.filter((line) => !line.startsWith('>')));
  const blanked = lines.map((line) => line.replace(margin > 0 ? /^>/ : /^>(?=\s)/, ' ').replace(/^>/, ''));
  const indent = indentOf(blanked);
  return blanked.map((line, index) => ({
    text: line.slice(indent),
    flagged: lines[index]?.startsWith('>') ?? false,
  }));
}

/** The indentation that all lines share, blank ones aside. */
function indentOf(lines: readonly string[]): number {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  return indents.length === 0 ? 0 : Math.min(...indents);
}
