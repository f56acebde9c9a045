/**
 * Makes the text before a change out of the text after it and the patch. Saves reading the other side, and with it
 * the merge base: a patch and one side say everything.
 *
 * @param after whole text after the change; empty for a removed file
 * @param patch hunks as GitHub's REST API gives them
 * @returns undefined when the patch does not fit the text (it was cut, or is of another version)
 */
export function textBefore(after: string, patch: string): string | undefined {
  const lines = splitLines(after);
  const before: string[] = [];
  let at = 0;
  let within = false;
  let lastRemoved = false;
  let left = { old: 0, new: 0 };
  for (const line of patch.split('\n')) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (head && left.old === 0 && left.new === 0) {
      left = { old: Number(head[2] ?? 1), new: Number(head[4] ?? 1) };
      // A hunk without lines on the right side names the line before it.
      const start = left.new === 0 ? Number(head[3]) : Number(head[3]) - 1;
      if (start < at || start > lines.length) return undefined;
      before.push(...lines.slice(at, start));
      at = start;
      within = true;
      continue;
    }
    if (!within) return undefined;
    const mark = line[0] ?? '';
    const text = line.slice(1);
    if (mark === '-') {
      before.push(`${text}\n`);
      left.old--;
      lastRemoved = true;
    } else if (mark === '+') {
      if (withoutFeed(lines[at]) !== text) return undefined;
      at++;
      left.new--;
      lastRemoved = false;
    } else if (mark === '\\') {
      if (lastRemoved) before[before.length - 1] = withoutFeed(before.at(-1)) ?? '';
    } else if (mark === ' ' || line === '') {
      if (left.old === 0 && left.new === 0) continue;
      const same = lines[at];
      if (withoutFeed(same) !== text || same === undefined) return undefined;
      before.push(same);
      at++;
      left = { old: left.old - 1, new: left.new - 1 };
      lastRemoved = false;
    } else return undefined;
  }
  if (left.old > 0 || left.new > 0) return undefined;
  before.push(...lines.slice(at));
  return before.join('');
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function withoutFeed(line: string | undefined): string | undefined {
  return line?.endsWith('\n') ? line.slice(0, -1) : line;
}
