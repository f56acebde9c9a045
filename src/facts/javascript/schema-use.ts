import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Tree } from './tree.ts';

type Use = 'asked' | 'answered';

const answers = /^(?:responses?|output|returns?|reply)$/;
const asks =
  /^(?:body|querystring|query|params|headers|payload|requests?|input|form|json|argsSchema|\w{0,40}validat\w{0,40})$/i;
const sends = /^(?:json|send)$/;
const checks = /^(?:parse|parseAsync|safeParse|safeParseAsync|decode|validate|validateAsync|validateSync)$/;

/**
 * Whether a file uses a schema for what its clients are answered, and not for what they send: as the response of a route, the
 * output of a procedure, or inside a schema of such use.
 *
 * @param path where the schema stands: its variable and the fields on the way down (`Order.lines`), or its route
 */
export function isAnswered(tree: Tree, path: string): boolean {
  const [root = '', ...parts] = path.split('.');
  const said = parts.map(useNamed).filter((use) => use !== undefined);
  if (said.length > 0) return said.includes('answered') && !said.includes('asked');
  const uses = usesOf(tree, root, new Set());
  return uses.has('answered') && !uses.has('asked');
}

function useNamed(name: string): Use | undefined {
  if (answers.test(name)) return 'answered';
  return asks.test(name) ? 'asked' : undefined;
}

function usesOf(tree: Tree, variable: string, seen: Set<string>): ReadonlySet<Use> {
  const uses = new Set<Use>();
  if (seen.has(variable)) return uses;
  seen.add(variable);
  const declarator = tree
    .of('VariableDeclarator')
    .find(({ id, parent }) => id.type === 'Identifier' && id.name === variable && !isLocal(parent));
  const binding = declarator?.id.type === 'Identifier' ? tree.bindingOf(declarator.id) : undefined;
  for (const reference of binding ? tree.referencesOf(binding) : []) {
    const found = reference === declarator?.id ? undefined : useOf(reference);
    if (found === 'asked' || found === 'answered') uses.add(found);
    else if (found !== undefined) for (const use of usesOf(tree, found.partOf, seen)) uses.add(use);
  }
  return uses;
}

function isLocal({ parent }: TSESTree.VariableDeclaration | Node): boolean {
  return parent?.type !== 'Program' && parent?.type !== 'ExportNamedDeclaration';
}

/** What one mention of a schema uses it for, or the variable whose schema it is a part of. */
function useOf(reference: Node): Use | { readonly partOf: string } | undefined {
  let below = reference;
  for (let at: Node | undefined = reference.parent; at && !isFunction(at); below = at, at = at.parent) {
    if (at.type === 'BlockStatement' || at.type === 'ClassBody') return undefined;
    if (at.type === 'VariableDeclarator') return at.id.type === 'Identifier' ? { partOf: at.id.name } : undefined;
    const use = at.type === 'Property' && at.value === below ? useNamed(propertyName(at) ?? '') : useOfCall(at, below);
    if (use !== undefined) return use;
  }
  return undefined;
}

function useOfCall(at: Node, below: Node): Use | undefined {
  if (at.type !== 'CallExpression') return undefined;
  const method = at.callee.type === 'MemberExpression' ? (propertyName(at.callee) ?? '') : '';
  const name = at.callee.type === 'Identifier' ? at.callee.name : method;
  // `Order.parse(req.body)`; what else is parsed may come from anywhere, an answer being made of it too.
  if (at.callee === below) return checks.test(method) && at.arguments.some(isOfRequest) ? 'asked' : undefined;
  if (sends.test(method)) return 'answered';
  return useNamed(name);
}

/** `req.body`, `await request.json()`, `ctx.request.query` */
function isOfRequest(given: Node): boolean {
  let at = given;
  for (let steps = 0; steps < 10; steps++) {
    if (at.type === 'AwaitExpression') at = at.argument;
    else if (at.type === 'CallExpression') at = at.callee;
    else if (at.type === 'MemberExpression') at = at.object;
    else break;
  }
  return at.type === 'Identifier' && /^(?:req|request|ctx|context|c|event|body|query|params|input)$/.test(at.name);
}
