import type { Draft } from './postgres-node.ts';

/**
 * New tables that take the name of an old one: how SQLite's tables are altered (https://www.sqlite.org/lang_altertable.html,
 * §7), by hand and by Prisma.
 *
 * @returns the name under which the script makes each, and the name it ends up with
 */
export function rebuiltTables(drafts: readonly Draft[]): ReadonlyMap<string, string> {
  const made = new Set(drafts.flatMap((draft) => (draft.op === 'create-table' ? (draft.table ?? []) : [])));
  const names = new Map<string, string>();
  for (const { op, table, name } of drafts)
    if (op === 'rename-table' && table && name && made.has(table)) names.set(table, name);
  return names;
}

/**
 * Old tables that the script renames, by their new name: `made-anew` where it makes the old name again afterwards, which is
 * the other way round of rebuiltTables. To drop one is no second loss.
 */
export function renamedTables(drafts: readonly Draft[]): ReadonlyMap<string, 'made-anew' | 'gone'> {
  const made = new Map<string, number>();
  for (const [i, { op, table }] of drafts.entries()) if (op === 'create-table' && table) made.set(table, i);
  const names = new Map<string, 'made-anew' | 'gone'>();
  for (const [i, { op, table, name }] of drafts.entries())
    if (op === 'rename-table' && table && name) names.set(name, (made.get(table) ?? -1) > i ? 'made-anew' : 'gone');
  return names;
}
