import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Loop } from '../code.ts';
import { type Binding, namesIn } from './declarations.ts';
import type { FoundLoop } from './found-loop.ts';
import type { FoundHandler } from './handlers/found.ts';
import { resolverLoops, walkLoops } from './implied-loops.ts';
import { boundOf } from './loop-bounds.ts';
import { isFunction, propertyName, simpleName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { takenOff } from './taken-off.ts';
import { quoted, within } from './within.ts';

export interface LoopsOf {
  readonly loops: readonly FoundLoop[];
  /** Index of the innermost loop that runs a node more than once. */
  indexOf(node: Node): number | undefined;
  /** Whether an expression reads what changes from turn to turn, directly or through names made from it. */
  flowsInto(node: Node): boolean;
}

const iterators = /^(?:map|forEach|flatMap|filter|some|every|find|findIndex|reduce|reduceRight)$/;
const libraries =
  /^(?:each|eachLimit|eachSeries|eachOf|eachOfLimit|map|mapLimit|mapSeries|mapAsync|forEachOf|forEach|concurrent|pMap|pEach|pMapSeries|asyncMap|asyncForEach|promiseMap)$/;
const maxNames = 12;

/** Finds the loops of a file, in document order, and tells what runs in them. */
export function loopsOf(source: Source, handlers: readonly FoundHandler[] = []): LoopsOf {
  const walks = walkLoops(source);
  const walked = new Set(walks.map(({ body }) => body));
  const loops = [
    ...[...statements(source), ...callbacks(source)].filter(({ body }) => !walked.has(body)),
    ...walks,
    ...resolverLoops(source, handlers).filter(({ body }) => !walked.has(body)),
  ].sort((a, b) => a.node.range[0] - b.node.range[0]);
  const byBody = new Map(loops.map((loop, i) => [loop.body, i]));
  const variables = new Set<Node>(loops.flatMap((loop) => loop.variables));
  const derived = new Map<Binding, boolean>();

  const isDerived = (binding: Binding, depth: number): boolean => {
    if (variables.has(binding.at)) return true;
    const known = derived.get(binding);
    if (known !== undefined) return known;
    derived.set(binding, false);
    const { node } = binding;
    const found =
      depth < maxNames && node.type === 'VariableDeclarator' && node.init != null && reads(node.init, depth + 1);
    derived.set(binding, found);
    return found;
  };
  const reads = (node: Node, depth: number): boolean => {
    const names = node.type === 'Identifier' ? [node] : within(source.tree, 'Identifier', node);
    return names.some((id) => {
      const binding = source.tree.bindingOf(id);
      return binding !== undefined && isDerived(binding, depth);
    });
  };
  return {
    loops,
    indexOf: (node) => innermost(byBody, node),
    flowsInto: (node) => reads(node, 0),
  };
}

/** States the loops. */
export function readLoops(source: Source, loops: LoopsOf, placeOf: PlaceOf): readonly Loop[] {
  return loops.loops.map(({ node, body, form, over, bounded }) => ({
    ...placeOf(node),
    form,
    // A way up ends at the root, whatever its turns do.
    exits: form !== 'walk' && leaves(source, body),
    singleAwait:
      within(source.tree, 'AwaitExpression', body).filter(({ argument }) => !isCalledAtOnce(argument)).length <= 1,
    ...(bounded === undefined ? {} : { bounded }),
    ...(over && (over.type === 'Identifier' || over.type === 'MemberExpression')
      ? { over: quoted(source.tree, over) }
      : {}),
  }));
}

function innermost(byBody: ReadonlyMap<Node, number>, node: Node): number | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) {
    const index = byBody.get(at);
    if (index !== undefined) return index;
    if (isFunction(at) && !runsHere(at)) return undefined;
  }
  return undefined;
}

/** A function that runs where it stands: called at once, or given to a call that is awaited or chained. */
function runsHere(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent.type !== 'CallExpression') return false;
  if (parent.callee === fn) return true;
  const { callee } = parent;
  const name = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
  return parent.parent.type === 'AwaitExpression' || /^(?:then|catch|finally|map|forEach|filter|flatMap)$/.test(name);
}

function statements(source: Source): FoundLoop[] {
  const { tree } = source;
  const found: FoundLoop[] = [];
  for (const type of ['ForOfStatement', 'ForInStatement'] as const)
    for (const node of tree.of(type)) {
      const left = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
      found.push(
        loop(source, {
          node,
          body: node.body,
          form: type === 'ForOfStatement' ? 'for-of' : 'for-in',
          over: node.right,
          variables: left ? namesIn(left) : [],
        }),
      );
    }
  for (const node of tree.of('ForStatement')) {
    const declared =
      node.init?.type === 'VariableDeclaration' ? node.init.declarations.flatMap(({ id }) => namesIn(id)) : [];
    found.push(loop(source, { node, body: node.body, form: 'for', variables: declared }));
  }
  for (const type of ['WhileStatement', 'DoWhileStatement'] as const)
    for (const node of tree.of(type))
      found.push(loop(source, { node, body: node.body, form: 'while', variables: takenOff(source, node) }));
  return found;
}

function callbacks(source: Source): FoundLoop[] {
  return source.tree.of('CallExpression').flatMap((node) => {
    const { callee } = node;
    const name = simpleName(callee);
    const [first] = node.arguments;
    if (callee.type === 'MemberExpression' && iterators.test(name) && isFunction(first)) {
      const position = name.startsWith('reduce') ? 1 : 0;
      return [
        loop(source, {
          node,
          body: first,
          form: formOf(node, name),
          over: callee.object,
          variables: names(first, position),
        }),
      ];
    }
    const fn = node.arguments.findLast((argument) => isFunction(argument));
    if (!libraries.test(name) || !fn || !isFunction(fn) || !first || isFunction(first)) return [];
    const owner = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? callee.object.name : '';
    if (callee.type === 'MemberExpression' && !/^(?:async|Promise|Bluebird|bluebird|asyncLib|_)$/.test(owner))
      return [];
    return [loop(source, { node, body: fn, form: 'forEach', over: first, variables: names(fn, 0) })];
  });
}

function names(fn: FunctionNode, position: number): readonly TSESTree.Identifier[] {
  return fn.params.slice(position, position + 2).flatMap((param) => namesIn(param));
}

function formOf(call: TSESTree.CallExpression, name: string): Loop['form'] {
  if (name === 'forEach') return 'forEach';
  const { parent } = call;
  const all =
    parent.type === 'CallExpression' &&
    parent.callee.type === 'MemberExpression' &&
    parent.callee.object.type === 'Identifier' &&
    parent.callee.object.name === 'Promise';
  return all ? 'promise-all' : 'map';
}

function loop(source: Source, found: FoundLoop): FoundLoop {
  const bounded = boundOf(source, found);
  return bounded === undefined ? found : { ...found, bounded };
}

/** A `break` or a `return` in the loop's own statements: it may stop at the first element that fits. */
function leaves(source: Source, body: Node): boolean {
  if (isFunction(body)) return false;
  return (['BreakStatement', 'ReturnStatement'] as const).some((type) =>
    within(source.tree, type, body).some((node) => {
      for (let at: Node | undefined = node.parent; at && at !== body; at = at.parent)
        if (isFunction(at) || (type === 'BreakStatement' && /^(?:For|While|DoWhile|Switch)/.test(at.type)))
          return false;
      return true;
    }),
  );
}

function isCalledAtOnce(node: Node): boolean {
  return node.type === 'CallExpression' && isFunction(node.callee);
}
