import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FlowKind } from './value.ts';

const hostParts = /^(?:host|hostname|origin)$/;

/** `new URL(x).host`, `url.hostname` after `const url = new URL(x)`, or a name that was taken from one of them. */
export function isHostOf(source: Source, node: Node, text: string): boolean {
  const plain = unwrap(node);
  if (plain.type === 'Identifier') {
    const declared = source.tree.bindingOf(plain)?.node;
    if (declared?.type !== 'VariableDeclarator' || !declared.init) return false;
    if (declared.id.type === 'Identifier') return isPartOf(source, unwrap(declared.init), text);
    return hostParts.test(plain.name) && isAddressOf(source, unwrap(declared.init), text);
  }
  return isPartOf(source, plain, text);
}

function isPartOf(source: Source, node: Node, text: string): boolean {
  return (
    node.type === 'MemberExpression' &&
    hostParts.test(propertyName(node) ?? '') &&
    isAddressOf(source, unwrap(node.object), text)
  );
}

function isAddressOf(source: Source, object: Node, text: string): boolean {
  if (mentions(source, [object], text)) return true;
  const binding = object.type === 'Identifier' ? source.tree.bindingOf(object) : undefined;
  const init = binding?.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
  return init ? mentions(source, [init], text) : false;
}

/** The text itself, or what is made of it to be looked at: `'/' + x`, `` `/${x}` ``, `x.trim().toLowerCase()`, `String(x)`. */
export function isFormOf(source: Source, node: Node, text: string): boolean {
  const plain = unwrap(node);
  if (textOf(source, plain) === text) return true;
  switch (plain.type) {
    case 'BinaryExpression':
      return plain.operator === '+' && [plain.left, plain.right].some((part) => isFormOf(source, part, text));
    case 'TemplateLiteral':
      return plain.expressions.some((part) => isFormOf(source, part, text));
    case 'CallExpression': {
      const { callee } = plain;
      if (
        callee.type === 'MemberExpression' &&
        /^(?:trim\w*|to\w+Case|toString|normalize)$/.test(propertyName(callee) ?? '')
      )
        return isFormOf(source, callee.object, text);
      const [first] = plain.arguments;
      return (
        callee.type === 'Identifier' &&
        /^(?:String|decodeURI(?:Component)?)$/.test(callee.name) &&
        first !== undefined &&
        isFormOf(source, first, text)
      );
    }
    default:
      return false;
  }
}

/** `path.relative(root, x)`, or a name for it: what begins with `..` there is outside of the root. */
export function isRelativeOf(source: Source, node: Node, text: string): boolean {
  const plain = unwrap(node);
  const declared = plain.type === 'Identifier' ? source.tree.bindingOf(plain)?.node : undefined;
  const made = declared?.type === 'VariableDeclarator' && declared.init ? unwrap(declared.init) : plain;
  if (made.type !== 'CallExpression' || !/(?:^|\.)relative$/.test(source.tree.text.slice(...made.callee.range)))
    return false;
  return mentions(source, made.arguments.slice(1), text);
}

/** `startsWith('/safe')` lets `/safe-not` through; a name of which nothing is known gets the benefit of the doubt. */
export function isOpenPrefix(source: Source, prefix: Node | undefined, kind: FlowKind): boolean {
  if (!prefix) return true;
  const node = unwrap(prefix);
  const value =
    node.type === 'Literal' ? node.value : node.type === 'Identifier' ? constantInit(source, node) : undefined;
  if (typeof value !== 'string') return false;
  return kind === 'path' ? !value.endsWith('/') : !/^(?:https?:\/\/[^/]+\/|\/[^/]?)/.test(value);
}

function constantInit(source: Source, node: TSESTree.Identifier): unknown {
  const binding = source.tree.bindingOf(node);
  if (binding?.kind !== 'const' || binding.node.type !== 'VariableDeclarator') return undefined;
  const init = binding.node.init && unwrap(binding.node.init);
  return init?.type === 'Literal' ? init.value : undefined;
}

/** `/[^\w-]/`: matches what must not be there. */
export function isNegativeClass(regex: Node | undefined): boolean {
  return regex?.type === 'Literal' && 'regex' in regex && /^\[\^|^\^?\.\.|\\\.\\\./.test(regex.regex.pattern);
}

/** Text of an expression as checks are compared by: without optional chaining, empty where it is longer than a line. */
export function textOf(source: Source, node: Node): string {
  const [start, end] = unwrap(node).range;
  // A check of more than a line's length is no plain name.
  return end - start > 200 ? '' : source.tree.text.slice(start, end).replace(/\?\./g, '.');
}

/** Whether an expression contains the text as a whole name or member. */
export function mentions(source: Source, nodes: readonly Node[], text: string): boolean {
  return nodes.some((node) => {
    const inside = textOf(source, node);
    const at = inside.indexOf(text);
    return at >= 0 && !/[\w$.]/.test(inside[at - 1] ?? '') && !/[\w$]/.test(inside[at + text.length] ?? '');
  });
}
