import { enclosingFunction, propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

/** What stands behind an exported name: an expression or declaration of this file, or a name of another one. */
export type Exported = { readonly node: Node } | { readonly module: string; readonly name: string };

export interface ExportedNodes {
  /** `default` for the default export, and for what `module.exports` is set to. */
  readonly byName: ReadonlyMap<string, Exported>;
  /** Modules of which everything is exported on: `export * from './orders'`. */
  readonly all: readonly string[];
}

/** Everything that a file exports, ESM and CommonJS, and what it hands on from other files. */
export function exportedNodes(source: Source): ExportedNodes {
  const byName = new Map<string, Exported>();
  for (const { declaration, specifiers, source: from } of source.tree.of('ExportNamedDeclaration')) {
    if (declaration?.type === 'VariableDeclaration') {
      for (const { id, init } of declaration.declarations)
        if (id.type === 'Identifier' && init) byName.set(id.name, { node: init });
    } else if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier')
      byName.set(declaration.id.name, { node: declaration });
    for (const { local, exported } of specifiers) {
      const name = exported.type === 'Identifier' ? exported.name : exported.value;
      const of = local.type === 'Identifier' ? local.name : local.value;
      byName.set(name, from ? { module: from.value, name: of } : { node: local });
    }
  }
  for (const { declaration } of source.tree.of('ExportDefaultDeclaration'))
    byName.set('default', { node: declaration });
  for (const { left, right } of source.tree.of('AssignmentExpression')) {
    if (left.type !== 'MemberExpression' || enclosingFunction(left)) continue;
    const object = source.tree.text.slice(...left.object.range);
    const name = propertyName(left);
    if (name === undefined) continue;
    if (object === 'exports' || object === 'module.exports') byName.set(name, { node: right });
    else if (object === 'module' && name === 'exports') {
      byName.set('default', { node: right });
      const whole = unwrap(right);
      if (whole.type !== 'ObjectExpression') continue;
      for (const property of whole.properties)
        if (property.type === 'Property') byName.set(propertyName(property) ?? '', { node: property.value });
    }
  }
  return { byName, all: source.tree.of('ExportAllDeclaration').map((node) => node.source.value) };
}
