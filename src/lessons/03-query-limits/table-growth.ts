import type { DataCall } from '../../facts/code.ts';
import type { SchemaFacts, Table } from '../../facts/schema.ts';

const small =
  /(?:role|permission|setting|config|flag|plan|countr|currenc|categor|tag|migration|template|integration|env|feature|locale|language|theme|type|kind|status|option|preference|provider|region|zone|timezone|tier|version|schema)/i;
/** What a row is that comes with each customer, sale, visit or message. */
const growing =
  /^(?:order|item|invoice|payment|transaction|transfer|charge|refund|payout|receipt|customer|user|member|subscriber|subscription|follower|patient|student|employee|contact|lead|visitor|guest|applicant|candidate|product|listing|article|post|comment|message|conversation|reply|review|rating|vote|like|reaction|bookmark|favou?rite|notification|event|log|activity|measurement|reading|visit|view|click|booking|reservation|appointment|ticket|incident|alert|shipment|parcel|delivery|cart|upload|document|photo|image|video|attachment|note|submission|answer|attempt|enrol?lment|donation|claim|quote|record|history|trip|ride)$/;

/** Whether rows of a table come with use: by the schema where it says so, else by what the table is called. */
export function growthOf(schema: SchemaFacts, { table, model = '' }: DataCall): Table['grows'] {
  const name = table ?? model;
  if (small.test(name)) return false;
  const wanted = spelled(name);
  const found = schema.tables.filter((one) => spelled(one.name) === wanted || spelled(one.alias ?? '') === wanted);
  return found.find(({ grows }) => grows !== 'unknown')?.grows ?? 'unknown';
}

/** Whether a table's name alone says that its rows come with use: `orders`, `auditLogs`, `invoiceRepository`. */
export function growsByName({ table, model = '' }: Pick<DataCall, 'table' | 'model'>): boolean {
  const name = (table ?? model).replace(/(?:Repository|Repo|Model|Entity|Table|Collection|Schema|Dao)$/i, '');
  const last = name.split(/[^A-Za-z]|(?<=[a-z])(?=[A-Z])/).at(-1) ?? '';
  return growing.test(singular(last.toLowerCase()));
}

function spelled(name: string): string {
  return singular(name.toLowerCase().replace(/_/g, ''));
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/s$/, '');
}
