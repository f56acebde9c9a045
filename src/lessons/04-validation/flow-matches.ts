import type { CodeFacts, Flow } from '../../facts/code.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Fix, Match, Severity } from '../../review/types.ts';

/**
 * Matches of the flows of some kinds. Input that is seen to come from a request keeps the rule's severity; a parameter of
 * which nobody in sight says where it comes from is worth a warning at most.
 *
 * @param verb what happens to the input at the sink: "is put into the text that … runs"
 * @param weigh how much a flow weighs where it is less than the others of its kind: a lower severity, or `none`
 */
export function* flowMatches(
  facts: Facts,
  kinds: readonly string[],
  verb: string,
  weigh: (flow: Flow, code: CodeFacts) => Severity | 'none' | undefined = () => undefined,
): Iterable<Match> {
  if (!facts.code || facts.code.browser) return;
  const flows = facts.code.flows.filter((flow) => kinds.includes(flow.kind));
  if (flows.length === 0) return;
  const added = new Set(facts.file.added);
  const begun = new Set<number>();
  for (const flow of flows) {
    const weight = weigh(flow, facts.code);
    if (weight === 'none') continue;
    const severity = weight ?? (flow.certainty === 'request' ? undefined : 'warning');
    const range = rangeOf(flow, added);
    // One source for several sinks: each but the first is shown by itself.
    const line = begun.has(range.line) && range.endLine === flow.endLine ? flow.line : range.line;
    begun.add(range.line);
    const fix = flow.repair && withLinesAbove(flow.repair, line, facts.file.after);
    yield {
      line,
      endLine: range.endLine,
      ...(fix ? { fix } : {}),
      because: sentence(flow, verb),
      ...(severity ? { severity } : {}),
    };
  }
}

/** From source to sink in as many lines as a reader takes in at once. */
const maxRange = 8;

/**
 * Where the change made the flow: at the sink, or at a line on the way when the sink is as it was. Where the change wrote
 * everything between source and sink, the range shows both.
 */
function rangeOf(flow: Flow, added: ReadonlySet<number>): { line: number; endLine: number } {
  const { line, endLine } = flow;
  if (!everyLine(line, endLine, (at) => !added.has(at))) {
    const source = Math.min(line, ...flow.steps.filter((step) => step < line && line - step < maxRange));
    return { line: everyLine(source, line, (at) => added.has(at)) ? source : line, endLine };
  }
  const step = flow.steps.findLast((at) => added.has(at));
  return step === undefined ? flow : { line: step, endLine: step };
}

/** A repair that begins where the finding does: the lines between are as they were. */
function withLinesAbove(repair: Fix, line: number, text = ''): Fix {
  if (line >= repair.line) return repair;
  const above = text.split('\n').slice(line - 1, repair.line - 1);
  return { ...repair, line, text: [...above, repair.text].join('\n') };
}

function everyLine(from: number, to: number, holds: (line: number) => boolean): boolean {
  for (let line = from; line <= to; line++) if (!holds(line)) return false;
  return true;
}

function sentence(flow: Flow, verb: string): string {
  const source = flow.source.replace(/`/g, "'").replace(/\s+/g, ' ').slice(0, 60);
  const origin =
    flow.certainty === 'request'
      ? `\`${source}\`, which the client writes,`
      : flow.certainty === 'parameter'
        ? `The parameter \`${source}\``
        : source === ''
          ? 'A value that is not constant'
          : `\`${source}\``;
  const where = flow.via ? `, on line ${flow.via.line} of \`${flow.via.path.replace(/`/g, "'")}\`` : '';
  return `${origin} ${verb} \`${flow.sink}\`${where}.`;
}
