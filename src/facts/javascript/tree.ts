import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { type Comment, commentsOf } from './comments.ts';
import { type FunctionNode, type Node, parseSource } from './parse.ts';

export type BindingKind = 'import' | 'const' | 'let' | 'var' | 'param' | 'function' | 'class' | 'catch' | 'type';

/** A name and where it is declared. `at` is the identifier; `node` the declarator, specifier, function, class or parameter. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly at: TSESTree.Identifier;
  readonly node: Node;
}

/** The node of a type's name; the types' own names are an enumeration, which a plain string does not match. */
export type NodeOf<T extends string> = Node extends infer N
  ? N extends Node
    ? `${N['type']}` extends T
      ? N
      : never
    : never
  : never;

/** One file, parsed and walked once: nodes by type in document order, parents set, names declared by scope. */
export interface Tree {
  readonly path: string;
  readonly text: string;
  readonly program: TSESTree.Program;
  /** In document order; looked for when first asked for. */
  readonly comments: readonly Comment[];
  readonly functions: readonly FunctionNode[];
  /** All nodes of a type, in document order. */
  of<T extends `${Node['type']}`>(type: T): readonly NodeOf<T>[];
  /** Identifiers of a name, in document order, property names included. */
  named(name: string): readonly TSESTree.Identifier[];
  /** What an identifier is bound to; undefined for a global. */
  bindingOf(identifier: TSESTree.Identifier): Binding | undefined;
  /** Identifiers (reads and writes, not its declaration) that are bound to this binding. */
  referencesOf(binding: Binding): readonly TSESTree.Identifier[];
}

const scopeTypes = new Set([
  'Program',
  'BlockStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'CatchClause',
  'SwitchStatement',
  'ClassDeclaration',
  'ClassExpression',
  'StaticBlock',
  'TSModuleBlock',
]);
/** Nodes whose text is no code: what looks like a comment inside them is none. */
const literalTypes = ['Literal', 'TemplateElement', 'JSXText'];
const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

export function isFunction(node: Node | undefined | null): node is FunctionNode {
  return node != null && functionTypes.has(node.type);
}

/**
 * Parses a file and walks it once.
 *
 * @throws as parseSource
 */
export function plantTree(path: string, text: string): Tree {
  const program = parseSource(path, text);
  const byType = new Map<string, Node[]>();
  const byName = new Map<string, TSESTree.Identifier[]>();
  const functions: FunctionNode[] = [];
  const scopes = new Map<Node, Map<string, Binding>>();

  const declare = (scope: Node, name: TSESTree.Identifier, kind: BindingKind, node: Node) => {
    const names = scopes.get(scope) ?? new Map<string, Binding>();
    scopes.set(scope, names);
    // The first declaration of a name wins: overloads and `var` twice mean the same variable.
    if (!names.has(name.name)) names.set(name.name, { name: name.name, kind, at: name, node });
  };

  // An explicit stack: a hostile file can nest deeper than the call stack holds.
  const stack: Node[] = [program];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const list = byType.get(node.type);
    if (list) list.push(node);
    else byType.set(node.type, [node]);
    if (node.type === 'Identifier') {
      const same = byName.get(node.name);
      if (same) same.push(node);
      else byName.set(node.name, [node]);
    } else if (isFunction(node)) functions.push(node);
    declareNames(node, declare);
    const keys = visitorKeys[node.type];
    if (!keys) continue;
    for (let k = keys.length - 1; k >= 0; k--) {
      const child = (node as unknown as Record<string, unknown>)[keys[k] as string];
      if (Array.isArray(child)) {
        for (let i = child.length - 1; i >= 0; i--) pushChild(stack, child[i], node);
      } else pushChild(stack, child, node);
    }
  }

  let comments: readonly Comment[] | undefined;
  const bindings = new Map<TSESTree.Identifier, Binding | undefined>();
  const bindingOf = (identifier: TSESTree.Identifier): Binding | undefined => {
    if (bindings.has(identifier)) return bindings.get(identifier);
    let found: Binding | undefined;
    for (let node: Node | undefined = identifier; node && !found; node = node.parent)
      found = scopes.get(node)?.get(identifier.name);
    bindings.set(identifier, found);
    return found;
  };
  return {
    path,
    text,
    program,
    get comments() {
      comments ??= commentsOf(
        text,
        literalTypes.flatMap((type) => byType.get(type) ?? []),
      );
      return comments;
    },
    functions,
    of: (type) => (byType.get(type) ?? []) as never,
    named: (name) => byName.get(name) ?? [],
    bindingOf,
    referencesOf: (binding) =>
      (byName.get(binding.name) ?? []).filter(
        (id) => id !== binding.at && !isPropertyName(id) && bindingOf(id) === binding,
      ),
  };
}

