import { functionsOf } from '../handlers/resolve.ts';
import { isOfProject } from '../imported.ts';
import { isFunction, propertyName, unwrap } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { exportedBy } from './exported-by.ts';
import { type Neighbour, neighbourOf } from './neighbour.ts';

/** Functions of another file that a callee of this one stands for. */
export interface ImportedFunctions {
  readonly neighbour: Neighbour;
  readonly functions: readonly FunctionNode[];
}

/** Whether a callee is imported from a file of the project. */
export function isFromProject(source: Source, callee: Node): boolean {
  const { module } = source.originOf(callee);
  return module !== undefined && isOfProject(module);
}

/**
 * The functions that are called by `clean(x)`, `helpers.clean(x)`, `new Store().find(x)` or `this.store.find(x)` where the
 * name, or the declared type of the field, is imported from a file of the project; undefined where that file is not in sight.
 */
export function importedFunctions(source: Source, callee: Node): ImportedFunctions | undefined {
  const { text, module } = source.originOf(callee);
  if (module === undefined || !isOfProject(module)) return undefined;
  const bare = text.replace(/^new /, '');
  if (!bare.startsWith(module)) return undefined;
  const names = bare.slice(module.length).split('.').filter(Boolean);
  if (names.length > 2 || names.some((name) => !/^[\w$]+$/.test(name))) return undefined;
  const neighbour = neighbourOf(source, module);
  if (!neighbour) return undefined;
  const [first = 'default', second] = names;
  return (
    lookUp(neighbour, first, second) ??
    // `import db from './db'; db.run()` reads like `import * as db`.
    (second === undefined && first !== 'default' ? lookUp(neighbour, 'default', first) : undefined)
  );
}

function lookUp(neighbour: Neighbour, name: string, member: string | undefined): ImportedFunctions | undefined {
  const found = exportedBy(neighbour, name);
  if (!found) return undefined;
  const { source } = found.neighbour;
  const functions = member === undefined ? functionsOf(source, found.node) : membersOf(source, found.node, member);
  return functions.length > 0 ? { neighbour: found.neighbour, functions } : undefined;
}

/** Methods of that name of an object, of a class or of an instance of one. */
function membersOf(source: Source, exported: Node, name: string): readonly FunctionNode[] {
  const node = declaredBehind(source, exported);
  if (node.type === 'ObjectExpression')
    return node.properties.flatMap((property) =>
      property.type === 'Property' && propertyName(property) === name ? functionsOf(source, property.value) : [],
    );
  if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return [];
  return node.body.body.flatMap((element) =>
    (element.type === 'MethodDefinition' || element.type === 'PropertyDefinition') &&
    propertyName(element) === name &&
    isFunction(element.value)
      ? [element.value as FunctionNode]
      : [],
  );
}

/** The class or object behind `export default new Store()`, `export { store }`, `const store = new Store()`. */
function declaredBehind(source: Source, exported: Node): Node {
  let node = unwrap(exported);
  for (let steps = 0; steps < 4; steps++) {
    if (node.type === 'NewExpression') node = unwrap(node.callee);
    else if (node.type === 'Identifier') {
      const declared = source.tree.bindingOf(node)?.node;
      if (declared?.type === 'VariableDeclarator' && declared.init) node = unwrap(declared.init);
      else if (declared?.type === 'ClassDeclaration') return declared;
      else return node;
    } else return node;
  }
  return node;
}
