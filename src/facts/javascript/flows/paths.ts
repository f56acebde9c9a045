import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { textOf } from './guard-texts.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { safe, type Value, worst } from './value.ts';

const modules = /^(?:path|upath|pathe)(?:\.(?:posix|win32))?\.(join|resolve|normalize)$/;

/**
 * What `path.join(base, x)` and its kin make: built from parts, harmless where all that varies is. `path.join('/', x)` leaves no
 * `..`, so that it stays below whatever it is joined to.
 *
 * @param origin the callee's, as `originOf` reads it; undefined is given back for other functions
 */
export function madePath(inquiry: Inquiry, origin: string, args: readonly Node[], line: number): Value | undefined {
  const made = modules.exec(origin)?.[1];
  if (!made) return undefined;
  const values = args
    .map((argument) => evaluate(inquiry, argument))
    .filter((value, i) => !(value.rooted && i > 0 && made === 'join'));
  const value = worst(values);
  if (value.trust === 'constant' || value.trust === 'safe') return value;
  const rooted = values[0]?.start === '/';
  return { ...value, rooted, built: true, whole: false, steps: [...value.steps, line] };
}

const separator = /^(?:['"`](?:\/|\\\\)['"`]|\/\[?(?:\\\/|\\\\|\/)+\]?\/|(?:path\.)?sep)$/;

/**
 * Whether an expression takes the first or the last part of a path that was split at its separators: it has none left.
 * `x.split('/').pop()`, `x.split('/').at(-1)`, `parts[parts.length - 1]`, `x.split('/')[0]`.
 */
export function isSegment(source: Source, node: TSESTree.CallExpression | TSESTree.MemberExpression): boolean {
  if (node.type === 'MemberExpression') {
    const index = unwrap(node.property);
    const last = `${textOf(source, node.object)}.length - 1`;
    return node.computed && [last, '0'].includes(textOf(source, index)) && isSplit(source, node.object);
  }
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return false;
  const name = propertyName(callee);
  const [first] = node.arguments;
  const taken =
    name === 'pop' || name === 'shift' || (name === 'at' && first !== undefined && textOf(source, first) === '-1');
  return taken && isSplit(source, callee.object);
}

function isSplit(source: Source, node: Node): boolean {
  const plain = unwrap(node);
  const declared = plain.type === 'Identifier' ? source.tree.bindingOf(plain)?.node : undefined;
  const made = declared?.type === 'VariableDeclarator' && declared.init ? unwrap(declared.init) : plain;
  if (made.type !== 'CallExpression') return false;
  const callee = unwrap(made.callee);
  const [by] = made.arguments;
  return (
    callee.type === 'MemberExpression' &&
    propertyName(callee) === 'split' &&
    by !== undefined &&
    separator.test(textOf(source, by))
  );
}

/** A class that holds a slash, or a slash by itself: none is left. */
const separators = /(?:^|\|)(?:\[(?!\^)[^\]/]{0,80}\/[^\]]{0,80}\]\+?|(?:\\\/)\+?)(?:$|\|)/;
/** Dots, one by one or in pairs: none that could climb is left. `../` is another matter: `..././` becomes one. */
const dots = /(?:^|\|)(?:\\\.(?:\\\.)?(?:\+|\{2,\})?|\[\.+\]\+?)(?:$|\|)/;

/**
 * What is left of a path after `x.replace(pattern, '…')`: without separators it is a name, and without a way up it stays below
 * whatever stands before it. After `path.normalize` the ways up stand in front, where one pattern takes them all.
 */
export function strippedPath(
  value: Value,
  source: Source,
  object: Node,
  pattern: Node | undefined,
  all: boolean,
): Value {
  if (pattern?.type !== 'Literal') return value;
  const regex = 'regex' in pattern ? pattern.regex : undefined;
  const text = regex?.pattern ?? String(pattern.value).replace(/[./]/g, '\\$&');
  if (regex ? regex.flags.includes('g') : all) {
    if (separators.test(text)) return safe;
    if (dots.test(text)) return { ...value, rooted: true };
  }
  const normalised = /\bnormalize\(/.test(textOf(source, object)) || value.rooted === true;
  return normalised && /^\^?\(+(?:\?:)?\\\.\\\./.test(text) ? { ...value, rooted: true } : value;
}
