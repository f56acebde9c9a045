import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyOf } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import type { Tree } from '../javascript/tree.ts';
import type { Column, Index, Relation, Table } from '../schema.ts';
import { columnsOf, stringOf } from '../sql/literal.ts';
import { declaredIndexes, indexCalls, isTrue } from './documents.ts';
import { grows } from './growth.ts';

interface Decorator {
  readonly name: string;
  readonly args: readonly Node[];
}

/** What the decorator of a class makes of it, and where its options stand: TypeORM and MikroORM, Nest's Mongoose, sequelize-typescript. */
const makers: Readonly<Record<string, Table['source']>> = { Entity: 'typeorm', Schema: 'mongoose', Table: 'sequelize' };

/** Classes that decorators make tables: `@Entity()`, `@Schema()`, `@Table`. */
export function readEntities(tree: Tree): Table[] {
  const mikro = /from ['"]@mikro-orm\//.test(tree.text);
  const classes = [...tree.of('ClassDeclaration'), ...tree.of('ClassExpression')];
  return classes.flatMap((node) => {
    const decorators = decoratorsOf(node);
    const made = decorators.find((d) => makers[d.name] !== undefined);
    if (!made || !node.id) return [];
    const source = mikro ? 'mikro-orm' : (makers[made.name] as Table['source']);
    const extra = source === 'mongoose' ? indexCalls(tree, `${node.id.name}Schema`) : [];
    return [
      readEntity(
        node,
        node.id.name,
        decorators,
        tree,
        source,
        [...extra, ...declaredIndexes(propertyOf(made.args[0], 'indexes'))],
        aliasOf(made),
      ),
    ];
  });
}

function readEntity(
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  name: string,
  own: readonly Decorator[],
  tree: Tree,
  source: Table['source'],
  extra: readonly Index[],
  alias: string | undefined,
): Table {
  const columns: Column[] = [];
  const relations: Relation[] = [];
  const indexes: Index[] = [
    ...own.filter((d) => /^(?:Index|Unique)$/.test(d.name)).map((d) => indexOf(d, node.loc.start.line)),
    ...extra,
  ];
  if (/timestamps: ?true/.test(tree.text.slice(node.decorators[0]?.range[0] ?? 0, node.body.range[0])))
    columns.push({ name: 'createdAt', type: 'date', line: node.loc.start.line, optional: false });
  for (const member of node.body.body) {
    if (member.type !== 'PropertyDefinition' || member.key.type !== 'Identifier') continue;
    const property = member.key.name;
    const line = member.key.loc.start.line;
    for (const decorator of decoratorsOf(member)) {
      const options = decorator.args.find((arg) => arg.type === 'ObjectExpression');
      if (
        /^(?:Index|Unique)$/.test(decorator.name) ||
        /^Primary/.test(decorator.name) ||
        isTrue(propertyOf(options, 'unique')) ||
        isTrue(propertyOf(options, 'index'))
      )
        indexes.push({ columns: [property], unique: decorator.name !== 'Index', line });
      if (/^(?:ManyToOne|OneToOne|OneToMany|ManyToMany)$/.test(decorator.name)) {
        const many = /ToMany$/.test(decorator.name);
        const owns = decorator.name === 'ManyToOne';
        const to = nameIn(decorator.args[0]);
        relations.push({
          name: property,
          to,
          columns: owns ? [property] : [],
          many,
          eager: isTrue(propertyOf(options, 'eager')),
          line,
        });
      } else if (
        /^(?:Column|Property|Prop|Primary|CreateDateColumn|CreatedAt|UpdateDateColumn|Enum|ForeignKey)/.test(
          decorator.name,
        )
      ) {
        if (columns.some((column) => column.name === property)) continue;
        const optional = isTrue(propertyOf(options, 'nullable')) || member.optional === true;
        columns.push({
          name: property,
          type: '',
          line,
          optional,
          ...(isFew(member, decorator, tree) ? { few: true } : {}),
        });
      }
      const to = propertyOf(options, 'ref');
      if ((decorator.name === 'Prop' && to) || decorator.name === 'ForeignKey')
        relations.push({
          name: property,
          to: nameIn(to ?? decorator.args[0]),
          columns: [property],
          many: false,
          eager: false,
          line,
        });
    }
  }
  // `orderId` beside a relation `order` is the same column: an index on either counts.
  const aliased = indexes.flatMap((i) =>
    i.columns[0]?.endsWith('Id') ? [{ ...i, columns: [i.columns[0].slice(0, -2)] }] : [],
  );
  return {
    name,
    ...(alias === undefined ? {} : { alias }),
    path: tree.path,
    line: node.loc.start.line,
    source,
    columns,
    relations,
    indexes: [...indexes, ...aliased],
    grows: grows(name, columns, relations),
  };
}

function indexOf(decorator: Decorator, line: number): Index {
  const [first, second] = decorator.args;
  const given = [first, second, propertyOf(first, 'properties')].map(columnsIn).find((list) => list.length > 0) ?? [];
  return { columns: given, unique: decorator.name === 'Unique', line };
}

/** Original spelling: property names are compared as written. */
function columnsIn(node: Node | undefined): string[] {
  if (node?.type === 'ArrayExpression')
    return node.elements.flatMap((e) => (e?.type === 'Literal' && typeof e.value === 'string' ? [e.value] : []));
  return [];
}

function decoratorsOf(node: { readonly decorators?: readonly TSESTree.Decorator[] }): Decorator[] {
  return (node.decorators ?? []).flatMap(({ expression }) => {
    if (expression.type === 'CallExpression' && expression.callee.type === 'Identifier')
      return [{ name: expression.callee.name, args: expression.arguments }];
    return expression.type === 'Identifier' ? [{ name: expression.name, args: [] }] : [];
  });
}

function nameIn(node: Node | undefined): string {
  if (node?.type === 'ArrowFunctionExpression' && node.body.type === 'Identifier') return node.body.name;
  return columnsOf(node)[0] ?? '';
}

/** `@Entity('orders')`, `@Entity({ tableName: 'orders' })`, `@Schema({ collection: 'orders' })`. */
function aliasOf({ args: [first] }: Decorator): string | undefined {
  const named = ['name', 'tableName', 'collection']
    .map((key) => propertyOf(first, key))
    .find((one) => one !== undefined);
  return stringOf(first) ?? stringOf(named);
}

/** A boolean or an enumeration, by the type that is declared or the column's options. */
function isFew(member: TSESTree.PropertyDefinition, decorator: Decorator, tree: Tree): boolean {
  const type = member.typeAnnotation?.typeAnnotation.type;
  const text = decorator.args.map((arg) => tree.text.slice(...arg.range)).join(' ');
  return type === 'TSBooleanKeyword' || decorator.name === 'Enum' || /\benum\b|\bboolean\b|BOOLEAN|ENUM/.test(text);
}
