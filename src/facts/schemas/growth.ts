import type { Column, Relation, Table } from '../schema.ts';

const settings =
  /^(?:roles?|permissions?|settings?|config(?:uration)?s?|flags?|features?|plans?|countr(?:y|ies)|currenc(?:y|ies)|categor(?:y|ies)|tags?|migrations?|templates?|integrations?|env(?:ironment)?s?|locales?|languages?)$/i;
const birth = /^(?:created|inserted|occurred|timestamp|logged|sent|placed)_?(?:at|on|date|time)?$/i;

/**
 * Whether rows come with use: they have a time of creation and belong to somebody. A table named after settings does not
 * grow; of anything else the schema does not tell.
 */
export function grows(name: string, columns: readonly Column[], relations: readonly Relation[]): Table['grows'] {
  if (settings.test(name.replace(/^.*[._]/, ''))) return false;
  const born = columns.some((column) => birth.test(column.name));
  const belongs = relations.some((relation) => !relation.many);
  return born && belongs ? true : 'unknown';
}
