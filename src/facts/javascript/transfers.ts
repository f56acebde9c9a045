import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall, NetworkCall, Transfer } from '../code.ts';
import { fateOf } from './fate.ts';
import type { FoundLoop } from './found-loop.ts';
import type { LoopsOf } from './loops.ts';
import { enclosingFunction, functionName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import { isProviderCall } from './providers.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { quoted, within } from './within.ts';

/** Parsers of files that hold as many rows as somebody put in. */
const parsing =
  /^(?:new )?(?:csv-parse(?:\/sync)?(?:\.parse)?|papaparse(?:\.parse)?|xlsx\.utils\.sheet_to_json|csvtojson\(\)\.from\w+|neat-csv|node-xlsx\.parse|read-excel-file\/node)$/;
const transferring = /^(?:import|export|sync|backfill|ingest|crawl|pull|migrate)(?:[A-Z_]|$)/;
const nextPage = /next|cursor|page|offset|continuation/i;

interface Reached {
  readonly dataCalls: readonly DataCall[];
  readonly networkCalls: readonly NetworkCall[];
}

/** States work on as many things as there are: rows of a file, pages of another service, a service asked for each element. */
export function readTransfers(source: Source, placeOf: PlaceOf, loops: LoopsOf, reached: Reached): readonly Transfer[] {
  const found: Transfer[] = [];
  for (const loop of loops.loops) {
    const one = fileRows(source, loop, reached) ?? pagesOf(source, loop, reached) ?? perElement(source, loop, loops);
    if (one) found.push({ ...placeOf(loop.node), endLine: loop.node.loc.start.line, ...one });
  }
  for (const { call, to } of source.calls.edges) {
    if (enclosingFunction(call) !== to || !isNextRun(source, call, functionName(to), to, reached)) continue;
    found.push({ ...placeOf(call), endLine: call.loc.start.line, form: 'pages', of: quoted(source.tree, call.callee) });
  }
  return found;
}

type Stated = Pick<Transfer, 'form' | 'of'>;

/** A loop over the rows that a parser gave, each of which is written by itself. */
function fileRows(source: Source, { over, body, bounded, form }: FoundLoop, reached: Reached): Stated | undefined {
  if (bounded || !over || !/^(?:for|for-of|promise-all)$/.test(form)) return undefined;
  const rows = sourceOfList(source, over);
  if (!rows || !parsing.test(source.originOf(rows.callee).text)) return undefined;
  return reaches(body, reached.dataCalls) || reaches(body, reached.networkCalls)
    ? { form: 'rows', of: quoted(source.tree, over, 40) }
    : undefined;
}

/** The call behind `rows`, `parsed.data`, `parse(text)`. */
function sourceOfList(source: Source, over: Node): TSESTree.CallExpression | undefined {
  let at = unwrap(over);
  for (let steps = 0; steps < 4; steps++) {
    if (at.type === 'CallExpression') return at;
    if (at.type === 'MemberExpression') at = unwrap(at.object);
    else if (at.type === 'Identifier') {
      const declared = source.tree.bindingOf(at)?.node;
      if (declared?.type !== 'VariableDeclarator' || !declared.init) return undefined;
      at = unwrap(declared.init);
    } else return undefined;
  }
  return undefined;
}

/** `do { page = await fetch(…cursor…); await store(page); cursor = page.next } while (cursor)` */
function pagesOf(source: Source, { node, body, form }: FoundLoop, reached: Reached): Stated | undefined {
  if (form !== 'while' && form !== 'for') return undefined;
  const { tree } = source;
  const asking = within(tree, 'CallExpression', body).find(
    (call) =>
      fateOf(call) === 'awaited' &&
      (reached.networkCalls.some(({ line }) => line === call.loc.start.line) || isProviderCall(source, call)),
  );
  if (!asking || !isWritten(body, reached)) return undefined;
  const moves = within(tree, 'AssignmentExpression', body).some(
    ({ left }) =>
      left.type === 'Identifier' &&
      nextPage.test(left.name) &&
      within(tree, 'Identifier', asking).some(({ name }) => name === left.name),
  );
  return moves ? { form: 'pages', of: quoted(tree, asking.callee, 40) || quoted(tree, node, 40) } : undefined;
}

/** A function that imports and calls itself for the page after this one. */
function isNextRun(source: Source, call: TSESTree.CallExpression, name: string, fn: Node, reached: Reached): boolean {
  const fate = fateOf(call);
  if (!transferring.test(name.replace(/^.*\./, '')) || (fate !== 'awaited' && fate !== 'returned')) return false;
  const goesOn = call.arguments.some((argument) => nextPage.test(source.tree.text.slice(...argument.range)));
  const works = within(source.tree, 'AwaitExpression', fn).some(({ argument }) => argument !== call);
  return goesOn && works && (reaches(fn, reached.dataCalls) || reaches(fn, reached.networkCalls));
}

/** Another company's service asked for each element, one after the other. */
function perElement(source: Source, { body, over, bounded, form }: FoundLoop, loops: LoopsOf): Stated | undefined {
  if (bounded || !over || (form !== 'for' && form !== 'for-of')) return undefined;
  const asked = within(source.tree, 'CallExpression', body).find(
    (call) =>
      fateOf(call) === 'awaited' &&
      isProviderCall(source, call) &&
      call.arguments.some((argument) => loops.flowsInto(argument)),
  );
  return asked ? { form: 'elements', of: quoted(source.tree, asked.callee, 40) } : undefined;
}

function isWritten(node: Node, { dataCalls }: Reached): boolean {
  return reaches(
    node,
    dataCalls.filter(({ does }) => /^(?:insert|update|delete|raw)$/.test(does)),
  );
}

function reaches(node: Node, calls: readonly { readonly line: number }[]): boolean {
  const { start, end } = node.loc;
  return calls.some(({ line }) => line >= start.line && line <= end.line);
}
