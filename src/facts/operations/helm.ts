import type { Problem } from '../sql.ts';
import { nodeAt, textAt, type YamlFile } from './yaml.ts';

/** Stands for what a template prints: a text that no rule takes for a value. */
const hole = '_';

/**
 * A Helm template as YAML. What prints inside a line becomes a text of the same length; lines of control vanish, so that
 * all branches are there at once; a line that prints whole lines (`toYaml`, `include`) vanishes as well and is told by
 * its number, up to the text that it follows.
 */
export function templateAsYaml(template: string): { readonly text: string; readonly printed: ReadonlySet<number> } {
  const printed = new Set<number>();
  const text = withoutActions(template);
  const lines = text.split('\n');
  const originals = template.split('\n');
  for (const [i, line] of lines.entries()) {
    const original = originals[i]?.trim() ?? '';
    if (!/^_+$/.test(line.trim()) || !original.startsWith('{{')) continue;
    lines[i] = '';
    const control = /^\{\{-?\s{0,8}(?:if|else|end|with|range|define|block|template\b.*-?\}\}$|\/\*|\$|-?\}\})/.test(
      original,
    );
    // Below a key that waits for its value, what is printed is that value.
    if (control || waitsForValue(originals, i)) continue;
    // The parser ends what stands above at its last text: that line is told as well.
    let j = i;
    for (; j > 0 && lines[j]?.trim() === ''; j--) printed.add(j + 1);
    printed.add(j + 1);
  }
  return { text: lines.join('\n'), printed };
}

/** Every `{{ … }}` as underscores; line feeds inside stay. One that is not closed runs to the end. */
function withoutActions(text: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', from)) {
    const close = text.indexOf('}}', at + 2);
    const end = close < 0 ? text.length : close + 2;
    out += text.slice(from, at) + text.slice(at, end).replace(/[^\n]/g, hole);
    from = end;
  }
  return out + text.slice(from);
}

function waitsForValue(lines: readonly string[], at: number): boolean {
  let i = at - 1;
  while (
    i >= 0 &&
    (/^\s*(?:#.*)?$/.test(lines[i] ?? '') || /^\s*\{\{-?\s{0,8}(?:with|if|end|else|range)\b/.test(lines[i] ?? ''))
  )
    i--;
  return /:\s*(?:\|-?|>-?)?\s*$/.test(lines[i] ?? '');
}

const production = /(?:^|[/._-])(?:prod|production|live)(?:[/._-]|$)/i;

/** One instance where a chart's values are those of production. */
export function* valuesProblems({ documents, lineOf }: YamlFile, path: string): Iterable<Problem> {
  if (!production.test(path)) return;
  for (const document of documents) {
    const holders = [document, ...document.items.map((item) => item.value)];
    for (const holder of holders) {
      const scaled = textAt(holder, 'autoscaling', 'enabled') ?? textAt(document, 'autoscaling', 'enabled');
      const serves = nodeAt(holder, 'ingress') ?? nodeAt(holder, 'service');
      if (scaled === 'true' || serves === undefined || textAt(holder, 'persistence', 'enabled') === 'true') continue;
      for (const key of ['replicaCount', 'replicas']) {
        if (textAt(holder, key) !== '1') continue;
        const line = lineOf(nodeAt(holder, key));
        yield { line, endLine: line, rule: 'single-replica', because: `\`${key}\` is 1 in the values of production.` };
      }
    }
  }
}
