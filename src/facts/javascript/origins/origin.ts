import type { Binding } from '../declarations.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Tree } from '../tree.ts';

/**
 * Where a value comes from, as a path that reads like code. `import { Pool } from 'pg'; const pool = new Pool()` gives `pool`
 * the text `new pg.Pool`; `pool.query` has `new pg.Pool.query`, `(await pool.connect())` has `new pg.Pool.connect()`.
 */
export interface Origin {
  /** `type`: known only by a declared type (an injected constructor parameter); the text is that of an instance. */
  readonly from: 'import' | 'global' | 'type' | 'parameter' | 'local' | 'literal' | 'unknown';
  readonly text: string;
  /** Module the root was imported from, as written. */
  readonly module?: string;
  /** Type arguments of a declared type (`Repository<User>`: `['User']`). */
  readonly typeArguments?: readonly string[];
  /** Names of decorators on the parameter or field, with their first argument's name: `InjectModel:User`. */
  readonly decorators?: readonly string[];
  /** For `parameter`: the function it belongs to and its position. */
  readonly parameter?: { readonly of: FunctionNode; readonly index: number };
  /** For `local`: the function or class that is named. */
  readonly declaration?: Node;
}

/** Gives origins that are `steps` steps from the question, each worked out once. */
export interface Tracer {
  readonly tree: Tree;
  trace(expression: Node, steps: number): Origin;
  /** Fields of classes that were asked for, by the class's body. */
  readonly fields: Map<Node, Map<string, Origin | undefined>>;
  originOfName(binding: Binding, steps: number): Origin;
}

export const unknown: Origin = { from: 'unknown', text: '?' };

/** What is reached from an origin, as it reads; a text of more than a message's length is followed no further. */
export function extend(origin: Origin, text: string): Origin {
  if (text.length > 300) return unknown;
  const { declaration: _, ...rest } = origin;
  return { ...rest, text };
}

/** A module as a whole. */
export function moduleOrigin(module: string): Origin {
  const bare = module.replace(/^node:/, '');
  return { from: 'import', text: bare, module: bare };
}

/** What an import's specifier stands for. */
export function importOrigin(node: Node): Origin {
  if (node.type === 'TSImportEqualsDeclaration') {
    return node.moduleReference.type === 'TSExternalModuleReference' &&
      node.moduleReference.expression.type === 'Literal'
      ? moduleOrigin(String(node.moduleReference.expression.value))
      : unknown;
  }
  if (node.parent?.type !== 'ImportDeclaration') return unknown;
  const whole = moduleOrigin(String(node.parent.source.value));
  if (node.type !== 'ImportSpecifier') return whole;
  const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
  return name === 'default' ? whole : extend(whole, `${whole.text}.${name}`);
}
