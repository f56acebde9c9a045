import type { CodeFacts, DataCall } from '../../facts/code.ts';
import type { SchemaFacts } from '../../facts/schema.ts';
import { growsByName, growthOf } from './table-growth.ts';

/** Functions that say by their name that they go through everything. */
export const meansAll =
  /export|migrat|sync|rebuild|reindex|backfill|seed|cron|clean|dump|backup|report|cache|load|init|index/i;

/** Folders and files of work that nobody waits for. */
const aside =
  /(?:^|[/.-])(?:jobs?|crons?|workers?|tasks?|processors?|consumers?|commands?|subscribers?|scheduler|backup|analytics)(?:[/.-]|$)/i;

/** Functions that say by their name that they give a list to whoever asks for it, or a sum of it. */
const listing =
  /^(?:all|index|list\w*|(?:find|get|list|fetch|read|retrieve)(?:All\w*|[A-Z]\w*s)|(?:total|sum|average|calculate)(?:[A-Z]\w*)?|\w+(?:Total|Sum|Average|Revenue|Statistics)s?)$/;

/** Columns that take the few rows out that are no longer, or not yet, shown. */
const keepsMost =
  /^(?:is_?)?(?:deleted|archived|active|enabled|visible|hidden|published|public)$|^(?:deleted|archived|published)_?at$/i;

/**
 * Says why a call reads a whole table for an answer, in a sentence about the call.
 *
 * @returns undefined when it does not, or when nothing proves it
 */
export function wholeTable(code: CodeFacts, call: DataCall, schema: SchemaFacts): string | undefined {
  const { does, limit, scope, verb, client, fate, sql } = call;
  if (limit !== 'none') return undefined;
  if (/^findAndCount/.test(verb)) return `\`${verb}\` is there for pages, and is given no limit.`;
  if (fate === 'floating') return undefined;
  const called = calledOf(call);
  const few = narrowed(schema, call);
  if (few === undefined) return undefined;
  if (client === 'dynamodb')
    return /^scan/i.test(verb)
      ? `\`${verb}\` reads the table from its first item to its last; a filter takes effect after the reading.`
      : undefined;
  // Redis has a rule of its own, and Supabase ends an answer at a thousand rows by itself.
  if (client === 'redis' || client === 'supabase' || (call.evidence === 'name' && client === 'other')) return undefined;
  const table = growthOf(schema, call);
  if (table === false) return undefined;
  const whole =
    does === 'read-many' ||
    // A receiver's name and a statement in its arguments are enough in a handler.
    (does === 'raw' &&
      sql !== undefined &&
      (call.evidence !== 'name' || scope === 'request') &&
      isWholeTable(call, sql));
  if (!whole) return undefined;
  if (scope === 'request') return `\`${called}\` runs in a handler with ${few} limit.`;
  if (few !== everything) return undefined;
  const within = code.functions[call.fn]?.name.replace(/^.*\./, '') ?? '';
  if (table !== true || fate !== 'returned' || scope !== 'unknown' || meansAll.test(within)) return undefined;
  return `\`${called}\` gives back every row, and the schema says that rows come with use: each has a time of creation.`;
}

/**
 * Says so of a call that takes all rows of what comes with use, in a function that says by its name that it is asked for them or
 * for their sum.
 *
 * @returns undefined when it does not
 */
export function wholeByName(code: CodeFacts, call: DataCall, schema: SchemaFacts, path: string): string | undefined {
  if (aside.test(path)) return undefined;
  const { does, limit, where, scope, fate, sql, client, tableBy } = call;
  if (limit !== 'none' || where !== 'none' || scope !== 'unknown' || tableBy || code.terminal) return undefined;
  if (fate !== 'returned' && fate !== 'awaited') return undefined;
  if (/^(?:redis|supabase|dynamodb|sqlite|other)$/.test(client)) return undefined;
  const within = code.functions[call.fn]?.name.replace(/^.*\./, '') ?? '';
  if ((!listing.test(within) && !call.sifted) || meansAll.test(within)) return undefined;
  if (does !== 'read-many' && !(does === 'raw' && sql !== undefined && isWholeTable(call, sql))) return undefined;
  if (growthOf(schema, call) === false || !growsByName(call)) return undefined;
  if (call.sifted)
    return `Every row that \`${calledOf(call)}\` finds is fetched to be picked or added up here; such rows come with use.`;
  return `\`${within}\` takes every row that \`${calledOf(call)}\` finds, and there is neither a filter nor a limit: such rows come with use.`;
}

const everything = 'neither a filter nor a';

/** How few of the table's rows the filter lets through, in words; undefined where it may be a bounded number. */
function narrowed(schema: SchemaFacts, call: DataCall): string | undefined {
  if (call.where === 'none') return everything;
  const [first, ...more] = call.conditions;
  if (call.where !== 'given' || !first || ![first, ...more].every(({ column }) => keepsMost.test(column)))
    return undefined;
  if (growthOf(schema, call) !== true && !growsByName(call)) return undefined;
  return `a filter by \`${first.column}\`, which lets most rows through, and no`;
}

/** How a call is named in a sentence: model and method. */
export function calledOf({ model, table, verb }: DataCall): string {
  const of = model === 'getRepository' ? (table ?? model) : model;
  return `${of && of !== verb ? `${of}.` : ''}${verb}`;
}

/** A statement that selects rows of one table, not a number made from them. */
function isWholeTable({ table }: DataCall, sql: string): boolean {
  return (
    table !== undefined &&
    /^\s*select\b/i.test(sql) &&
    !/^\s*select\s+(?:distinct\b|(?:count|max|min|sum|avg|exists|bool_\w+)\s*\()/i.test(sql)
  );
}
