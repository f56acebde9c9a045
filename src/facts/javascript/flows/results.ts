import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Binding, namesIn } from '../declarations.ts';
import type { ImportedFunctions } from '../neighbours/imported-functions.ts';
import { enclosingFunction } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';
import { evaluate, type Given, type Inquiry } from './inquiry.ts';
import { pathTo } from './patterns.ts';
import { constant, from, type Value, worst } from './value.ts';

/** What functions of the file give back when called with these arguments. */
export function valueOfResult(
  inquiry: Inquiry,
  fns: readonly FunctionNode[],
  args: readonly Node[],
  path: readonly string[],
): Value {
  // Past this a helper of a helper of a helper is not what a reviewer would follow.
  if (inquiry.depth > 14) return from('unknown', '', 0);
  const values = fns.slice(0, 2).flatMap((fn) => {
    const given = new Map([...inquiry.given, ...argumentsOf(inquiry, inquiry.source, fn, args)]);
    const inside = { ...inquiry, given, depth: inquiry.depth + 4 };
    return resultsOf(inquiry.source, fn).map((result) => evaluate(inside, result, path));
  });
  return worst(values.length > 0 ? values : [constant]);
}

/**
 * What functions of an imported file give back. Of what they make there, only what the caller gave or a request brought in is
 * told; where the rest comes from is that file's own matter.
 */
export function valueFromImport(
  inquiry: Inquiry,
  { neighbour, functions }: ImportedFunctions,
  call: TSESTree.CallExpression,
  path: readonly string[],
): Value {
  const { source, running } = neighbour;
  const { line } = call.loc.start;
  const there = from('unknown', inquiry.source.tree.text.slice(...call.callee.range).slice(-60), line);
  if (inquiry.depth > 14) return there;
  const values = functions.slice(0, 2).flatMap((fn) => {
    const given = argumentsOf(inquiry, source, fn, call.arguments);
    return resultsOf(source, fn).map((result) =>
      evaluate({ ...inquiry, source, running, given, sink: result, depth: inquiry.depth + 4 }, result, path),
    );
  });
  const found = worst(values);
  if (values.length === 0) return there;
  if (found.trust === 'parameter' || found.trust === 'free' || found.trust === 'unknown') return there;
  const given = call.arguments.map((argument) => evaluate(inquiry, argument));
  // Lines of the other file are no lines of this one.
  return { ...found, steps: [...given.flatMap(({ steps }) => steps), line] };
}

/** The parameters of a function of `there` with what a call gives them; those that a spread may fill are not told. */
export function argumentsOf(
  inquiry: Inquiry,
  there: Source,
  fn: FunctionNode,
  args: readonly Node[],
): ReadonlyMap<Binding, Given> {
  const given = new Map<Binding, Given>();
  for (const [index, parameter] of fn.params.entries()) {
    const argument = args[index];
    if (argument?.type === 'SpreadElement') break;
    if (!argument) continue;
    for (const id of namesIn(parameter)) {
      const binding = there.tree.bindingOf(id);
      const inner = pathTo(parameter, id);
      if (binding) given.set(binding, (path) => evaluate(inquiry, argument, [...inner, ...path]));
    }
  }
  return given;
}

/** Expressions that a function returns. */
export function resultsOf({ tree }: Source, fn: FunctionNode): readonly Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  return within(tree, 'ReturnStatement', fn)
    .filter((statement) => statement.argument && enclosingFunction(statement) === fn)
    .slice(0, 8)
    .flatMap(({ argument }) => (argument ? [argument] : []));
}
