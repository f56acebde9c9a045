import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { enclosingFunction, functionName, isFunction, propertyName, simpleName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const making = /^_*(?:create|make|build|new|get|use|provide|connect|init|setup|open|factory|default)/i;

/**
 * Assigned to a name outside of the function, given back by a function that makes it, or ended where it was made; that last
 * is no excuse for what `everyRequest` opens and ends again.
 */
export function isKept(
  source: Source,
  node: TSESTree.NewExpression | TSESTree.CallExpression,
  everyRequest: boolean,
): boolean {
  const fn = enclosingFunction(node);
  if (!fn) return true;
  if (functionName(fn).endsWith('constructor')) return true;
  if (!everyRequest && isHandedToCallback(node)) return true;
  for (let at: Node = node; at.parent && !isFunction(at); at = at.parent) {
    const parent: Node = at.parent;
    if (parent.type === 'AssignmentExpression' && parent.right === at && leavesFunction(source, parent.left, fn))
      return true;
    if (parent.type === 'ReturnStatement' || parent.type === 'Property')
      return making.test(functionName(fn).replace(/^.*\./, '')) || parent.type === 'Property';
  }
  if (fn.body === node) return true;
  // A one-off that closes what it opens, or returns it under its name.
  if (!everyRequest && isClosed(source, fn)) return true;
  // What listens lives on: the function that begins it runs once.
  if (!everyRequest && /\.(?:consume|subscribe)\(/.test(source.tree.text.slice(...fn.range))) return true;
  const at = node.parent.type === 'AwaitExpression' ? node.parent.parent : node.parent;
  const name = at?.type === 'VariableDeclarator' ? at.id : at?.type === 'AssignmentExpression' ? at.left : undefined;
  if (name?.type !== 'Identifier') return false;
  if (!everyRequest && isGivenOn(source, name, fn)) return true;
  return within(source.tree, 'ReturnStatement', fn.body).some(({ argument }) => gives(argument, name.name));
}

/** `MongoClient.connect(url, (err, client) => …)`, `connect(url).then((client) => …)`: who gets it there may keep it. */
function isHandedToCallback(node: TSESTree.NewExpression | TSESTree.CallExpression): boolean {
  const { parent } = node;
  if (parent.type === 'MemberExpression' && parent.object === node) return propertyName(parent) === 'then';
  return node.type === 'CallExpression' && node.arguments.some((one) => isFunction(one));
}

/** `this.client = client`, `resolve(client)`, `() => client`: somebody has it when the function is over. */
function isGivenOn(source: Source, name: TSESTree.Identifier, fn: FunctionNode): boolean {
  const binding = source.tree.bindingOf(name);
  if (!binding) return false;
  return source.tree.referencesOf(binding).some((id) => {
    const { parent } = id;
    if (parent.type === 'AssignmentExpression') return parent.right === id && leavesFunction(source, parent.left, fn);
    if (parent.type === 'ArrowFunctionExpression') return parent.body === id;
    return (
      parent.type === 'CallExpression' &&
      parent.callee !== id &&
      /^(?:resolve|done|cb|callback|next|fulfil|waitOn)$/.test(simpleName(parent.callee))
    );
  });
}

/** `return client`, `return { client, close }`. */
function gives(returned: Node | null | undefined, name: string): boolean {
  if (returned?.type === 'Identifier') return returned.name === name;
  if (returned?.type !== 'ObjectExpression') return false;
  return returned.properties.some((one) => one.type === 'Property' && gives(one.value, name));
}

/** Given to a constructor, by its name or on the spot: what is made there lives as long as it is used. */
export function isPartOfAnother(source: Source, node: Node): boolean {
  let at: Node = node;
  while (at.parent && /^(?:Await|Conditional|Logical|TSAs|TSNonNull)Expression$/.test(at.parent.type)) at = at.parent;
  const { parent } = at;
  if (parent?.type === 'NewExpression') return parent.callee !== at;
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(parent.id);
  return binding !== undefined && source.tree.referencesOf(binding).some((one) => one.parent.type === 'NewExpression');
}

/** Something in the function is ended that is not the answer to the request. */
function isClosed(source: Source, fn: Node): boolean {
  return within(source.tree, 'CallExpression', fn).some(
    ({ callee }) =>
      callee.type === 'MemberExpression' &&
      /^(?:\$disconnect|end|quit|disconnect|close|destroy)$/.test(propertyName(callee) ?? '') &&
      !/^(?:res|resp|response|reply|req|request|socket)\b|\)$/.test(source.tree.text.slice(...callee.object.range)),
  );
}

function leavesFunction(source: Source, target: Node, fn: Node): boolean {
  // What hangs on the request goes with it.
  if (target.type !== 'Identifier')
    return !/^(?:req|request|res|response|reply|ctx|context|c)\b/.test(source.tree.text.slice(...target.range));
  const binding = source.tree.bindingOf(target);
  return !binding || binding.at.range[0] < fn.range[0] || binding.at.range[1] > fn.range[1];
}
