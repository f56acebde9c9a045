import type { SourceFile } from '../../review/types.ts';
import type { Project } from '../project.ts';
import type { SchemaChange } from '../sql.ts';
import type { Draft } from './postgres-node.ts';

/** Changes of type with the type that the way back gives each column again: that is the one it has now. */
export function withFormerTypes(changes: readonly SchemaChange[], back: readonly Draft[]): readonly SchemaChange[] {
  const types = new Map<string, string>();
  for (const { op, table, columns, type } of back)
    if (op === 'change-type' && type) for (const column of columns) types.set(`${table}.${column}`, type);
  if (types.size === 0) return changes;
  return changes.map((change) => {
    const formerType = change.op === 'change-type' && types.get(`${change.table}.${change.columns[0]}`);
    return formerType ? { ...change, formerType } : change;
  });
}

/** The script that undoes this one, where it is a file of its own beside it: `003_total.up.sql` and `003_total.down.sql`. */
export function undoScript({ path }: SourceFile, project: Project): string | undefined {
  const other = path.replace(/(^|[/._-])up(\.sql)$/i, '$1down$2');
  return other === path ? undefined : project.text(other);
}
