import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction } from './nodes.ts';
import type { Node } from './parse.ts';

export type BindingKind = 'import' | 'const' | 'let' | 'var' | 'param' | 'function' | 'class' | 'catch' | 'type';

/** A name and where it is declared. `at` is the identifier; `node` the declarator, specifier, function, class or parameter. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly at: TSESTree.Identifier;
  readonly node: Node;
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
/** Takes one declared name. */
export type Declare = (scope: Node, name: TSESTree.Identifier, kind: BindingKind, node: Node) => void;

/** Declares the names that a node brings in, each in the scope it belongs to. The parents of the node must be set. */
export function declareNames(node: Node, declare: Declare): void {
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
