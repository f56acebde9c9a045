import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyOf } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import type { Tree } from '../javascript/tree.ts';
import type { Column, Relation, Table } from '../schema.ts';
import { columnsOf } from '../sql/literal.ts';
import { grows } from './growth.ts';

type Index = Table['indexes'][number];
interface Decorator {
  readonly name: string;
  readonly args: readonly Node[];
}

/** Entities of TypeORM and MikroORM: classes with `@Entity()`. */
export function readEntities(tree: Tree): Table[] {
  const mikro = /from ['"]@mikro-orm\//.test(tree.text);
  const classes = [...tree.of('ClassDeclaration'), ...tree.of('ClassExpression')];
  return classes.flatMap((node) => {
    const decorators = decoratorsOf(node);
    if (!decorators.some((d) => d.name === 'Entity') || !node.id) return [];
    return [readEntity(node, node.id.name, decorators, tree.path, mikro ? 'mikro-orm' : 'typeorm')];
  });
}

function readEntity(
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  name: string,
  own: readonly Decorator[],
  path: string,
  source: Table['source'],
): Table {
  const columns: Column[] = [];
  const relations: Relation[] = [];
  const indexes: Index[] = own
    .filter((d) => /^(?:Index|Unique)$/.test(d.name))
    .map((d) => indexOf(d, node.loc.start.line));
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
      } else if (/^(?:Column|Property|Primary|CreateDateColumn|UpdateDateColumn|Enum)/.test(decorator.name)) {
        const optional = isTrue(propertyOf(options, 'nullable')) || member.optional === true;
        columns.push({ name: property, type: '', line, optional });
      }
    }
  }
  // `orderId` beside a relation `order` is the same column: an index on either counts.
  const aliased = indexes.flatMap((i) =>
    i.columns[0]?.endsWith('Id') ? [{ ...i, columns: [i.columns[0].slice(0, -2)] }] : [],
  );
  return {
    name,
    path,
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

function isTrue(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === true;
}
