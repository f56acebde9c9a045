import type { FieldChange } from '../code.ts';
import { isBetterGone } from './answer-changes.ts';
import { answeredFields, dtoFields, mentionsAnswerDto, mentionsDto } from './dto-fields.ts';
import { narrowing } from './field-bounds.ts';
import { treeOf } from './planted.ts';
import { type SchemaField, type Schemas, spread } from './schema-field.ts';
import { mentionsSchema, schemaFields } from './schema-fields.ts';
import { useOfSchema } from './schema-use.ts';
import type { Tree } from './tree.ts';

/** Names of schemas that no client fills in. */
const notSent =
  /response|result|output|reply|env(?:ironment)?(?:vars|variables|schema|validation)?$|config|options|props|settings$|row|record|entity/i;

/**
 * What a change does to the fields of the schemas that both versions of a file have: new required fields, optional ones made
 * required, fields and enumeration values removed.
 *
 * @throws as plantTree, for the text before
 */
export function readFieldChanges(tree: Tree, before: string | undefined): readonly FieldChange[] {
  if (before === undefined) return [];
  const both = (mentions: RegExp) => mentions.test(before) && mentions.test(tree.text);
  const [schemas, classes, answers] = [both(mentionsSchema), both(mentionsDto), both(mentionsAnswerDto)];
  if (!schemas && !classes && !answers) return [];
  const base = treeOf(tree.path, before);
  return [
    ...(schemas ? changesOf(schemaFields(base), schemaFields(tree), (schema) => useOfSchema(tree, schema)) : []),
    ...(classes ? changesOf(dtoFields(base), dtoFields(tree), () => 'asked' as const) : []),
    ...(answers ? changesOf(answeredFields(base), answeredFields(tree), () => 'answered' as const) : []),
  ];
}

type Fields = ReadonlyMap<string, SchemaField>;

function changesOf(
  old: Schemas,
  current: Schemas,
  useOf: (schema: string) => ReturnType<typeof useOfSchema>,
): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [schema, fields] of current) {
    const had = old.get(schema);
    const found = had ? [...stricter(schema, had, fields), ...removed(schema, had, fields)] : [];
    if (found.length === 0) continue;
    const use = useOf(schema);
    if (use === 'answered') changes.push(...found.flatMap(asAnswer));
    else if (use !== 'fetched' && !notSent.test(schema.split('.')[0] ?? '')) changes.push(...found);
  }
  return changes;
}

/** Who is answered misses what is gone; that more is promised harms nobody. */
function asAnswer(found: FieldChange): FieldChange[] {
  return found.change === 'removed' && !isBetterGone(found.field) ? [{ ...found, change: 'unanswered' }] : [];
}

function stricter(schema: string, had: Fields, fields: Fields): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [field, now] of fields) {
    const was = had.get(field);
    const at = { line: now.line, endLine: now.endLine, schema, field };
    if (!was && now.required) changes.push({ ...at, change: 'new-required' });
    else if (was && !was.required && now.required) changes.push({ ...at, change: 'now-required' });
    const narrowed = was?.bounds && now.bounds && narrowing(was.bounds, now.bounds);
    if (narrowed !== undefined)
      changes.push({ ...at, endLine: now.boundsEnd ?? now.endLine, change: 'narrowed', value: narrowed });
    const gone = was?.values?.find((value) => now.values && !now.values.includes(value));
    if (gone !== undefined) changes.push({ ...at, change: 'value-removed', value: gone });
  }
  return changes;
}

function removed(schema: string, had: Fields, fields: Fields): readonly FieldChange[] {
  if (fields.has(spread)) return [];
  return [...had].flatMap(([field, { line, endLine }]) =>
    field === spread || fields.has(field) ? [] : [{ line, endLine, schema, field, change: 'removed' as const }],
  );
}
