import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall, ServedRead } from '../code.ts';
import { limitOf } from './data-calls/bounds.ts';
import { isAskedByClient } from './data-calls/client-page.ts';
import { fateOf } from './fate.ts';
import { dataCallsOf } from './neighbours/data-calls.ts';
import { importedFunctions, isFromProject } from './neighbours/imported-functions.ts';
import type { Neighbour } from './neighbours/neighbour.ts';
import { enclosingFunction, functionName } from './nodes.ts';
import type { FunctionNode } from './parse.ts';
import type { Running } from './scope.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { quoted, within } from './within.ts';

/** A handler calls a service, the service a repository: past this a reader would not follow. */
const maxHops = 2;
/** Calls of imported functions that are looked into; a reviewed file has tens. */
const maxCalls = 200;

interface Found {
  readonly read: DataCall;
  readonly within: string;
  readonly path: string;
}

/**
 * States reads of many rows that functions of other files do for the handlers of this one: those without any limit, and
 * those whose limit is what the client sends.
 */
export function readServedReads(source: Source, placeOf: PlaceOf, running: Running): readonly ServedRead[] {
  if (running.handlers.length === 0) return [];
  const found: ServedRead[] = [];
  let left = maxCalls;
  for (const call of source.tree.of('CallExpression')) {
    const { callee } = call;
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') continue;
    const handler = running.handlerOf(enclosingFunction(call));
    if (handler === undefined || !isWaitedFor(call) || !isFromProject(source, callee)) continue;
    if (left-- <= 0) break;
    const one = readBy(source, call, 0);
    if (!one) continue;
    const askedByClient =
      one.read.limit === 'unknown' &&
      running.handlers[handler]?.validatedBy === undefined &&
      isAsked(source, call, one.read.limitFrom);
    if (one.read.limit === 'none' || askedByClient)
      found.push({ ...placeOf(call), call: quoted(source.tree, callee, 50), askedByClient, ...one });
  }
  return found;
}

function isWaitedFor(call: TSESTree.CallExpression): boolean {
  const fate = fateOf(call);
  return fate === 'awaited' || fate === 'returned' || fate === 'chained' || fate === 'argument';
}

/** The one read of rows that a call comes down to; undefined where it does more, or the file is not in sight. */
function readBy(source: Source, { callee }: TSESTree.CallExpression, hops: number): Found | undefined {
  const imported = importedFunctions(source, callee);
  const [fn, ...more] = imported?.functions ?? [];
  if (!imported || !fn || more.length > 0) return undefined;
  const { neighbour } = imported;
  const index = neighbour.source.indexOf(fn);
  const own = dataCallsOf(neighbour).filter((one) => one.fn === index);
  const [read, ...others] = own;
  if (!read) return hops + 1 < maxHops ? handedOn(neighbour, fn, hops) : undefined;
  const isList = read.does === 'read-many' && (read.fate === 'returned' || read.fate === 'awaited');
  if (!isList || others.length > 0 || read.explained || read.memoised) return undefined;
  return { read, within: functionName(fn), path: neighbour.source.file.path };
}

/** `findAll() { return this.orders.list(); }`: all that it does is to ask another file, and it gives nothing along. */
function handedOn({ source }: Neighbour, fn: FunctionNode, hops: number): Found | undefined {
  const [call, ...more] = within(source.tree, 'CallExpression', fn.body).filter(({ callee }) =>
    isFromProject(source, callee),
  );
  if (!call || more.length > 0 || call.arguments.length > 0 || fateOf(call) !== 'returned') return undefined;
  return readBy(source, call, hops + 1);
}

function isAsked(source: Source, call: TSESTree.CallExpression, from: DataCall['limitFrom']): boolean {
  const argument = from && call.arguments[from.parameter];
  if (!from || !argument || argument.type === 'SpreadElement') return false;
  return from.field === undefined
    ? limitOf(source, argument) === 'input'
    : isAskedByClient(source, argument, from.field);
}
