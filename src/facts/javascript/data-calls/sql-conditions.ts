import type { Asked, Condition } from './asked.ts';

const nothing: Asked = { conditions: [] };
const name = '["`\\[]?[\\w$]{1,63}["`\\]]?';
const path = `(?:${name}\\.)?${name}`;
const one = new RegExp(
  `^\\s*(?:select\\b[^;]*?\\bfrom|delete\\s+from|update)\\s+(?:only\\s+)?(${path})(?:\\s+(?:as\\s+)?(?!where\\b|set\\b|order\\b|limit\\b|group\\b|for\\b|join\\b|inner\\b|left\\b|cross\\b|natural\\b|full\\b|right\\b|using\\b)\\w{1,63})?\\s*(?:$|;|set\\b|where\\b|order\\b|limit\\b|for\\b|fetch\\b|offset\\b)`,
  'i',
);
const compared = new RegExp(
  `^\\s*\\(?\\s*(?:\\w{1,63}\\.)?(${name})\\s*(=|<=|>=|<|>|in\\b|between\\b|like\\b|ilike\\b|<>|!=|is\\b|not\\b|~)\\s*(\\S.*)?$`,
  'is',
);

/**
 * Table and conditions of a statement of SQL about one table; no conditions where it joins, unites, groups or says OR.
 *
 * @param sql without comments and quoted texts; `?` where values are put in
 */
export function sqlConditions(sql: string): Asked {
  const text = sql.slice(0, 4_000);
  const table = one
    .exec(text)?.[1]
    ?.replace(/^.*\./, '')
    .replace(/["`[\]]/g, '');
  if (
    table === undefined ||
    (text.match(/\bselect\b/gi)?.length ?? 0) > 1 ||
    /\b(?:join|union|group\s+by)\b/i.test(text)
  )
    return nothing;
  const from = text.search(/\bwhere\b/i);
  const rest = from < 0 ? '' : text.slice(from + 5);
  const where = rest.slice(
    0,
    Math.max(0, `${rest} limit`.search(/\b(?:order\s+by|limit|for\s+update|fetch|offset|returning)\b|;/i)),
  );
  const sort = /\border\s+by\s+(?:\w{1,63}\.)?["`]?(\w{1,63})/i.exec(text)?.[1];
  const conditions = from < 0 ? [] : comparisons(where);
  if (!conditions) return { table, conditions: [] };
  return { table, conditions, ...(sort === undefined ? {} : { sort }) };
}

/** Conditions that AND joins; undefined where one is no comparison of a column, or an alternative. */
export function comparisons(where: string): readonly Condition[] | undefined {
  if (/\bor\b|\bexists\b|\bmatch\b/i.test(where)) return undefined;
  const conditions: Condition[] = [];
  // `BETWEEN a AND b` is one condition.
  for (const part of where.replace(/\bbetween\s+\S+\s+and\b/gi, 'between').split(/\band\b/i)) {
    const [, column, operator = '', value = ''] = compared.exec(part) ?? [];
    if (column === undefined) return undefined;
    const selective = /^(?:=|<=|>=|<|>|in|between)$/i.test(operator) && !/^(?:true|false|null)\b/i.test(value);
    conditions.push({ column: column.replace(/["`[\]]/g, ''), selective });
  }
  return conditions;
}
