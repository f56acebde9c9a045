import type { Flow } from '../../facts/code.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Match } from '../../review/types.ts';

/**
 * Matches of the flows of some kinds. Input that is seen to come from a request keeps the rule's severity; a parameter of
 * which nobody in sight says where it comes from is worth a warning at most.
 *
 * @param verb what happens to the input at the sink: "is put into the text that … runs"
 */
export function* flowMatches(facts: Facts, kinds: readonly string[], verb: string): Iterable<Match> {
  if (!facts.code || facts.code.browser) return;
  const added = new Set(facts.file.added);
  for (const flow of facts.code.flows) {
    if (!kinds.includes(flow.kind)) continue;
    yield {
      ...rangeOf(flow, added),
      because: sentence(flow, verb),
      ...(flow.certainty === 'request' ? {} : { severity: 'warning' }),
    };
  }
}

/** Where the change made the flow: at the sink, or at a line on the way when the sink is as it was. */
function rangeOf(flow: Flow, added: ReadonlySet<number>): { line: number; endLine: number } {
  for (let line = flow.line; line <= flow.endLine; line++) if (added.has(line)) return flow;
  const step = flow.steps.findLast((line) => added.has(line));
  return step === undefined ? flow : { line: step, endLine: step };
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
  return `${origin} ${verb} \`${flow.sink}\`.`;
}
