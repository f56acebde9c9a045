import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { type Comment, commentsOf } from './comments.ts';
import { type Binding, type Declare, declareNames } from './declarations.ts';
import { isFunction, isPropertyName } from './nodes.ts';
import { type FunctionNode, type Node, parseSource } from './parse.ts';

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

/** The nodes of a type, and where their children are. */
interface Kind {
  readonly keys: readonly string[];
  readonly nodes: Node[];
}

/** Nodes whose text is no code: what looks like a comment inside them is none. */
const literalTypes = ['Literal', 'TemplateElement', 'JSXText'];

/**
 * Parses a file and walks it once.
 *
 * @throws as parseSource
 */
export function plantTree(path: string, text: string): Tree {
  const program = parseSource(path, text);
  const kinds = new Map<string, Kind>();
  const byName = new Map<string, TSESTree.Identifier[]>();
  const functions: FunctionNode[] = [];
  const declared = new Map<string, Map<Node, Binding>>();

  const declare: Declare = (scope, name, kind, node) => {
    const scopes = declared.get(name.name) ?? new Map<Node, Binding>();
    declared.set(name.name, scopes);
    // The first declaration of a name wins: overloads and `var` twice mean the same variable.
    if (!scopes.has(scope)) scopes.set(scope, { name: name.name, kind, at: name, node });
  };

  // An explicit stack: a hostile file can nest deeper than the call stack holds.
  const stack: Node[] = [program];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const kind = kinds.get(node.type) ?? { keys: visitorKeys[node.type] ?? [], nodes: [] };
    if (kind.nodes.push(node) === 1) kinds.set(node.type, kind);
    if (node.type === 'Identifier') {
      const same = byName.get(node.name);
      if (same) same.push(node);
      else byName.set(node.name, [node]);
    } else if (isFunction(node)) functions.push(node);
    declareNames(node, declare);
    const { keys } = kind;
    for (let k = keys.length - 1; k >= 0; k--) {
      const child = (node as unknown as Record<string, unknown>)[keys[k] as string];
      if (child === null || typeof child !== 'object') continue;
      if (Array.isArray(child)) {
        for (let i = child.length - 1; i >= 0; i--) pushChild(stack, child[i], node);
      } else pushChild(stack, child, node);
    }
  }

  let comments: readonly Comment[] | undefined;
  const bindings = new Map<TSESTree.Identifier, Binding | undefined>();
  const bindingOf = (identifier: TSESTree.Identifier): Binding | undefined => {
    const scopes = declared.get(identifier.name);
    if (!scopes || bindings.has(identifier)) return bindings.get(identifier);
    const found = inScope(scopes, identifier);
    bindings.set(identifier, found);
    return found;
  };
  const references = new Map<string, ReadonlyMap<Binding, readonly TSESTree.Identifier[]>>();
  const referencesOf = (binding: Binding): readonly TSESTree.Identifier[] => {
    // All bindings of a name at once: a file may bind the same short name in thousands of functions.
    const known = references.get(binding.name) ?? byBinding(byName.get(binding.name) ?? [], bindingOf);
    references.set(binding.name, known);
    return known.get(binding) ?? [];
  };
  return {
    path,
    text,
    program,
    get comments() {
      comments ??= commentsOf(
        text,
        literalTypes.flatMap((type) => kinds.get(type)?.nodes ?? []),
      );
      return comments;
    },
    functions,
    of: (type) => (kinds.get(type)?.nodes ?? []) as never,
    named: (name) => byName.get(name) ?? [],
    bindingOf,
    referencesOf,
  };
}

/** The declaration of the innermost scope around a name. Most names of a file are declared once or not at all. */
function inScope(scopes: ReadonlyMap<Node, Binding>, identifier: Node): Binding | undefined {
  const [only] = scopes.size === 1 ? scopes.keys() : [];
  for (let node: Node | undefined = identifier; node; node = node.parent) {
    const found = only === undefined || node === only ? scopes.get(node) : undefined;
    if (found) return found;
  }
  return undefined;
}

function byBinding(
  names: readonly TSESTree.Identifier[],
  bindingOf: (identifier: TSESTree.Identifier) => Binding | undefined,
): ReadonlyMap<Binding, readonly TSESTree.Identifier[]> {
  const found = new Map<Binding, TSESTree.Identifier[]>();
  for (const id of names) {
    const binding = isPropertyName(id) ? undefined : bindingOf(id);
    if (!binding || id === binding.at) continue;
    const uses = found.get(binding);
    if (uses) uses.push(id);
    else found.set(binding, [id]);
  }
  return found;
}

function pushChild(stack: Node[], child: unknown, parent: Node): void {
  if (child === null || typeof child !== 'object' || typeof (child as Node).type !== 'string') return;
  (child as { parent: Node }).parent = parent;
  stack.push(child as Node);
}
