import type { TSESTree } from '@typescript-eslint/typescript-estree';
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
import { withFormerTypes } from './way-back.ts';
import { computed, sqlOf, sqlOfCall, type WrittenSql } from './written-sql.ts';

const migrationPath =
  /(?:^|\/)(?:[\w-]*migrations?|migrate)\/(?!(?:index|migrate|runner|config)\.[cm]?[jt]s$)[^/]+(?:\/[^/]+)?$/i;
/** Words that only PostgreSQL has, in SQL that other databases would refuse. */
const postgresOnly =
  /\bCONCURRENTLY\b|\bNOT VALID\b|\btimestamptz\b|\bjsonb\b|\bbytea\b|\b(?:big)?serial\b|\bcharacter varying\b|"public"\.|::\w|\bINCLUDE \("|\bUSING (?:gin|gist|brin)\b|\b(?:gin_trgm|jsonb_path|(?:text|varchar)_pattern)_ops\b|\bCREATE EXTENSION\b|\bAS ENUM ?\(|\bADD VALUE\b|\bgen_random_uuid\(|\bplpgsql\b/i;

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
  const forth: Written = { scripts: [], drafts: [] };
  const back: Written = { scripts: [], drafts: [] };
  for (const call of tree.of('CallExpression')) {
    const half = isUndone(call) ? back : forth;
    const method = call.callee.type === 'MemberExpression' && !call.callee.computed ? nameOf(call.callee.property) : '';
    const scripts = sqlOfCall(tree, call);
    if (scripts.length > 0) half.scripts.push(...scripts);
    else half.drafts.push({ at: call.loc.start.line, drafts: builderDrafts(call, method) });
  }
  for (const tagged of tree.of('TaggedTemplateExpression')) {
    if (!/(?:^|\.)(?:sql|\$executeRaw)$/.test(sourceOf(tree, tagged.tag)) || isArgumentOfSql(tree, tagged)) continue;
    const text = sqlOf(tree, tagged);
    if (text) (isUndone(tagged) ? back : forth).scripts.push(text);
  }
  const dialect = dialectOf(path, tree.text, forth.scripts.map((s) => s.text).join('\n'), project);
  const read = draftsOf(forth, dialect);
  const settled = settle(read.drafts, transactionOf(tree.text), newTablesOf(project)).map(withoutComputedNames);
  return { dialect, changes: withFormerTypes(settled, draftsOf(back, dialect).drafts), unread: read.unread };
}

/** What one half of a migration says, way forth or way back. */
interface Written {
  readonly scripts: WrittenSql[];
  readonly drafts: { readonly at: number; readonly drafts: readonly Draft[] }[];
}

function draftsOf(half: Written, dialect: Dialect): { drafts: readonly Draft[]; unread: number } {
  const read = half.scripts.map(({ text, line }) => ({ at: line, ...readStatements(text, dialect, line) }));
  const inOrder = [...half.drafts, ...read].sort((a, b) => a.at - b.at).flatMap(({ drafts }) => drafts);
  return { drafts: withoutRepeats(inOrder), unread: read.reduce((sum, { unread }) => sum + unread.length, 0) };
}

const once = new Set(['drop-column', 'drop-table', 'rename-column', 'rename-table', 'change-type', 'add-constraint']);

/** A column is dropped once: a second time is another branch of the code, for another database. */
function withoutRepeats(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Set<string>();
  return drafts.filter(({ op, table, name, columns, constraint }) => {
    const key = [op, table, name, constraint, ...columns].join();
    const repeats = once.has(op) && (op.endsWith('table') || columns.length > 0) && seen.has(key);
    seen.add(key);
    return !repeats;
  });
}

/** Inside a call that was read with all its SQL. */
function isArgumentOfSql(tree: Tree, tagged: TSESTree.TaggedTemplateExpression): boolean {
  return tagged.parent.type === 'CallExpression' && sqlOfCall(tree, tagged.parent).length > 0;
}

function dialectOf(path: string, code: string, sql: string, project: Project): Dialect {
  const bySyntax = dialectBySyntax(sql);
  if (bySyntax !== 'unknown') return bySyntax;
  const declared = declaredDialect(path, project);
  if (declared !== 'unknown') return declared;
  return /from ['"]node-pg-migrate['"]|\bpgm\.\w/.test(code) || postgresOnly.test(sql) ? 'postgresql' : 'unknown';
}

/** A name that the code computes is not known. Until its script is settled it is one name: the same hole is the same table. */
function withoutComputedNames({ table, name, references, columns, ...change }: SchemaChange): SchemaChange {
  const plain = known(name);
  return {
    ...change,
    table: known(table),
    references: known(references),
    columns: columns.filter((column) => known(column) !== undefined),
    ...(plain !== undefined && { name: plain }),
  };
}

/** What is written of a name: all of it, or the part beside a prefix that the code puts before it (`…orders`). */
function known(text: string | undefined): string | undefined {
  const written = text?.replaceAll(computed, '…');
  return written !== undefined && /^…?\w{2,}$|^[^…]*$/.test(written) ? written : undefined;
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

function sourceOf(tree: Tree, node: Node): string {
  return tree.text.slice(node.range[0], node.range[1]);
}

function nameOf(node: Node): string {
  return node.type === 'Identifier' ? node.name : '';
}
