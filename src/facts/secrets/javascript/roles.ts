import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { simpleName } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import type { Source } from '../../javascript/source.ts';
import type { SecretFact } from '../../secret.ts';
import { hashOf } from '../mask.ts';
import { isRandom } from '../random.ts';

/** Calls whose texts are read by people: titles of tests, translations, labels, logs, errors. */
const told =
  /^(?:describe|it|test|t|i18n|translate|\$t|gettext|label|log|info|warn|error|debug|trace|fatal|deprecate|[A-Z]\w{0,40}Error)$/;

/**
 * Whether a literal stands where no name gives it a secret's meaning: a type, an enumeration, an import, a key, a case, one
 * of a list (`['user.password', 'user.name']`), a text for people.
 */
export function holdsNoSecret(literal: Node): boolean {
  const { parent } = literal;
  // Nobody writes for people what a generator made.
  const isText = literal.type !== 'Literal' || typeof literal.value !== 'string' || !isRandom(literal.value);
  switch (parent?.type) {
    case 'TSLiteralType':
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'ExpressionStatement':
    case 'SwitchCase':
      return true;
    case 'TSEnumMember':
    case 'ArrayExpression':
      return isText;
    case 'Property':
      return parent.key === literal || isOutcome(literal, parent);
    case 'MemberExpression':
      return parent.property === literal;
    case 'BinaryExpression': {
      const other = parent.left === literal ? parent.right : parent.left;
      return parent.operator === 'in' || (other.type === 'UnaryExpression' && other.operator === 'typeof');
    }
    case 'CallExpression':
    case 'NewExpression':
      return isText && told.test(simpleName(parent.callee));
    default:
      return false;
  }
}

/** `results.add(plugin, { pass: 'queued' })`: a word alone, beside no name and no host, says how something went. */
function isOutcome(literal: Node, { key, parent }: TSESTree.Property): boolean {
  return (
    key.type === 'Identifier' &&
    key.name === 'pass' &&
    literal.type === 'Literal' &&
    /^[a-z]{3,12}$/.test(String(literal.value)) &&
    parent.type === 'ObjectExpression' &&
    parent.properties.length === 1 &&
    parent.parent.type === 'CallExpression'
  );
}

/** Drops what lines took for an assignment and syntax knows for a type, a key, a case or a text for people. */
export function withoutRoles({ tree }: Source, facts: readonly SecretFact[]): SecretFact[] {
  const lines = new Set(facts.filter(({ rule }) => rule === 'assigned-secret').map(({ line }) => line));
  if (lines.size === 0) return [...facts];
  const literals = tree.of('Literal').filter(({ loc }) => lines.has(loc.start.line));
  return facts.filter(({ rule, line, hash }) => {
    if (rule !== 'assigned-secret') return true;
    const same = literals.filter(
      ({ loc, value }) => loc.start.line === line && typeof value === 'string' && hashOf(value) === hash,
    );
    return same.length === 0 || !same.every(holdsNoSecret);
  });
}
