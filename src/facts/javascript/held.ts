import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from './constant-text.ts';
import { enclosingFunction, isFunction, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

/** What becomes of an object after it was made. */
export interface Held {
  /** Methods called on it, in a chain or on the name it is kept under, with the text of a constant first argument. */
  readonly calls: readonly {
    readonly method: string;
    readonly first: string | undefined;
    readonly computed: boolean;
  }[];
  /** What is kept is what it was awaited to be. */
  readonly awaited: boolean;
  /** Whether others get it: by export, as the function's result, or as an argument. */
  readonly leaves: 'no' | 'exported' | 'returned' | 'given';
}

/** Libraries that take a connection and use it as it is: they add no listeners of their own. */
const users =
  /^(?:new )?(?:drizzle-orm|kysely|@prisma\/adapter|connect-pg-simple|connect-redis|rate-limit|@neondatabase)/;

/** Follows an object through its chain and its name. */
export function heldOf(source: Source, made: Node): Held {
  const calls: { method: string; first: string | undefined; computed: boolean }[] = [];
  const add = (call: TSESTree.CallExpression, member: TSESTree.MemberExpression) => {
    const [first] = call.arguments;
    const text = first && constantText(source.tree, first);
    calls.push({
      method: propertyName(member) ?? '',
      first: text,
      computed: first !== undefined && text === undefined,
    });
  };
  let at = made;
  let awaited = false;
  for (let up = at.parent; up; up = at.parent) {
    if (
      up.type === 'MemberExpression' &&
      up.object === at &&
      up.parent.type === 'CallExpression' &&
      up.parent.callee === up
    ) {
      add(up.parent, up);
      at = up.parent;
    } else if (isTransparent(up, at)) {
      awaited ||= up.type === 'AwaitExpression';
      at = up;
    } else break;
  }
  const uses = usesOf(source, at);
  if (typeof uses === 'string') return { calls, leaves: uses, awaited };
  let leaves: Held['leaves'] = 'no';
  for (const use of uses) {
    const { parent } = use;
    if (parent?.type === 'MemberExpression' && parent.object === use) {
      if (parent.parent.type === 'CallExpression' && parent.parent.callee === parent) add(parent.parent, parent);
      // `socket.onerror = …` is a listener too.
      const handled = parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent;
      if (handled && propertyName(parent) === 'onerror') calls.push({ method: 'on', first: 'error', computed: false });
    } else {
      const way = wayOut(source, use);
      // What the module keeps and its functions give out belongs to the module.
      const kept = way === 'returned' && use.type === 'Identifier' && isOfModule(source, use);
      if (way !== 'no' && leaves !== 'given') leaves = kept ? 'exported' : way;
    }
  }
  return { calls, leaves, awaited };
}

function isOfModule(source: Source, name: TSESTree.Identifier): boolean {
  const binding = source.tree.bindingOf(name);
  return binding !== undefined && enclosingFunction(binding.at) === undefined;
}

function isTransparent(up: Node, at: Node): boolean {
  if (up.type === 'LogicalExpression' || up.type === 'ConditionalExpression') return true;
  if (up.type === 'AssignmentExpression') return up.right === at && up.parent.type === 'VariableDeclarator';
  return /^(?:AwaitExpression|TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|ChainExpression)$/.test(up.type);
}

/** Reads of the name an expression is kept under; a word where it is kept under none. */
function usesOf(source: Source, at: Node): readonly Node[] | Held['leaves'] {
  const { parent } = at;
  const { tree } = source;
  if (isFunction(parent)) {
    const parameter = at.type === 'Identifier' ? tree.bindingOf(at) : undefined;
    return parameter?.at === at ? tree.referencesOf(parameter) : 'returned';
  }
  if (parent?.type === 'ExpressionStatement') return [];
  if (parent?.type === 'ReturnStatement') return 'returned';
  if (parent?.type === 'ExportDefaultDeclaration') return 'exported';
  if (parent?.type === 'PropertyDefinition') return membersOf(source, 'this', propertyName(parent));
  const name =
    parent?.type === 'VariableDeclarator'
      ? parent.id
      : parent?.type === 'AssignmentExpression'
        ? parent.left
        : undefined;
  if (name?.type === 'MemberExpression') {
    const object = tree.text.slice(...name.object.range);
    if (/^(?:module|exports)\b/.test(object)) return 'exported';
    return membersOf(source, object, propertyName(name));
  }
  const binding = name?.type === 'Identifier' ? tree.bindingOf(name) : undefined;
  if (!binding) return 'given';
  const uses: Node[] = tree.referencesOf(binding).filter((use) => use !== name);
  // A declaration that is exported as a whole is read by an export that has no name of its own.
  return binding.node.parent?.parent?.type === 'ExportNamedDeclaration' ? [...uses, binding.node.parent.parent] : uses;
}

function membersOf(source: Source, object: string, name: string | undefined): readonly Node[] | Held['leaves'] {
  if (name === undefined) return 'given';
  return source.tree
    .named(name)
    .map(({ parent }) => parent)
    .filter((member) => member.type === 'MemberExpression' && source.tree.text.slice(...member.object.range) === object)
    .filter((member) => member.parent?.type !== 'AssignmentExpression' || member.parent.left !== member);
}

/** How a read of the name hands the object to others. */
function wayOut(source: Source, use: Node): Held['leaves'] {
  const { parent } = use;
  if (
    use.type === 'ExportNamedDeclaration' ||
    parent?.type === 'ExportSpecifier' ||
    parent?.type === 'ExportDefaultDeclaration'
  )
    return 'exported';
  switch (parent?.type) {
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      return 'returned';
    case 'AssignmentExpression': {
      if (parent.left === use) return 'no';
      const left = source.tree.text.slice(...parent.left.range);
      return /^(?:module\.)?exports\b/.test(left) ? 'exported' : /^global/.test(left) ? 'no' : 'given';
    }
    case 'IfStatement':
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'ExpressionStatement':
    case 'AwaitExpression':
    case 'TSTypeQuery':
      return 'no';
    case 'CallExpression':
    case 'NewExpression':
      return isUsed(source, parent) ? 'no' : 'given';
    case 'Property':
      return ofObject(source, parent.parent);
    default:
      return 'given';
  }
}

function ofObject(source: Source, object: Node): Held['leaves'] {
  const { parent } = object;
  if (
    parent?.type === 'AssignmentExpression' &&
    /^(?:module\.)?exports\b/.test(source.tree.text.slice(...parent.left.range))
  )
    return 'exported';
  return (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && isUsed(source, parent)
    ? 'no'
    : 'given';
}

/** Given to what uses it as it is: an ORM, or `source.pipe(it)`, which carries no errors. */
function isUsed(source: Source, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (call.callee.type === 'MemberExpression' && propertyName(call.callee) === 'pipe') return true;
  const { text, from } = source.originOf(call.callee);
  return from === 'import' && users.test(text);
}
