import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Binding } from '../declarations.ts';
import { namesIn } from '../declarations.ts';
import { nameOf } from '../handlers/shape.ts';
import { importedFunctions, isFromProject } from '../neighbours/imported-functions.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';
import { enclosingFunction } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Running } from '../scope.ts';
import type { Source } from '../source.ts';
import { evaluateExpression, maxSteps } from './evaluate.ts';
import { evaluate, type Given, type Inquiry } from './inquiry.ts';
import { argumentsOf } from './results.ts';
import type { Sink } from './sink.ts';
import { sinksOf } from './sinks.ts';
import { from, type Value } from './value.ts';

/** Input that an imported function carries into a sink of its own file. */
export interface CarriedFlow {
  readonly call: TSESTree.CallExpression;
  readonly sink: Sink;
  readonly value: Value;
  /** Path of the file that the sink stands in. */
  readonly path: string;
}

/** Helpers of the helper, in its file: past this a reader would not follow. */
const maxHops = 3;
/** Calls of imported functions that are looked into; a reviewed file has tens. */
const maxCalls = 200;
const maxSinksOfFunction = 12;

/** Calls of imported functions that are given a client's input and hand it to a sink. */
export function carriedFlows(source: Source, running: Running, budget: { steps: number }): readonly CarriedFlow[] {
  const found: CarriedFlow[] = [];
  let left = maxCalls;
  for (const call of source.tree.of('CallExpression')) {
    if (budget.steps <= 0 || left <= 0) break;
    const { callee } = call;
    if (call.arguments.length === 0 || (callee.type !== 'Identifier' && callee.type !== 'MemberExpression')) continue;
    if (!servesRequest(running, call) || !isFromProject(source, callee)) continue;
    if (!call.arguments.some((argument) => isInput(source, running, call, argument))) continue;
    const imported = importedFunctions(source, callee);
    if (!imported) continue;
    left--;
    const { neighbour } = imported;
    for (const fn of imported.functions.slice(0, 2))
      for (const sink of reachesOf(neighbour, fn, budget)) {
        const steps = Math.min(maxSteps, budget.steps);
        const asked = { kind: sink.kind, budget: { steps }, depth: 0, evaluator: evaluateExpression };
        const here: Inquiry = { ...asked, source, running, sink: call, given: new Map() };
        const given = marked(argumentsOf(here, neighbour.source, fn, call.arguments));
        const value = evaluate({ ...asked, ...neighbour, sink: sink.at, given }, sink.target);
        budget.steps -= steps - Math.max(0, asked.budget.steps);
        if (!value.passed || value.trust !== 'request' || !sink.accepts(value)) continue;
        const { source: text } = value;
        const lines = call.arguments.flatMap((argument) => evaluate(here, argument).steps);
        found.push({ call, sink, value: { ...value, source: text, steps: lines }, path: neighbour.source.file.path });
      }
  }
  return found;
}

/** Runs for a handler in sight, or has a request by its name. */
function servesRequest(running: Running, call: Node): boolean {
  for (let fn = enclosingFunction(call); fn; fn = enclosingFunction(fn))
    if (
      running.handlerOf(fn) !== undefined ||
      fn.params.some((parameter) => /^(?:req|request|ctx|event)$/.test(nameOf(parameter)))
    )
      return true;
  return false;
}

/** Whether an argument brings a client's input along; `req` and its like do whole. */
function isInput(source: Source, running: Running, sink: Node, argument: Node): boolean {
  // `code` has the fewest cleaners: what is safe there is safe everywhere.
  const asked = { source, running, kind: 'code' as const, sink, given: new Map(), depth: 0 };
  const ask = (path: readonly string[]) =>
    evaluate({ ...asked, budget: { steps: 120 }, evaluator: evaluateExpression }, argument, path).trust === 'request';
  return ask([]) || (argument.type === 'Identifier' && (ask(['body']) || ask(['req', 'query()']) || ask(['input'])));
}

/** Tells values that come in by an argument from those that are found inside. */
function marked(given: ReadonlyMap<Binding, Given>): ReadonlyMap<Binding, Given> {
  return new Map([...given].map(([binding, of]) => [binding, (path) => ({ ...of(path), passed: true })]));
}

const known = new WeakMap<FunctionNode, readonly Sink[]>();
const sinks = new WeakMap<Neighbour, readonly Sink[]>();

/** Sinks, of an imported function or of what it calls in its file, that a client's input would reach through its parameters. */
function reachesOf(neighbour: Neighbour, fn: FunctionNode, budget: { steps: number }): readonly Sink[] {
  const before = known.get(fn);
  if (before) return before;
  const all = sinks.get(neighbour) ?? sinksOf(neighbour.source);
  sinks.set(neighbour, all);
  const inside = functionsBelow(neighbour.source, fn);
  const found = all
    .filter((sink) => {
      for (let at = enclosingFunction(sink.at); at; at = enclosingFunction(at)) if (inside.has(at)) return true;
      return false;
    })
    .filter((sink) => wouldAccept(neighbour, fn, sink, budget))
    .slice(0, maxSinksOfFunction);
  known.set(fn, found);
  return found;
}

/** A function and those of its file that it calls. */
function functionsBelow(source: Source, fn: FunctionNode): ReadonlySet<FunctionNode> {
  const found = new Set([fn]);
  for (let hop = 0; hop < maxHops; hop++)
    for (const { call, to } of source.calls.edges) {
      const caller = enclosingFunction(call);
      if (caller && found.has(caller)) found.add(to);
    }
  return found;
}

/** Whether a sink is dangerous once a request's field, or a whole part of one, is given for every parameter. */
function wouldAccept({ source, running }: Neighbour, fn: FunctionNode, sink: Sink, budget: { steps: number }): boolean {
  return [true, false].some((whole) => {
    const given = new Map<Binding, Given>();
    const of: Given = (path) => ({
      ...from('request', ['req.body', ...(whole ? [] : ['x']), ...path].join('.'), 0, whole && path.length === 0),
      passed: true,
    });
    for (const parameter of fn.params)
      for (const id of namesIn(parameter)) {
        const binding = source.tree.bindingOf(id);
        if (binding) given.set(binding, of);
      }
    const steps = Math.min(maxSteps, budget.steps);
    const own = { steps };
    const value = evaluate(
      { source, running, kind: sink.kind, sink: sink.at, given, budget: own, depth: 0, evaluator: evaluateExpression },
      sink.target,
    );
    budget.steps -= steps - Math.max(0, own.steps);
    return value.passed === true && sink.accepts(value);
  });
}
