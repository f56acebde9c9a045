import type { Node } from './postgres-node.ts';

/** Name of a relation without its schema. */
export function nameOf(relation: Node | undefined): string | undefined {
  return relation?.relname === undefined ? undefined : lower(relation.relname);
}

/** As PostgreSQL's names without quotes are compared. */
export function lower(name: string): string {
  return name.toLowerCase();
}

/** The last part of a dotted name. */
export function lastName(names: Node[] | undefined): string {
  return lower(names?.at(-1)?.String?.sval ?? '');
}
