import type { FieldChange } from '../code.ts';
import { dtoFields, mentionsDto } from './dto-fields.ts';
import { narrowing } from './field-bounds.ts';
import { treeOf } from './planted.ts';
import type { Schemas } from './schema-field.ts';
import { mentionsSchema, schemaFields } from './schema-fields.ts';
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
  const [schemas, classes] = [both(mentionsSchema), both(mentionsDto)];
  if (!schemas && !classes) return [];
  const base = treeOf(tree.path, before);
  return [
    ...(schemas ? changesOf(schemaFields(base), schemaFields(tree)) : []),
    ...(classes ? changesOf(dtoFields(base), dtoFields(tree)) : []),
  ];
}

function changesOf(old: Schemas, current: Schemas): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [schema, fields] of current) {
    const had = old.get(schema);
    if (!had || notSent.test(schema.split('.')[0] ?? '')) continue;
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
    for (const [field, was] of had)
      if (!fields.has(field)) changes.push({ line: was.line, endLine: was.endLine, schema, field, change: 'removed' });
  }
  return changes;
}
