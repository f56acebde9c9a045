import type { Node } from '../javascript/parse.ts';
import { type Arguments, isFalse, isTrue, keyOf, option, optionsOf, type Part } from './builder-options.ts';
import { columnsOf, pathOf, stringOf } from './literal.ts';

/** The columns that `addColumn` and `addColumns` add. */
export function addedColumns(args: Arguments): Part[] {
  const [, second, third] = args;
  // Sequelize: (table, name, options). TypeORM: (table, new TableColumn(options)). node-pg-migrate: (table, { name: options }).
  if (third) return added(stringOf(second), third);
  const options = optionsOf(second);
  if (!options) return [];
  if (second?.type === 'NewExpression') return added(stringOf(option(second, 'name')), second);
  return options.properties.flatMap((p) =>
    p.type === 'Property' && p.value.type === 'ObjectExpression' ? added(keyOf(p.key), p.value) : [],
  );
}

function added(name: string | undefined, options: Node): Part[] {
  return [column(name, options), ...columnParts(name, options)];
}

/**
 * What `changeColumn` does. Sequelize and db-migrate: (table, name, options). TypeORM: (table, name or old column, new TableColumn(options)).
 */
export function changedColumn(column: Node | undefined, to: Node | undefined): Part[] {
  const name = stringOf(column) ?? stringOf(option(column, 'name')) ?? stringOf(option(to, 'name'));
  const type = typeText(option(to, 'type'));
  if (!name || type === undefined) return [];
  const former = typeText(option(column, 'type'));
  const attributes = ['allowNull', 'defaultValue', 'isNullable', 'default', 'notNull', 'unique', 'primaryKey'];
  return [
    {
      op: 'change-type',
      columns: [name.toLowerCase()],
      type,
      notNull: isFalse(option(to, 'allowNull')) || isFalse(option(to, 'isNullable')) || isTrue(option(to, 'notNull')),
      restates: attributes.some((attribute) => option(to, attribute)),
      ...(former !== undefined && { formerType: former }),
    },
  ];
}

/** `Sequelize.STRING(64)` as `string(64)`: to be compared with another of the same notation. */
function typeText(type: Node | undefined): string | undefined {
  const text = stringOf(type);
  if (text !== undefined) return text.toLowerCase();
  if (type?.type === 'CallExpression') {
    const sizes = type.arguments.flatMap((size) => (size.type === 'Literal' ? String(size.value) : '?'));
    return `${pathOf(type.callee).replace(/^.*\./, '').toLowerCase()}(${sizes.join()})`;
  }
  return type?.type === 'MemberExpression' ? pathOf(type).replace(/^.*\./, '').toLowerCase() : undefined;
}

function column(name: string | undefined, options: Node): Part {
  const nullable = option(options, 'isNullable');
  // TypeORM's columns are NOT NULL unless told otherwise.
  const typeorm = options.type === 'NewExpression';
  const required = typeorm
    ? !isTrue(nullable) && !isTrue(option(options, 'isGenerated'))
    : isFalse(option(options, 'allowNull')) || isTrue(option(options, 'notNull'));
  const given = option(options, 'defaultValue') ?? option(options, 'default');
  const known = optionsOf(options)?.properties.every((p) => p.type === 'Property') === true;
  return {
    op: 'add-column',
    columns: name ? [name.toLowerCase()] : [],
    type: typeText(option(options, 'type')) ?? '',
    notNull: known && required,
    default: given ? 'constant' : 'none',
  };
}

/** Keys, indexes and uniqueness of a table that is made: of its columns, or listed beside them. */
export function tableParts(given: Node | undefined): Part[] {
  const columns = elementsOf(option(given, 'columns'));
  if (columns.length === 0)
    return (optionsOf(given)?.properties ?? []).flatMap((p) =>
      p.type === 'Property' && p.value.type === 'ObjectExpression' ? columnParts(keyOf(p.key), p.value) : [],
    );
  const key = (node: Node) => columnsOf(option(node, 'columnNames'));
  return [
    ...columns.flatMap((node) => columnParts(stringOf(option(node, 'name')), node)),
    ...elementsOf(option(given, 'foreignKeys')).map((node) => constraint('foreign-key', key(node), node)),
    ...elementsOf(option(given, 'uniques')).map((node) => constraint('unique', key(node), node)),
    ...elementsOf(option(given, 'indices')).map((node): Part => ({ op: 'create-index', columns: key(node) })),
  ];
}

function columnParts(name: string | undefined, options: Node): Part[] {
  const columns = name ? [name.toLowerCase()] : [];
  const set = (...names: string[]) => names.some((each) => isTrue(option(options, each)));
  const unique = set('unique', 'isUnique', 'primaryKey', 'isPrimary') || stringOf(option(options, 'unique'));
  return [
    ...(unique ? [constraint('unique', columns, options)] : []),
    ...(option(options, 'references') ? [constraint('foreign-key', columns, options)] : []),
  ];
}

function constraint(kind: 'foreign-key' | 'unique', columns: readonly string[], at: Node): Part {
  return { op: 'add-constraint', constraint: kind, columns, line: at.loc.start.line, endLine: at.loc.start.line };
}

function elementsOf(node: Node | undefined): Node[] {
  return node?.type === 'ArrayExpression' ? node.elements.flatMap((element) => element ?? []) : [];
}
