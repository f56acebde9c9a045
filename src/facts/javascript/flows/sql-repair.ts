import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Fix } from '../../../review/types.ts';
import { isFunction, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { type Edit, repaired, withProperty } from '../repair.ts';
import type { Source } from '../source.ts';
import { argumentOf, type Bound, type BoundText, boundText, literalOf } from './bound-values.ts';
import { callSite, type Sink } from './sink.ts';

type Style = 'dollar' | 'question';

/**
 * The lines of a query with its values bound instead of written into the text, in the form of the library that runs it. None
 * where the library is not known, or a part of the text is a name, which no driver binds.
 */
export function sqlRepair(source: Source, sink: Sink): Fix | undefined {
  if (sink.kind !== 'sql' || sink.at.type !== 'CallExpression') return undefined;
  const call = sink.at;
  const statement = statementOf(source, sink.target);
  const bound = statement && boundText(source, statement);
  if (!statement || !bound) return undefined;
  const edits = tagged(source, call, bound) ?? placeholders(source, call, statement, bound);
  if (!edits) return undefined;
  const first = statement.range[0] < call.range[0] ? statement : call;
  return repaired(source.tree, first, call.loc.end.line, edits);
}

/** The text itself, or that of a constant which nothing else uses. */
function statementOf(source: Source, target: Node): Node | undefined {
  const node = unwrap(target);
  if (node.type !== 'Identifier') return node;
  const binding = source.tree.bindingOf(node);
  const declared = binding?.node;
  if (binding?.kind !== 'const' || declared?.type !== 'VariableDeclarator' || declared.id.type !== 'Identifier')
    return undefined;
  const uses = source.tree.referencesOf(binding).filter((reference) => reference !== declared.id);
  return uses.length === 1 && declared.init ? unwrap(declared.init) : undefined;
}

/** Prisma and postgres.js bind what a template holds: the call with a text becomes a tagged template. */
function tagged(source: Source, call: TSESTree.CallExpression, bound: BoundText): readonly Edit[] | undefined {
  const site = callSite(source, call);
  const callee = unwrap(call.callee);
  const [text] = call.arguments;
  if (!site || callee.type !== 'MemberExpression' || !text || call.arguments.length > 1) return undefined;
  const prisma = /^\$(?:query|execute)RawUnsafe$/.test(site.name);
  const postgres = site.name === 'unsafe' && /^(?:new )?postgres\(\)\.unsafe$/.test(site.origin);
  if (!prisma && !postgres) return undefined;
  // Prisma names the type of what it binds: a text is no number, no UUID and no date.
  if (prisma && bound.values.some((value, i) => !value.quoted || isTyped(bound.texts[i] ?? ''))) return undefined;
  if (bound.texts.some((part) => /[`\\\uE000]|\$\{/.test(part))) return undefined;
  const template = bound.texts
    .map((part, i) => {
      const value = bound.values[i];
      return value ? `${part}\${${argumentOf(source, value)}}` : part;
    })
    .join('');
  const from = prisma ? callee.property.range[0] : callee.object.range[1];
  const types = call.typeArguments ? source.tree.text.slice(...call.typeArguments.range) : '';
  const name = prisma ? site.name.replace('Unsafe', '') : '';
  return [{ at: from, to: call.range[1], text: `${name}${types}\`${template}\`` }];
}

/** `id = `, `created_at > `: a column that seldom holds a text. */
function isTyped(before: string): boolean {
  return /(?:\b|_|[a-z])(?:id|uuid|guid|date|at|on|time|day)"?\s*(?:=|<>|!=|<=|>=|<|>)\s*$/i.test(before);
}

function placeholders(
  source: Source,
  call: TSESTree.CallExpression,
  statement: Node,
  bound: BoundText,
): readonly Edit[] | undefined {
  const style = styleOf(source, call);
  if (!style) return undefined;
  const [text, given] = call.arguments;
  if (!text || text.type === 'SpreadElement') return undefined;
  const before = given && unwrap(given);
  const list = before?.type === 'ArrayExpression' ? before : undefined;
  const whole = bound.texts.join('');
  if (style === 'question' && (whole.includes('?') || (list && list.elements.length > 0))) return undefined;
  const taken = list?.elements.length ?? 0;
  if (style === 'dollar' && (/\$\d/.test(whole) ? !list : taken > 0)) return undefined;
  const marked = bound.texts
    .map((part, i) => (i === 0 ? part : `${style === 'question' ? '?' : `$${taken + i}`}${part}`))
    .join('');
  const values = bound.values.map((value) => textual(source, call, value)).join(', ');
  const written: Edit = { at: statement.range[0], to: statement.range[1], text: literalOf(marked) };
  const added = withValues(source, call, text, before, values);
  return added && [written, added];
}

/** Where the values go: behind the text, among those that are there, or into the options of Sequelize. */
function withValues(
  source: Source,
  call: TSESTree.CallExpression,
  text: Node,
  given: Node | undefined,
  values: string,
): Edit | undefined {
  const sequelize = isSequelize(source, call);
  const argument = sequelize ? `{ replacements: [${values}] }` : `[${values}]`;
  if (!given) return { at: text.range[1], text: `, ${argument}` };
  if (sequelize)
    return given.type === 'ObjectExpression' && !propertyOf(given, 'replacements') && !propertyOf(given, 'bind')
      ? withProperty(given, `replacements: [${values}]`)
      : undefined;
  // A callback comes last: `query(text, values, done)`.
  if (isFunction(given)) return { at: text.range[1], text: `, ${argument}` };
  if (given.type !== 'ArrayExpression') return undefined;
  const last = given.elements.at(-1);
  return last ? { at: last.range[1], text: `, ${values}` } : { at: given.range[0], to: given.range[1], text: argument };
}

/** How the library of a call marks its values; undefined where it is not known. */
function styleOf(source: Source, call: TSESTree.CallExpression): Style | undefined {
  const site = callSite(source, call);
  if (!site) return undefined;
  const { name, origin } = site;
  if (/^(?:new )?(?:pg|pg-pool|@neondatabase\/serverless)\b/.test(origin))
    return name === 'query' ? 'dollar' : undefined;
  if (/^(?:new )?(?:mysql2?|mysql2\/promise|mariadb|promise-mysql)\b/.test(origin))
    return /^(?:query|execute)$/.test(name) ? 'question' : undefined;
  if (/^(?:new )?knex\b/.test(origin) || /^(?:where|orWhere|andWhere|having)Raw$/.test(name))
    return /^(?:raw|(?:where|orWhere|andWhere|having)Raw)$/.test(name) ? 'question' : undefined;
  if (isSequelize(source, call)) return 'question';
  // A pool from another file: the one driver that the package asks for.
  const { known, all } = source.packages;
  if (known && /^(?:query|execute)$/.test(name) && /^(?:pool|db|client|conn|connection)$/.test(site.receiver)) {
    const drivers = ['pg', 'mysql2', 'mysql', 'sqlite3', 'mssql', 'sequelize', 'typeorm', 'knex'].filter(
      (one) => one in all,
    );
    if (drivers.length === 1)
      return drivers[0] === 'pg' ? 'dollar' : /^mysql/.test(drivers[0] ?? '') ? 'question' : undefined;
  }
  return undefined;
}

function isSequelize(source: Source, call: TSESTree.CallExpression): boolean {
  const site = callSite(source, call);
  return site?.name === 'query' && (/^(?:new )?sequelize\b/.test(site.origin) || site.receiver === 'sequelize');
}

/** mysql writes an object that it is given into the statement: what stood between quotes is made a text. */
function textual(source: Source, call: TSESTree.CallExpression, value: Bound): string {
  const code = argumentOf(source, value);
  const mysql = /^(?:new )?(?:mysql|promise-mysql|mariadb)/.test(callSite(source, call)?.origin ?? '');
  return mysql && value.quoted && !/^[`"']|^String\(/.test(code) ? `String(${code})` : code;
}
