import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Flow } from '../../code.ts';
import type { Node } from '../parse.ts';
import type { Running } from '../scope.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { commandRepair } from './command-repair.ts';
import { evaluateExpression, maxSteps } from './evaluate.ts';
import { isForAdministrators } from './guards.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { carriedFlows } from './reaches.ts';
import type { Sink } from './sink.ts';
import { sinksOf } from './sinks.ts';
import { sqlRepair } from './sql-repair.ts';
import type { Value } from './value.ts';

/** Steps for all sinks of a file, some hundred of the costliest. */
const maxFileSteps = 60_000;
/** The same for what goes into functions of imported files. */
const maxCarriedSteps = 40_000;

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
    // What an administrator may write anyway is no hole, if a careless way to write it.
    const told = sink.kind === 'write' && isForAdministrators(source, sink.at) ? { ...value, unseen: true } : value;
    const repair = sqlRepair(source, sink) ?? commandRepair(source, sink);
    add(flows, { ...flowOf(sink, sink.at, told, placeOf), ...(repair ? { repair } : {}) });
  }
  for (const { sink, call, value, path } of carriedFlows(source, running, { steps: maxCarriedSteps })) {
    const via = { path, line: startOf(sink.at).line };
    add(flows, { ...flowOf(sink, call, value, placeOf), via });
  }
  return [...flows.values()];
}

function add(flows: Map<string, Flow>, flow: Flow): void {
  const key = `${flow.kind} ${flow.line}`;
  if (!flows.has(key)) flows.set(key, flow);
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

function flowOf(sink: Sink, at: Node, value: Value, placeOf: PlaceOf): Flow {
  const place = placeOf(at);
  const { line } = startOf(at);
  const { trust } = value;
  return {
    ...place,
    line,
    endLine: Math.max(line, endOf(at, at === sink.at ? sink.target : undefined)),
    sink: sink.label,
    kind: sink.kind,
    source: value.source,
    certainty: trust === 'request' && !value.unseen ? 'request' : trust === 'parameter' ? 'parameter' : 'unknown',
    built: value.built,
    steps: value.steps,
  };
}

/** A call's last line, or its argument's where a callback makes the call long. */
function endOf(at: Node, target: Node | undefined): number {
  const { start, end } = at.loc;
  return end.line - start.line <= 6 ? end.line : (target?.loc.end.line ?? start.line);
}

/** A chain's call stands where its method is named, not where the chain begins. */
function startOf(at: Node): TSESTree.Position {
  if ((at.type === 'CallExpression' || at.type === 'NewExpression') && at.callee.type === 'MemberExpression')
    return at.callee.property.loc.start;
  return at.loc.start;
}