function pushChild(stack: Node[], child: unknown, parent: Node): void {
  if (child === null || typeof child !== 'object' || typeof (child as Node).type !== 'string') return;
  (child as { parent: Node }).parent = parent;
  stack.push(child as Node);
}

/** `x` in `a.x` and in `{ x: 1 }`: a name of a property, not a reference. Shorthand `{ x }` is a reference. */
export function isPropertyName(id: TSESTree.Identifier): boolean {
  const { parent } = id;
  if (parent.type === 'MemberExpression') return parent.property === id && !parent.computed;
  if (parent.type === 'Property') return parent.key === id && !parent.computed && !parent.shorthand;
  return (
    (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') &&
    parent.key === id &&
    !parent.computed
  );
}

type Declare = (scope: Node, name: TSESTree.Identifier, kind: BindingKind, node: Node) => void;

function declareNames(node: Node, declare: Declare): void {
  switch (node.type) {
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      declare(scopeAbove(node), node.local, 'import', node);
      return;
    case 'TSImportEqualsDeclaration':
      declare(scopeAbove(node), node.id, 'import', node);
      return;
    case 'VariableDeclaration': {
      const scope = node.kind === 'var' ? functionAbove(node) : scopeAbove(node);
      const kind = node.kind === 'var' || node.kind === 'let' ? node.kind : 'const';
      for (const declarator of node.declarations)
        for (const name of namesIn(declarator.id)) declare(scope, name, kind, declarator);
      return;
    }
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.id) declare(node.type === 'FunctionDeclaration' ? scopeAbove(node) : node, node.id, 'function', node);
      for (const param of node.params) for (const name of namesIn(param)) declare(node, name, 'param', param);
      return;
    case 'ClassDeclaration':
      if (node.id) declare(scopeAbove(node), node.id, 'class', node);
      return;
    case 'CatchClause':
      if (node.param) for (const name of namesIn(node.param)) declare(node, name, 'catch', node);
      return;
    case 'TSEnumDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      declare(scopeAbove(node), node.id, 'type', node);
      return;
    default:
  }
}

/** Identifiers that a pattern declares: `{ a, b: [c], ...d }` gives a, c, d. */
export function namesIn(pattern: Node): TSESTree.Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'Property' ? property.value : property.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'TSParameterProperty':
      return namesIn(pattern.parameter);
    default:
      return [];
  }
}

function scopeAbove(node: Node): Node {
  let at = node.parent as Node;
  while (at.parent && !scopeTypes.has(at.type) && !isFunction(at)) at = at.parent;
  return at;
}

function functionAbove(node: Node): Node {
  let at = node.parent as Node;
  while (at.parent && !isFunction(at) && at.type !== 'StaticBlock' && at.type !== 'TSModuleBlock') at = at.parent;
  return at;
}

/** The innermost function around a node, not the node itself; undefined at module level. */
export function enclosingFunction(node: Node): FunctionNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** Strips what does not change the value: parentheses are gone already; `await`, `as`, `!`, `satisfies`, optional chains. */
export function unwrap(node: Node): Node {
  let at = node;
  for (;;) {
    if (at.type === 'AwaitExpression') at = at.argument;
    else if (
      at.type === 'TSAsExpression' ||
      at.type === 'TSNonNullExpression' ||
      at.type === 'TSTypeAssertion' ||
      at.type === 'TSSatisfiesExpression' ||
      at.type === 'ChainExpression'
    )
      at = at.expression;
    else return at;
  }
}

/** Name of a property: `b` of `a.b`, `a['b']`, `{ b: 1 }`; undefined where it is computed. */
export function propertyName(
  node: TSESTree.MemberExpression | TSESTree.Property | TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
): string | undefined {
  const key = node.type === 'MemberExpression' ? node.property : node.key;
  if (!node.computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  return key.type === 'PrivateIdentifier' ? `#${key.name}` : undefined;
}

/** The value of a property of an object literal, by name; undefined when it is not there or the object is no literal. */
export function propertyOf(object: Node | undefined, name: string): Node | undefined {
  if (object?.type !== 'ObjectExpression') return undefined;
  for (const property of object.properties)
    if (property.type === 'Property' && propertyName(property) === name) return property.value;
  return undefined;
}

/** Whether an object literal has a spread, so that what it lacks cannot be known. */
export function hasSpread(object: Node): boolean {
  return object.type === 'ObjectExpression' && object.properties.some((property) => property.type === 'SpreadElement');
}
