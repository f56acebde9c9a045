import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { enclosingFunction, propertyName, propertyOf, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

/** What a file exports under a name (`default` for the whole), and the file it passes on from where it only does that. */
export type ExportedValue = { readonly value: Node } | { readonly from: string; readonly name: string } | undefined;

/** Finds what is exported under a name, ESM and CommonJS; a name of the file is followed to what it was declared with. */
export function exportedValue(source: Source, name: string): ExportedValue {
  const value = esmValue(source, name) ?? commonJsValue(source, name);
  if (!value) return undefined;
  if ('from' in value) return value;
  return { value: declared(source, value.value) };
}

function esmValue(source: Source, name: string): ExportedValue {
  const { tree } = source;
  if (name === 'default')
    for (const { declaration } of tree.of('ExportDefaultDeclaration')) return { value: declaration };
  for (const { declaration, specifiers, source: from } of tree.of('ExportNamedDeclaration')) {
    if (declaration?.type === 'VariableDeclaration') {
      for (const { id, init } of declaration.declarations)
        if (id.type === 'Identifier' && id.name === name && init) return { value: init };
    }
    for (const { local, exported } of specifiers) {
      if (exported.type !== 'Identifier' || exported.name !== name || local.type !== 'Identifier') continue;
      return from ? { from: from.value, name: local.name } : { value: local };
    }
  }
  return undefined;
}

function commonJsValue(source: Source, name: string): ExportedValue {
  for (const { left, right } of source.tree.of('AssignmentExpression')) {
    if (left.type !== 'MemberExpression' || enclosingFunction(left)) continue;
    const object = source.tree.text.slice(...left.object.range);
    const property = propertyName(left);
    if ((object === 'exports' || object === 'module.exports') && property === name) return { value: right };
    if (object !== 'module' || property !== 'exports') continue;
    const whole = unwrap(right);
    const member = propertyOf(whole, name);
    if (member) return { value: member };
    if (name === 'default') return { value: whole };
  }
  return undefined;
}

function declared(source: Source, expression: Node): Node {
  const node = unwrap(expression);
  const binding = node.type === 'Identifier' ? source.tree.bindingOf(node) : undefined;
  const declarator = binding?.node as TSESTree.VariableDeclarator | undefined;
  return declarator?.type === 'VariableDeclarator' && declarator.init && declarator.id.type === 'Identifier'
    ? unwrap(declarator.init)
    : node;
}
