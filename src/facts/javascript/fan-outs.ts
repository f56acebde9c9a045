import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall, FanOut, NetworkCall } from '../code.ts';
import { functionsOf } from './handlers/resolve.ts';
import type { LoopsOf } from './loops.ts';
import { isFunction, propertyName, simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import type { SummaryOf } from './summaries.ts';
import { isWithin, within } from './within.ts';

/** States where one call is started for every element of a list at once: `Promise.all(list.map(…))`, in one expression or by a name. */
export function readFanOuts(
  source: Source,
  placeOf: PlaceOf,
  loops: LoopsOf,
  summaryOf: SummaryOf,
  networkCalls: readonly NetworkCall[],
  dataCalls: readonly DataCall[],
): readonly FanOut[] {
  return loops.loops.flatMap((loop) => {
    const { node, over, bounded } = loop;
    if (
      node.type !== 'CallExpression' ||
      bounded ||
      !over ||
      !isGathered(source, node) ||
      node.callee.type !== 'MemberExpression'
    )
      return [];
    if (propertyName(node.callee) !== 'map' || isLimited(source, node)) return [];
    const called = calledIn(source, loop.body, summaryOf, networkCalls);
    const name = simpleName(over);
    if (!called || name === '') return [];
    const place = placeOf(node);
    return [
      {
        ...place,
        endLine: Math.min(place.endLine, place.line + 3),
        over: name,
        ofRows: called.outside && isOfRows(source, over, dataCalls),
        calls: called.what,
      },
    ];
  });
}

/** Given to `Promise.all` or `allSettled`, at once or under a name that only it takes. */
function isGathered(source: Source, map: TSESTree.CallExpression): boolean {
  if (isAll(map.parent)) return true;
  const { parent } = map;
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(parent.id);
  return binding !== undefined && source.tree.referencesOf(binding).some((id) => isAll(id.parent));
}

function isAll(node: Node | undefined): boolean {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  return (
    node.callee.object.type === 'Identifier' &&
    node.callee.object.name === 'Promise' &&
    /^all(?:Settled)?$/.test(propertyName(node.callee) ?? '')
  );
}

function isLimited(source: Source, map: Node): boolean {
  return (
    /\b(?:limit|limiter|queue|pool|semaphore|throttle|pLimit|bottleneck|schedule|enqueue)\w*\s*[.(]/i.test(
      source.tree.text.slice(...map.range),
    ) || /\.slice\(/.test(source.tree.text.slice(map.range[0], map.range[0] + 200))
  );
}

/** `const rows = await repository.find(…)` with nothing that limits it. */
function isOfRows(source: Source, over: Node, dataCalls: readonly DataCall[]): boolean {
  const binding = over.type === 'Identifier' ? source.tree.bindingOf(over) : undefined;
  const init = binding?.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
  if (!init) return false;
  const { start, end } = init.loc;
  return dataCalls.some(
    ({ line, does, limit }) => does === 'read-many' && limit === 'none' && line >= start.line && line <= end.line,
  );
}

/** What each turn calls over the network, itself or one helper away. */
function calledIn(
  source: Source,
  body: Node,
  summaryOf: SummaryOf,
  networkCalls: readonly NetworkCall[],
): { readonly what: string; readonly outside: boolean } | undefined {
  for (const call of within(source.tree, 'CallExpression', body)) {
    const direct = networkCalls.find(
      ({ line }) =>
        line === call.loc.start.line &&
        isWithin(call, body) &&
        /fetch|axios|got/.test(source.tree.text.slice(...call.callee.range)),
    );
    if (direct) return { what: direct.client, outside: true };
    const [fn] =
      call.callee.type === 'Identifier' || call.callee.type === 'MemberExpression'
        ? functionsOf(source, call.callee)
        : [];
    if (!isFunction(fn)) continue;
    const { reads, writes, callsOut } = summaryOf(fn);
    const reach = callsOut ?? writes ?? reads;
    if (!reach) continue;
    const what = `${source.tree.text.slice(...call.callee.range).slice(-40)} → ${reach.what}`;
    return { what, outside: callsOut !== undefined };
  }
  return undefined;
}
