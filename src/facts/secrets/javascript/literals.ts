import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../../javascript/constant-text.ts';
import { propertyName, propertyOf, simpleName, unwrap } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import type { Tree } from '../../javascript/tree.ts';
import { namesSomethingElse } from '../name.ts';

/** A constant text, and the node that writes it down. */
export interface Literal {
  readonly value: string;
  readonly node: Node;
}

/** Steps from name to name and through fallbacks: enough for real code, an end for `a = b; b = a`. */
const maxSteps = 12;
/** What makes a hash of a password before it is stored: the literal is the password. */
const hashes = /^(?:hash|hashSync|(?:hash|encrypt|encode)_?Password)$/i;
/** What only changes how a text is held: `Buffer.from('x')`, `new TextEncoder().encode('x')`, `createSecretKey('x')`. */
const holders = new Set(['from', 'encode', 'createSecretKey', 'String', 'importKey', 'freeze', 'trim']);

/**
 * The literals that an expression may be when it runs: itself, either side of a fallback, what a name that is never
 * written again was declared with, a member of an object or class in the same file. None where it comes from elsewhere.
 */
export function literalsOf(tree: Tree, expression: Node, steps = 0): readonly Literal[] {
  const node = unwrap(expression);
  if (steps > maxSteps) return [];
  const next = (child: Node | null | undefined) => (child ? literalsOf(tree, child, steps + 1) : []);
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'BinaryExpression': {
      const value = node.type === 'Literal' && typeof node.value !== 'string' ? undefined : constantText(tree, node);
      return value === undefined || value === '' ? [] : [{ value, node }];
    }
    case 'LogicalExpression':
      return [...next(node.left), ...next(node.right)];
    case 'ConditionalExpression':
      return [...next(node.consequent), ...next(node.alternate)];
    case 'CallExpression':
      if (defaultOf(node)) return next(defaultOf(node));
      if (holders.has(simpleName(node.callee)) || hashes.test(simpleName(node.callee))) return next(node.arguments[0]);
      // `'x'.trim()`, `secret.toString()`
      return node.callee.type === 'MemberExpression' && node.arguments.length === 0 ? next(node.callee.object) : [];
    case 'ObjectExpression':
      return next(settingDefault(node));
    case 'MemberExpression':
      return next(memberIn(tree, node));
    case 'Identifier':
      return namesSomethingElse(node.name) ? [] : next(declaredAs(tree, node));
    default:
      return [];
  }
}

/** What a value is where it is missing, in the schema of an environment: `z.string().min(8).default('x').describe('y')`. */
export function defaultOf(expression: Node): Node | undefined {
  let node = expression;
  for (let links = 0; links < maxSteps; links++) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
    if (propertyName(node.callee) === 'default') return node.arguments[0];
    node = node.callee.object;
  }
  return undefined;
}

/** The same of a setting that is described by an object: `{ format: String, default: 'x', env: 'DB_PASSWORD' }`. */
function settingDefault(object: TSESTree.ObjectExpression): Node | undefined {
  return propertyOf(object, 'env') || propertyOf(object, 'format') ? propertyOf(object, 'default') : undefined;
}

/** What a name was declared with, when nothing else is ever written to it; a default counts: without one it is that. */
function declaredAs(tree: Tree, identifier: TSESTree.Identifier): Node | undefined {
  const binding = tree.bindingOf(identifier);
  if (!binding) return undefined;
  const { parent } = binding.at;
  if (parent.type === 'AssignmentPattern' && parent.left === binding.at) return parent.right;
  if (binding.node.type !== 'VariableDeclarator' || binding.node.id !== binding.at) return undefined;
  const written =
    binding.kind !== 'const' &&
    tree.referencesOf(binding).some((id) => id.parent.type === 'AssignmentExpression' && id.parent.left === id);
  return written ? undefined : (binding.node.init ?? undefined);
}

/** The object literal that an expression is, or that a name was declared with. */
export function objectBehind(tree: Tree, expression: Node | undefined): TSESTree.ObjectExpression | undefined {
  const plain = expression && unwrap(expression);
  const declared = plain?.type === 'Identifier' ? declaredAs(tree, plain) : plain;
  const object = declared && unwrap(declared);
  return object?.type === 'ObjectExpression' ? object : undefined;
}

/** `config.secret` of `const config = { secret: 'x' }`, `this.secret` of `class { secret = 'x' }`. */
function memberIn(tree: Tree, member: TSESTree.MemberExpression): Node | undefined {
  const name = propertyName(member);
  if (name === undefined || namesSomethingElse(name)) return undefined;
  if (member.object.type === 'ThisExpression') return fieldNamed(member, name);
  const owner = member.object.type === 'Identifier' ? declaredAs(tree, member.object) : memberObject(tree, member);
  return owner && propertyOf(unwrap(owner), name);
}

function memberObject(tree: Tree, member: TSESTree.MemberExpression): Node | undefined {
  const { object } = member;
  if (object.type !== 'MemberExpression' || object.object.type !== 'Identifier') return undefined;
  const owner = declaredAs(tree, object.object);
  return owner && propertyOf(unwrap(owner), propertyName(object) ?? '');
}

function fieldNamed(member: Node, name: string): Node | undefined {
  let at: Node | undefined = member;
  while (at && at.type !== 'ClassBody') at = at.parent;
  const field = at?.body.find((one) => one.type === 'PropertyDefinition' && propertyName(one) === name);
  return field?.type === 'PropertyDefinition' ? (field.value ?? undefined) : undefined;
}
