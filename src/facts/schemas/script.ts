import type { SchemaFacts, Table } from '../schema.ts';
import { readStatements } from '../sql/script.ts';
import { grows } from './growth.ts';

type Draft = ReturnType<typeof readStatements>['drafts'][number];

/** Tables that a script of SQL creates, and the indexes it gives to any table. */
export function readScriptSchema(path: string, text: string): SchemaFacts {
  const { drafts } = readStatements(text, 'unknown', 1);
  const byTable = Map.groupBy(drafts, (draft) => draft.table);
  byTable.delete(undefined);
  return { tables: [...byTable].map(([name, own]) => tableOf(name ?? '', own, path)) };
}

function tableOf(name: string, drafts: readonly Draft[], path: string): Table {
  const columns = drafts
    .filter((d) => d.op === 'add-column')
    .map((d) => ({
      name: d.columns[0] ?? '',
      type: d.type ?? '',
      line: d.line,
      optional: d.notNull !== true,
      ...(/^bool/i.test(d.type ?? '') ? { few: true } : {}),
    }));
  const relations = drafts
    .filter((d) => d.constraint === 'foreign-key')
    .map((d) => ({
      name: d.columns[0] ?? '',
      to: d.references ?? '',
      columns: d.columns,
      many: false,
      eager: false,
      line: d.line,
    }));
  const indexes = drafts
    .filter((d) => d.op === 'create-index' || d.constraint === 'unique' || d.constraint === 'primary-key')
    .map((d) => ({
      columns: d.columns,
      unique: d.op !== 'create-index' || d.unique === true,
      line: d.line,
      ...(d.op === 'create-index' && d.where === true ? { partial: true } : {}),
    }));
  const line = drafts.find((d) => d.op === 'create-table')?.line ?? drafts[0]?.line ?? 1;
  return { name, path, line, source: 'sql', columns, relations, indexes, grows: grows(name, columns, relations) };
}
