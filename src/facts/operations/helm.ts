import { isMap, isScalar } from 'yaml';
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
  return /:(?:\s{1,20}(?:\||>)-?)?$/.test((lines[i] ?? '').trimEnd());
}

const production = /(?:^|[/._-])(?:prod|production|live)(?:[/._-]|$)/i;

/** What a chart's values switch off where they are those of production: the defaults of a chart are for trying it out. */
export function* valuesProblems({ documents, lineOf }: YamlFile, path: string): Iterable<Problem> {
  if (!production.test(path)) return;
  for (const document of documents) {
    for (const holder of [document, ...document.items.map((item) => item.value)]) {
      const problem = (key: string, rule: string, because: string): Problem => {
        const line = lineOf(nodeAt(holder, key));
        return { line, endLine: line, rule, because };
      };
      const serves = nodeAt(holder, 'ingress') ?? nodeAt(holder, 'service');
      if (serves === undefined) continue;
      const scaled = textAt(holder, 'autoscaling', 'enabled') ?? textAt(document, 'autoscaling', 'enabled');
      if (scaled !== 'true' && textAt(holder, 'persistence', 'enabled') !== 'true')
        for (const key of ['replicaCount', 'replicas'])
          if (textAt(holder, key) === '1')
            yield problem(key, 'single-replica', `\`${key}\` is 1 in the values of production.`);
      if (isOff(holder, 'resources'))
        yield problem(
          'resources',
          'workload-without-limits',
          'The values of production set neither requests nor limits.',
        );
      if (isOff(holder, 'livenessProbe') && isOff(holder, 'readinessProbe'))
        yield problem('readinessProbe', 'workload-without-probe', 'The values of production switch both probes off.');
    }
  }
}

/** Written out as nothing: `{}`, `null`, or `enabled: false`. A key that is absent leaves the chart's default. */
function isOff(holder: unknown, key: string): boolean {
  if (!isMap(holder) || !holder.has(key)) return false;
  const node = holder.get(key, true);
  if (isMap(node)) return node.items.length === 0 || textAt(node, 'enabled') === 'false';
  return isScalar(node) && (node.value === null || node.value === false);
}
