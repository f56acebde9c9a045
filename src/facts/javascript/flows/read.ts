import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Flow } from '../../code.ts';
import type { Running } from '../scope.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { addressSinks } from './address-sinks.ts';
import { evaluateExpression, maxSteps } from './evaluate.ts';
import { fileSinks } from './file-sinks.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { looseSinks } from './loose-sinks.ts';
import { processSinks } from './process-sinks.ts';
import { callSite, type Sink } from './sink.ts';
import { sqlSinks } from './sql-sinks.ts';
import { propertySinks, storeSinks } from './store-sinks.ts';
import { textSinks } from './text-sinks.ts';
import type { Value } from './value.ts';

const families = [sqlSinks, processSinks, fileSinks, addressSinks, storeSinks, textSinks];
/** A generated file can have thousands of sinks; a reviewed one has tens. */
const maxSinks = 2_000;
/** Steps for all sinks of a file, some hundred of the costliest. */
const maxFileSteps = 60_000;

/** States the flows of a file: for each place that trusts what it is given, what it is given. */
export function readFlows(source: Source, running: Running, placeOf: PlaceOf): readonly Flow[] {
  const flows = new Map<string, Flow>();
  let left = maxFileSteps;
  for (const sink of sinksOf(source)) {
    const budget = { steps: Math.min(maxSteps, left) };
    left -= budget.steps;
    const value = weigh(source, running, sink, budget);
    left += Math.max(0, budget.steps);
    if (left <= 0) break;
    if (!sink.accepts(value)) continue;
    const flow = stated(sink, value, placeOf);
    const key = `${flow.kind} ${flow.line}`;
    if (!flows.has(key)) flows.set(key, flow);
  }
  return [...flows.values()];
}

function sinksOf(source: Source): readonly Sink[] {
  const sinks: Sink[] = [];
  for (const node of [...source.tree.of('CallExpression'), ...source.tree.of('NewExpression')]) {
    const call = callSite(source, node);
    if (call) for (const family of families) sinks.push(...family(source, call));
    if (sinks.length > maxSinks) return sinks;
  }
  return [...sinks, ...propertySinks(source), ...looseSinks(source)];
}

function weigh(source: Source, running: Running, sink: Sink, budget: Inquiry['budget']): Value {
  const { kind, target } = sink;
  return evaluate(
    {
      source,
      running,
      kind,
      sink: sink.at,
      given: new Map(),
      budget,
      depth: 0,
      evaluator: evaluateExpression,
    },
    target,
  );
}

function stated(sink: Sink, value: Value, placeOf: PlaceOf): Flow {
  const place = placeOf(sink.at);
  const { line } = startOf(sink);
  const { trust } = value;
  return {
    ...place,
    line,
    endLine: Math.max(line, endOf(sink)),
    sink: sink.label,
    kind: sink.kind,
    source: value.source,
    certainty: trust === 'request' ? 'request' : trust === 'parameter' ? 'parameter' : 'unknown',
    built: value.built,
    steps: value.steps,
  };
}

/** A call's last line, or its argument's where a callback makes the call long. */
function endOf(sink: Sink): number {
  const { start, end } = sink.at.loc;
  return end.line - start.line <= 6 ? end.line : sink.target.loc.end.line;
}

/** A chain's call stands where its method is named, not where the chain begins. */
function startOf(sink: Sink): TSESTree.Position {
  const { at } = sink;
  if ((at.type === 'CallExpression' || at.type === 'NewExpression') && at.callee.type === 'MemberExpression')
    return at.callee.property.loc.start;
  return at.loc.start;
}
