import { propertyName, propertyOf } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import type { Tree } from '../javascript/tree.ts';
import type { Column, Relation, Table } from '../schema.ts';
import { stringOf } from '../sql/literal.ts';
import { grows } from './growth.ts';

/** Mongoose schemas (`new Schema({ … })`) and Sequelize models (`define`, `Model.init`): objects of columns. */
export function readModels(tree: Tree): Table[] {
  const tables: Table[] = [];
  for (const made of tree.of('NewExpression')) {
    const callee = made.callee.type === 'MemberExpression' ? made.callee.property : made.callee;
    if (callee.type !== 'Identifier' || callee.name !== 'Schema' || !/\bmongoose\b/.test(tree.text)) continue;
    const variable =
      made.parent.type === 'VariableDeclarator' && made.parent.id.type === 'Identifier' ? made.parent.id.name : '';
    const name = modelOf(tree, variable) ?? variable.replace(/Schema$/, '');
    tables.push(
      readShape(
        name,
        made.arguments[0],
        made.arguments[1],
        tree,
        made.loc.start.line,
        'mongoose',
        indexCalls(tree, variable),
      ),
    );
  }
  for (const call of tree.of('CallExpression')) {
    if (call.callee.type !== 'MemberExpression' || !/sequelize/i.test(tree.text)) continue;
    const method = propertyName(call.callee);
    const owner = call.callee.object.type === 'Identifier' ? call.callee.object.name : '';
    if (method === 'define' && stringOf(call.arguments[0]))
      tables.push(
        readShape(
          stringOf(call.arguments[0]) ?? '',
          call.arguments[1],
          call.arguments[2],
          tree,
          call.loc.start.line,
          'sequelize',
          [],
        ),
      );
    if (method === 'init' && propertyOf(call.arguments[1], 'sequelize'))
      tables.push(
        readShape(
          owner === 'super' ? '' : owner,
          call.arguments[0],
          call.arguments[1],
          tree,
          call.loc.start.line,
          'sequelize',
          [],
        ),
      );
  }
  return tables.filter((table) => table.name !== '' && table.columns.length > 0);
}

function readShape(
  name: string,
  shape: Node | undefined,
  options: Node | undefined,
  tree: Tree,
  line: number,
  source: 'mongoose' | 'sequelize',
  extra: Table['indexes'],
): Table {
  const columns: Column[] = [];
  const relations: Relation[] = [];
  const indexes = [...extra, ...declaredIndexes(propertyOf(options, 'indexes'))];
  for (const property of shape?.type === 'ObjectExpression' ? shape.properties : []) {
    if (property.type !== 'Property') continue;
    const column = propertyName(property) ?? '';
    const at = property.loc.start.line;
    const list = property.value.type === 'ArrayExpression';
    const spec =
      property.value.type === 'ArrayExpression' ? (property.value.elements[0] ?? property.value) : property.value;
    const has = (key: string) => isTrue(propertyOf(spec, key));
    const few = isFew(tree, spec);
    columns.push({
      name: column,
      type: '',
      line: at,
      optional: !(has('required') || has('primaryKey')),
      ...(few ? { few } : {}),
    });
    const unique = isSaid(propertyOf(spec, 'unique')) || has('primaryKey');
    if (has('index') || unique) indexes.push({ columns: [column], unique, line: at });
    const to = stringOf(propertyOf(spec, 'ref')) ?? (propertyOf(spec, 'references') ? column : undefined);
    if (to) relations.push({ name: column, to, columns: [column], many: list, eager: false, line: at });
  }
  if (isTrue(propertyOf(options, 'timestamps')) || (source === 'sequelize' && !propertyOf(options, 'timestamps')))
    columns.push({ name: 'createdAt', type: 'date', line, optional: false });
  const mapped = stringOf(propertyOf(options, 'tableName') ?? propertyOf(options, 'collection'));
  const alias = mapped === undefined ? {} : { alias: mapped };
  return {
    name,
    ...alias,
    path: tree.path,
    line,
    source,
    columns,
    relations,
    indexes,
    grows: grows(name, columns, relations),
  };
}

/** `Boolean`, `{ type: DataTypes.BOOLEAN }`, `{ type: String, enum: […] }`. */
function isFew(tree: Tree, spec: Node): boolean {
  const type = propertyOf(spec, 'type') ?? spec;
  return (
    propertyOf(spec, 'enum') !== undefined ||
    (type.type !== 'ObjectExpression' && /^(?:\w+\.)*(?:Boolean|BOOLEAN|ENUM)\b/.test(tree.text.slice(...type.range)))
  );
}

/** Sequelize's `indexes: [{ unique: true, fields: ['a'] }]`. */
export function declaredIndexes(node: Node | undefined): Table['indexes'][number][] {
  if (node?.type !== 'ArrayExpression') return [];
  return node.elements.flatMap((element) => {
    const fields = element && propertyOf(element, 'fields');
    if (fields?.type !== 'ArrayExpression') return [];
    const columns = fields.elements.flatMap((f) => (f ? (stringOf(f) ?? stringOf(propertyOf(f, 'name')) ?? []) : []));
    return [{ columns, unique: isTrue(propertyOf(element ?? undefined, 'unique')), line: fields.loc.start.line }];
  });
}

/** Mongoose's `orderSchema.index({ user: 1, createdAt: -1 })`. */
export function indexCalls(tree: Tree, variable: string): Table['indexes'][number][] {
  return tree.named(variable).flatMap((id) => {
    const call =
      id.parent.type === 'MemberExpression' && propertyName(id.parent) === 'index' ? id.parent.parent : undefined;
    const keys = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
    if (call?.type !== 'CallExpression' || keys?.type !== 'ObjectExpression') return [];
    const columns = keys.properties.flatMap((p) => (p.type === 'Property' ? (propertyName(p) ?? []) : []));
    return [{ columns, unique: isTrue(propertyOf(call.arguments[1], 'unique')), line: call.loc.start.line }];
  });
}

/** The name in `model('Order', orderSchema)`. */
function modelOf(tree: Tree, variable: string): string | undefined {
  for (const id of tree.named(variable))
    if (id.parent.type === 'CallExpression' && id.parent.arguments[1] === id) return stringOf(id.parent.arguments[0]);
  return undefined;
}

/** `unique: true`, a message, the name of an index over several columns: anything but a no. */
function isSaid(node: Node | undefined): boolean {
  return node !== undefined && !(node.type === 'Literal' && node.value === false);
}

/** A literal `true`. */
export function isTrue(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === true;
}
