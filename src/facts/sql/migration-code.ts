import { isJavaScript, type Node } from '../javascript/parse.ts';
import { treeOf } from '../javascript/planted.ts';
import type { Tree } from '../javascript/tree.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import type { Dialect, SchemaChange, SqlFacts } from '../sql.ts';
import { builderDrafts } from './builders.ts';
import { declaredDialect, dialectBySyntax } from './dialect.ts';
import { newTablesOf } from './new-tables.ts';
import type { Draft } from './postgres-node.ts';
import { readStatements, settle } from './script.ts';

const migrationPath =
  /(?:^|\/)(?:[\w-]*migrations?|migrate)\/(?!(?:index|migrate|runner|config)\.[cm]?[jt]s$)[^/]+(?:\/[^/]+)?$/i;
const rawMethods = new Set(['query', 'raw', 'sql', 'addSql', 'executeSql', 'execute', 'unsafe', '$executeRawUnsafe']);
/** Words that only PostgreSQL has, in SQL that other databases would refuse. */
const postgresOnly =
  /\bCONCURRENTLY\b|\bNOT VALID\b|\btimestamptz\b|\bjsonb\b|\b(?:big)?serial\b|\bcharacter varying\b|"public"\.|::\w/i;

/** Migrations written in code: Knex, Kysely, Sequelize, TypeORM, MikroORM, node-pg-migrate, and SQL handed to any of them. */
export const migrationCodeReader: Reader = {
  id: 'migration-code',
  reads: (path) => isJavaScript(path) && migrationPath.test(path),
  read(file, project) {
    if (file.after === undefined) return {};
    const tree = treeOf(file.path, file.after);
    const sql = readMigration(tree, file.path, project);
    return sql.changes.length > 0 ? { sql } : {};
  },
};

function readMigration(tree: Tree, path: string, project: Project): SqlFacts {
  const scripts: { text: string; line: number }[] = [];
  const drafts: { at: number; drafts: Draft[] }[] = [];
  for (const call of tree.of('CallExpression')) {
    if (isUndone(call)) continue;
    const method = call.callee.type === 'MemberExpression' && !call.callee.computed ? nameOf(call.callee.property) : '';
    const text = rawMethods.has(method) ? sqlOf(call.arguments[0]) : undefined;
    if (text) scripts.push(text);
    else drafts.push({ at: call.loc.start.line, drafts: builderDrafts(call, method) });
  }
  for (const tagged of tree.of('TaggedTemplateExpression')) {
    if (!isUndone(tagged) && /(?:^|\.)(?:sql|\$executeRaw)$/.test(sourceOf(tree, tagged.tag))) {
      const text = sqlOf(tagged.quasi);
      if (text) scripts.push(text);
    }
  }
  const dialect = dialectOf(path, tree.text, scripts.map((s) => s.text).join('\n'), project);
  let unread = 0;
  for (const script of scripts) {
    const read = readStatements(script.text, dialect, script.line);
    unread += read.unread.length;
    drafts.push({ at: script.line, drafts: read.drafts });
  }
  const inOrder = drafts.sort((a, b) => a.at - b.at).flatMap((d) => d.drafts);
  const changes = settle(inOrder, transactionOf(tree.text), newTablesOf(project)).map(withoutComputedNames);
  return { dialect, changes, unread };
}

function dialectOf(path: string, code: string, sql: string, project: Project): Dialect {
  const bySyntax = dialectBySyntax(sql);
  if (bySyntax !== 'unknown') return bySyntax;
  const declared = declaredDialect(path, project);
  if (declared !== 'unknown') return declared;
  return /from ['"]node-pg-migrate['"]|\bpgm\.\w/.test(code) || postgresOnly.test(sql) ? 'postgresql' : 'unknown';
}

/** Stands for what the code puts into its SQL, most often a name. Where it is none, the statement does not parse and is left alone. */
const computed = '__computed__';

/** A name that the code computes is not known. Until its script is settled it is one name: the same hole is the same table. */
function withoutComputedNames({ table, name, references, columns, ...change }: SchemaChange): SchemaChange {
  const known = (text: string | undefined) => (text?.includes(computed) ? undefined : text);
  const plain = known(name);
  return {
    ...change,
    table: known(table),
    references: known(references),
    columns: columns.filter((column) => known(column) !== undefined),
    ...(plain !== undefined && { name: plain }),
  };
}

/** Knex, TypeORM, node-pg-migrate, MikroORM and Kysely wrap each migration in a transaction unless the file says otherwise. */
function transactionOf(code: string): boolean | 'unknown' {
  if (/\btransaction\s{0,4}[:=]\s{0,4}false\b|\bnoTransaction\(|\bisTransactional\(/.test(code)) return false;
  return /\bqueryRunner\b|\bpgm\b|\bknex\b|\bthis\.addSql\(|\bfrom ['"]kysely['"]/.test(code) ? true : 'unknown';
}

/** Inside the way back, which is meant to drop what the way forth makes. */
function isUndone(node: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.type === 'FunctionDeclaration' && at.id?.name === 'down') return true;
    if ((at.type === 'MethodDefinition' || at.type === 'Property') && nameOf(at.key) === 'down') return true;
    if (at.type === 'VariableDeclarator' && nameOf(at.id) === 'down') return true;
    if (
      at.type === 'AssignmentExpression' &&
      at.left.type === 'MemberExpression' &&
      nameOf(at.left.property) === 'down'
    )
      return true;
  }
  return false;
}

function sqlOf(node: Node | undefined): { text: string; line: number } | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string')
    return { text: node.value, line: node.loc.start.line };
  if (node?.type !== 'TemplateLiteral') return undefined;
  return { text: node.quasis.map((q) => q.value.cooked ?? q.value.raw).join(computed), line: node.loc.start.line };
}

function sourceOf(tree: Tree, node: Node): string {
  return tree.text.slice(node.range[0], node.range[1]);
}

function nameOf(node: Node): string {
  return node.type === 'Identifier' ? node.name : '';
}
