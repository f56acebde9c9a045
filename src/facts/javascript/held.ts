import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from './constant-text.ts';
import type { Binding } from './declarations.ts';
import { enclosingFunction, isFunction, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';
import { type Way, wayOut } from './ways-out.ts';

/** A method called on an object. `computed`: its first argument is no constant. */
interface Call {
  readonly method: string;
  readonly first: string | undefined;
  readonly computed: boolean;
}

/** What becomes of an object after it was made. */
export interface Held {
  /** Methods called on it, in a chain or on the name it is kept under, with the text of a constant first argument. */
  readonly calls: readonly Call[];
  /** What is kept is what it was awaited to be. */
  readonly awaited: boolean;
  /** Whether others get it: by export, as the function's result, or as an argument. */
  readonly leaves: Way;
}

/** Follows an object through its chain and its name. */
export function heldOf(source: Source, made: Node): Held {
  const calls: Call[] = [];
  let at = made;
  let awaited = false;
  for (let up = at.parent; up; up = at.parent) {
    if (
      up.type === 'MemberExpression' &&
      up.object === at &&
      up.parent.type === 'CallExpression' &&
      up.parent.callee === up
    ) {
      calls.push(callOf(source, up.parent, up));
      at = up.parent;
    } else if (isTransparent(up, at)) {
      awaited ||= up.type === 'AwaitExpression';
      at = up;
    } else break;
  }
  const holder = holderOf(source, at);
  if (typeof holder === 'string') return { calls, leaves: holder, awaited };
  const known = followed(source, holder);
  return { calls: [...calls, ...known.calls], leaves: known.leaves, awaited };
}

interface Holder {
  /** One for each name, however many objects are put under it. */
  readonly key: Binding | string;
  uses(): readonly Node[];
}

type Followed = Pick<Held, 'calls' | 'leaves'>;

const remembered = new WeakMap<Source, Map<Binding | string, Followed>>();

/** What the reads of a name do with what it holds. */
function followed(source: Source, { key, uses }: Holder): Followed {
  const names = remembered.get(source) ?? new Map<Binding | string, Followed>();
  remembered.set(source, names);
  const before = names.get(key);
  if (before) return before;
  const calls: Call[] = [];
  let leaves: Way = 'no';
  for (const use of uses()) {
    const { parent } = use;
    if (parent?.type === 'MemberExpression' && parent.object === use) {
      if (parent.parent.type === 'CallExpression' && parent.parent.callee === parent)
        calls.push(callOf(source, parent.parent, parent));
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
  const found = { calls, leaves };
  names.set(key, found);
  return found;
}

function callOf(source: Source, call: TSESTree.CallExpression, member: TSESTree.MemberExpression): Call {
  const [first] = call.arguments;
  const text = first && constantText(source.tree, first);
  return { method: propertyName(member) ?? '', first: text, computed: first !== undefined && text === undefined };
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

/** The name an expression is kept under; a word where it is kept under none. */
function holderOf(source: Source, at: Node): Holder | Way {
  const { parent } = at;
  const { tree } = source;
  if (isFunction(parent)) {
    const parameter = at.type === 'Identifier' ? tree.bindingOf(at) : undefined;
    return parameter?.at === at ? { key: parameter, uses: () => tree.referencesOf(parameter) } : 'returned';
  }
  if (parent?.type === 'ExpressionStatement') return 'no';
  if (parent?.type === 'ReturnStatement') return 'returned';
  if (parent?.type === 'ExportDefaultDeclaration') return 'exported';
  if (parent?.type === 'PropertyDefinition') return memberHolder(source, 'this', propertyName(parent));
  const name =
    parent?.type === 'VariableDeclarator'
      ? parent.id
      : parent?.type === 'AssignmentExpression'
        ? parent.left
        : undefined;
  if (name?.type === 'MemberExpression') {
    const object = tree.text.slice(...name.object.range);
    return /^(?:module|exports)\b/.test(object) ? 'exported' : memberHolder(source, object, propertyName(name));
  }
  const binding = name?.type === 'Identifier' ? tree.bindingOf(name) : undefined;
  if (!binding) return 'given';
  // A declaration that is exported as a whole is read by an export that has no name of its own.
  const declaration = binding.node.parent?.parent;
  const exported = declaration?.type === 'ExportNamedDeclaration' ? [declaration] : [];
  return { key: binding, uses: () => [...tree.referencesOf(binding), ...exported] };
}

function memberHolder(source: Source, object: string, name: string | undefined): Holder | Way {
  if (name === undefined) return 'given';
  const uses = () =>
    source.tree.named(name).flatMap(({ parent }) => {
      if (parent.type !== 'MemberExpression' || source.tree.text.slice(...parent.object.range) !== object) return [];
      const above = parent.parent;
      return above.type === 'AssignmentExpression' && above.left === parent ? [] : [parent];
    });
  return { key: `${object}.${name}`, uses };
}
