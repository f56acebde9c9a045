import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { FunctionSummary, HelperCall, Place } from '../code.ts';
import { isStatement } from './data-calls/named.ts';
import { isMemoised } from './data-calls/repetition.ts';
import { fateOf } from './fate.ts';
import { functionsOf } from './handlers/resolve.ts';
import type { LoopsOf } from './loops.ts';
import { propertyName, simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import type { SummaryOf } from './summaries.ts';

/** Where functions live whose names mean rows: the application's own layers, as their folders and files are called. */
const layers =
  /(?:service|store|repositor|model|entit|dao|db|database|quer(?:y|ies)|prisma|data|api|controller|lib|user|account)/i;

/** What an imported function reaches, by the callee of its call; undefined where its file is not in sight. */
export type ImportedSummary = (callee: Node) => FunctionSummary | undefined;

const asking = /^(?:get|find|fetch|load|count|lookup|query|read|retrieve|resolve|list|search)(?:[A-Z]\w*)?$/;
const writing = /^(?:create|insert|update|upsert|delete|remove|save|destroy|add)[A-Z]\w*$/;
/** By its name a function changes something, whatever it asks on the way. */
const changing =
  /^#?(?:create|insert|update|upsert|delete|remove|save|destroy|sync|import|process|handle|apply)(?![a-z])/;
/** Names that read something else than a database. */
const other =
  /(?:Config|Env|Setting|Option|Param|Header|Cookie|Element|Context|Session|Token|Name|Path|Url|Date|Time|Type|Icon|Color|Schema|Logger|Client|Instance|Connection|Input|Page|Text|File|Buffer|Cache|Cached|Translation|Label|Message|Key|Index|Property|Attribute|Value|Size|Link|ServerSide|JSON|Json|Function|Module|Plugin|Builder|Dependency|Dependencie|Entry|Entrie|Html|Stream|Manifest|Package)s?(?:(?:By|From|For)\w{1,80})?$/;
const services =
  /(?:service|services|store|stores|repository|repositories|repo|dao|model|models|manager|provider|database|db|controller)$/i;

/** States the calls in loops of functions that ask or write to a database: of this file, of an imported one, or by their names. */
export function readHelperCalls(
  source: Source,
  placeOf: PlaceOf,
  loops: LoopsOf,
  summaryOf: SummaryOf,
  imported: ImportedSummary,
  dataCalls: readonly Place[] = [],
): readonly HelperCall[] {
  const found: HelperCall[] = [];
  // A call that is known to ask a database is no helper by its name as well.
  const asked = new Set(dataCalls.map(({ line, fn }) => `${line} ${fn}`));
  for (const call of source.tree.of('CallExpression')) {
    if (loops.indexOf(call) === undefined || isMemoised(source, call)) continue;
    const helper = helperOf(source, call, summaryOf, imported);
    if (!helper) continue;
    const place = placeOf(call);
    if (helper.evidence === 'name' && asked.has(`${place.line} ${place.fn}`)) continue;
    found.push({
      ...place,
      ...helper,
      call: source.tree.text
        .slice(...call.callee.range)
        .replace(/\s+/g, ' ')
        .slice(-60),
      // A loop over what a function gives, without `await`, is a loop over a list at hand.
      fate:
        helper.evidence === 'name' && call.parent.type === 'ForOfStatement' && !call.parent.await
          ? 'stored'
          : fateOf(call),
      usesLoopVariable: call.arguments.some((argument) => loops.flowsInto(argument)),
    });
  }
  return found;
}

function helperOf(
  source: Source,
  call: TSESTree.CallExpression,
  summaryOf: SummaryOf,
  imported: ImportedSummary,
): Pick<HelperCall, 'evidence' | 'reaches' | 'does' | 'alone'> | undefined {
  const { callee } = call;
  if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return undefined;
  const name = callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
  const isTold = isStatement(call.arguments[0]);
  const [fn, ...more] = functionsOf(source, callee);
  if (fn && more.length === 0) return summarised(summaryOf(fn), 'file', name, isTold);
  const origin = source.originOf(callee);
  if (origin.module) {
    const summary = imported(callee);
    if (summary) return summarised(summary, 'import', name, isTold);
  }
  return byName(source, callee, name, origin.module);
}

/** @param name of the function @param isTold the caller gives the statement itself */
function summarised(
  { reads, writes }: FunctionSummary,
  evidence: 'file' | 'import',
  name: string,
  isTold: boolean,
): ReturnType<typeof helperOf> {
  const reach = reads ?? writes;
  // One query for all of them is no way out where each asks a table of its own.
  if (!reach || (reach.anyTable && !isTold)) return undefined;
  // One that writes besides does its work element by element: there is more to it than a query for all of them.
  const does = reads && !changing.test(name) && (!writes || asking.test(name)) ? 'reads' : 'writes';
  return {
    evidence,
    does,
    alone: reach.alone === true && reach.via === undefined && (does === 'reads' ? !writes : !reads),
    reaches: reach.via ? `${reach.via} → ${reach.what}` : reach.what,
  };
}

/** An imported function, or a method of a service, whose name says that it asks or writes. */
function byName(source: Source, callee: Node, name: string, module: string | undefined): ReturnType<typeof helperOf> {
  const does = asking.test(name) && !other.test(name) ? 'reads' : writing.test(name) ? 'writes' : undefined;
  if (!does) return undefined;
  const found = { evidence: 'name', does, alone: 'unknown', reaches: '' } as const;
  if (callee.type === 'Identifier') {
    const own =
      module === undefined
        ? false
        : /^[.@~#]|^src\b/.test(module) && !/(?:utils?|helpers?|lib\/(?:format|date|string))$/.test(module);
    return own && name.length > 6 && (layers.test(module ?? '') || layers.test(source.file.path)) ? found : undefined;
  }
  if (callee.type !== 'MemberExpression') return undefined;
  const receiver = simpleName(callee.object);
  if (services.test(receiver)) return found;
  if (callee.object.type === 'ThisExpression')
    return /^(?:get|find|fetch|load|count)[A-Z]\w{3,}$/.test(name) ? found : undefined;
  // A module of the application, imported whole: `user.getFields(id)`.
  const origin = source.originOf(callee.object);
  return origin.from === 'import' &&
    /^\.{1,2}\//.test(origin.module ?? '') &&
    /^(?:get|find|fetch|load|count)[A-Z]/.test(name)
    ? found
    : undefined;
}
