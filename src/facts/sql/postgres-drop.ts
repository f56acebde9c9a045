import { lastName, lower } from './postgres-names.ts';
import type { Draft, Node } from './postgres-node.ts';

/** What a DROP takes away: tables, indexes, schemas, and what code calls by its name. */
export function drop(node: Node, place: { line: number; endLine: number; columns: readonly string[] }): Draft[] {
  const cascade = node.behavior === 'DROP_CASCADE';
  const objects: Node[] = node.objects ?? [];
  const names = objects.map((object) => lastName(object.List?.items ?? object.ObjectWithArgs?.objname));
  if (node.removeType === 'OBJECT_TABLE') return names.map((table) => ({ ...place, op: 'drop-table', table, cascade }));
  if (node.removeType === 'OBJECT_INDEX')
    return names.map((name) => ({ ...place, op: 'drop-index', name, online: node.concurrent === true }));
  if (node.removeType === 'OBJECT_SCHEMA')
    return objects.map((object) => ({ ...place, op: 'drop-database', name: lower(object.String?.sval ?? '') }));
  if (called.has(node.removeType)) return names.map((name) => ({ ...place, op: 'drop-object', name }));
  if (node.removeType === 'OBJECT_TRIGGER') return [{ ...place, op: 'other', name: trigger }];
  return [];
}

/** What the code of a release calls by its name. */
const called = new Set(['OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FUNCTION', 'OBJECT_PROCEDURE']);
/** Stands for the name of a dropped trigger. */
export const trigger = 'a trigger';
