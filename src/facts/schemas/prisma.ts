import prismaAst from '@mrleebo/prisma-ast';
import type { Column, Relation, SchemaFacts, Table } from '../schema.ts';
import type { Dialect } from '../sql.ts';
import { grows } from './growth.ts';

/** A node of the parser's tree. */
// biome-ignore lint/suspicious/noExplicitAny: the parser's unions are wider than what is read here
type Node = Record<string, any>;
type Index = Table['indexes'][number];

const dialects: Readonly<Record<string, Dialect>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
};

/**
 * Models of a Prisma schema.
 *
 * @throws the parser's error when the text is no Prisma schema
 */
export function readPrisma(path: string, text: string): SchemaFacts {
  const { list } = prismaAst.getSchema(text) as unknown as { list: Node[] };
  const models = new Set(list.filter((block) => block.type === 'model').map((block) => block.name));
  const enums = new Set(list.filter((block) => block.type === 'enum').map((block) => block.name));
  const lines = linesOf(text);
  const tables = list
    .filter((b) => b.type === 'model')
    .map((model) => readModel(model, path, { models, enums }, lines));
  const provider = list
    .find((block) => block.type === 'datasource')
    ?.assignments.find((a: Node) => a.key === 'provider')
    ?.value?.toString()
    .replace(/"/g, '');
  const dialect = dialects[provider ?? ''];
  return { tables, ...(dialect && { dialect }) };
}

interface Names {
  readonly models: ReadonlySet<string>;
  readonly enums: ReadonlySet<string>;
}

function readModel(model: Node, path: string, names: Names, lines: ReadonlyMap<string, number>): Table {
  const { models, enums } = names;
  let alias: string | undefined;
  const line = lines.get(model.name) ?? 1;
  const columns: Column[] = [];
  const relations: Relation[] = [];
  const indexes: Index[] = [];
  for (const property of model.properties as Node[]) {
    if (property.type === 'attribute' && /^(?:index|unique|id)$/.test(property.name))
      indexes.push({ columns: fieldsOf(property), unique: property.name !== 'index', line });
    if (property.type === 'attribute' && property.name === 'map') alias = textIn(property);
    if (property.type !== 'field') continue;
    const at = lines.get(`${model.name}.${property.name}`) ?? line;
    const attributes: Node[] = property.attributes ?? [];
    if (attributes.some((a) => a.name === 'id' || a.name === 'unique'))
      indexes.push({ columns: [property.name], unique: true, line: at });
    const type = String(property.fieldType?.name ?? property.fieldType);
    if (models.has(type) || attributes.some((a) => a.name === 'relation')) {
      const relation = attributes.find((a) => a.name === 'relation');
      const many = property.array === true;
      relations.push({
        name: property.name,
        to: type,
        columns: relation ? fieldsOf(relation) : [],
        many,
        eager: false,
        line: at,
      });
    } else
      columns.push({
        name: property.name,
        type,
        line: at,
        optional: property.optional === true,
        ...(type === 'Boolean' || enums.has(type) ? { few: true } : {}),
      });
  }
  return {
    name: model.name,
    ...(alias === undefined ? {} : { alias }),
    path,
    line,
    source: 'prisma',
    columns,
    indexes,
    relations,
    grows: grows(model.name, columns, relations),
  };
}

/** The text of `@@map("orders")`. */
function textIn(attribute: Node): string | undefined {
  const value = attribute.args?.[0]?.value;
  const text = typeof value === 'string' ? value : value?.value;
  return typeof text === 'string' ? text.replace(/"/g, '') : undefined;
}

/** Field names of `@@index([a, b(sort: Desc)])`, `@@unique(fields: [a])`, `@relation(fields: [a])`. */
function fieldsOf(attribute: Node): string[] {
  const values: Node[] = (attribute.args ?? []).map((arg: Node) => arg.value);
  const list =
    values.find((v) => v?.type === 'array') ?? values.find((v) => v?.type === 'keyValue' && v.key === 'fields')?.value;
  return (list?.args ?? []).map((field: string | Node) => (typeof field === 'string' ? field : String(field.name)));
}

/** Lines of models and of their fields (`Model.field`): the grammar has one field a line. */
function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let model = '';
  for (const [i, line] of text.split('\n').entries()) {
    const opened = /^\s*model\s+(\w+)\s*\{/.exec(line)?.[1];
    if (opened) {
      model = opened;
      lines.set(model, i + 1);
      continue;
    }
    if (/^\s*\}/.test(line)) model = '';
    const field = model && /^\s*(\w+)\s/.exec(line)?.[1];
    if (field) lines.set(`${model}.${field}`, i + 1);
  }
  return lines;
}
