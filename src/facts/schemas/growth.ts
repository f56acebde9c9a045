import type { Column, Relation, Table } from '../schema.ts';

const settings =
  /^(?:roles?|permissions?|settings?|config(?:uration)?s?|flags?|features?|plans?|countr(?:y|ies)|currenc(?:y|ies)|categor(?:y|ies)|tags?|migrations?|templates?|integrations?|env(?:ironment)?s?|locales?|languages?|api_?keys?)$/i;
/** Things that come with use, by what they are called. */
const events =
  /(?:order|invoice|payment|transaction|transfer|delivery|shipment|booking|reservation|ticket|message|mail|email|comment|post|review|notification|event|log|audit|entry|visit|view|click|session|token|attempt|upload|file|document|job|task|run|submission|response|answer|vote|like|follow(?:er)?|user|customer|member|account|contact|lead|subscriber|device|reading|measurement|metric)(?:s|ies)?$/i;
const birth = /^(?:created|inserted|occurred|timestamp|logged|sent|placed)_?(?:at|on|date|time)?$/i;

/**
 * Whether rows come with use: they have a time of creation, and belong to somebody or are called after something that
 * happens. A table named after settings does not grow; of anything else the schema does not tell.
 */
export function grows(name: string, columns: readonly Column[], relations: readonly Relation[]): Table['grows'] {
  if (isSettings(name)) return false;
  const born = columns.some((column) => birth.test(column.name));
  const belongs = relations.some((relation) => !relation.many);
  return born && (belongs || events.test(name)) ? true : 'unknown';
}

/** Whether a table is called after something that a handful of rows say: roles, settings, plans. */
export function isSettings(name: string): boolean {
  return settings.test(name.replace(/^.*[._…]/, '')) || settings.test(name.replace(/^…/, ''));
}

/** Whether a table is called after something that comes with use: `orders`, `audit_log`, `session_entity`. */
export function isNamedAfterUse(name: string): boolean {
  return events.test(name.replace(/_(?:entity|entities|table)$/i, '').replace(/ies$/i, 'y'));
}
