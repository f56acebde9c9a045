import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../constant-text.ts';
import { propertyName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FlowKind, Value } from './value.ts';

/** A place that trusts what it is given. */
export interface Sink {
  readonly kind: FlowKind;
  /** As it reads in the code: `pool.query`. */
  readonly label: string;
  /** Where a finding stands. */
  readonly at: Node;
  readonly target: Node;
  /** Whether a value of this trust and form is dangerous here. */
  readonly accepts: (value: Value) => boolean;
}

/** A call, taken apart once for all families of sinks. */
export interface CallSite {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly isNew: boolean;
  /** Method or function name. */
  readonly name: string;
  /** Last name of the receiver: `pool` in `this.pool.query`, empty for a plain function. */
  readonly receiver: string;
  readonly object?: Node;
  /** Origin of the callee, as `originsOf` reads it. */
  readonly origin: string;
  /** Whether the callee's root comes from a module in sight. */
  readonly imported: boolean;
  /** Whether the callee's root is a name that nothing in the file declares. */
  readonly free: boolean;
  readonly args: readonly Node[];
  readonly label: string;
}

/** Takes a call apart; undefined for what is called on no name at all. */
export function callSite(source: Source, node: TSESTree.CallExpression | TSESTree.NewExpression): CallSite | undefined {
  const callee = promisified(unwrap(node.callee));
  const isNew = node.type === 'NewExpression';
  let name = '';
  let receiver = '';
  let object: Node | undefined;
  if (callee.type === 'Identifier') name = callee.name;
  else if (callee.type === 'MemberExpression') {
    name = propertyName(callee) ?? (callee.computed ? (constantText(source.tree, callee.property) ?? '') : '');
    object = unwrap(callee.object);
    receiver = lastName(object);
  } else if (callee.type === 'SequenceExpression') {
    const last = callee.expressions.at(-1);
    if (last?.type === 'Identifier') name = last.name;
  }
  if (name === '') return undefined;
  const origin = source.originOf(callee);
  const root = rootOf(callee);
  return {
    node,
    isNew,
    name,
    receiver,
    ...(object ? { object } : {}),
    // `vm[METHOD]` with a constant name is `vm.method`.
    origin: origin.text.endsWith('[]') ? `${origin.text.slice(0, -2)}.${name}` : origin.text,
    imported: origin.from === 'import' || origin.from === 'type',
    free: root?.type === 'Identifier' && source.tree.bindingOf(root) === undefined,
    args: node.arguments,
    label: receiver ? `${receiver}.${name}` : name,
  };
}

/** `util.promisify(exec)(command)` calls `exec`. */
function promisified(callee: Node): Node {
  if (callee.type !== 'CallExpression' || lastName(callee.callee) !== 'promisify') return callee;
  const [wrapped] = callee.arguments;
  return wrapped && wrapped.type !== 'SpreadElement' ? unwrap(wrapped) : callee;
}

/** The name a receiver goes by: `db` in `this.db`, `collection()` in `db.collection('x')`. */
export function lastName(node: Node): string {
  const plain = unwrap(node);
  if (plain.type === 'Identifier') return plain.name;
  if (plain.type === 'MemberExpression') return propertyName(plain) ?? '';
  if (plain.type === 'CallExpression' || plain.type === 'NewExpression') return `${lastName(plain.callee)}()`;
  return plain.type === 'ThisExpression' ? 'this' : '';
}

function rootOf(node: Node): Node | undefined {
  let at = unwrap(node);
  for (let steps = 0; steps < 30; steps++) {
    if (at.type === 'MemberExpression') at = unwrap(at.object);
    else if (at.type === 'CallExpression') at = unwrap(at.callee);
    else return at;
  }
  return undefined;
}

export const fromRequest = (value: Value): boolean => value.trust === 'request';
/** Anything that is not known to be constant or harmless. */
export const notConstant = (value: Value): boolean => value.trust !== 'constant' && value.trust !== 'safe';
/** Anything with a visible origin outside: a request, a parameter, a fragment's free name. */
export const fromOutside = (value: Value): boolean => notConstant(value) && value.trust !== 'unknown';
