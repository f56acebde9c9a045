import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Tree } from './tree.ts';

/** `fetched`: it is held against what another server answered. */
type Use = 'asked' | 'answered' | 'fetched';

const answers = /^(?:responses?|output|returns?|reply)$/;
const asks =
  /^(?:body|querystring|query|params|headers|payload|requests?|input|form|json|argsSchema|\w{0,40}validat\w{0,40})$/i;
const sends = /^(?:json|send)$/;
const checks = /^(?:parse|parseAsync|safeParse|safeParseAsync|decode|validate|validateAsync|validateSync)$/;

/**
 * What a file uses a schema for: what its clients send, else what they are answered (the response of a route, the output of a
 * procedure, a part of a schema of such use), else what it is answered itself; undefined where that is not in sight.
 *
 * @param path where the schema stands: its variable and the fields on the way down (`Order.lines`), or its route
 */
export function useOfSchema(tree: Tree, path: string): Use | undefined {
  const [root = '', ...parts] = path.split('.');
  const said = parts.map(useNamed).filter((use) => use !== undefined);
  const uses = said.length > 0 ? new Set(said) : usesOf(tree, root, new Set());
  return (['asked', 'answered', 'fetched'] as const).find((use) => uses.has(use));
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
    if (typeof found === 'string') uses.add(found);
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
  if (at.callee === below) {
    if (!checks.test(method)) return undefined;
    if (at.arguments.some(isOfRequest)) return 'asked';
    return at.arguments.some(isFetched) ? 'fetched' : undefined;
  }
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

/** `await response.json()` */
function isFetched(given: Node): boolean {
  const call = given.type === 'AwaitExpression' ? given.argument : undefined;
  return (
    call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' && propertyName(call.callee) === 'json'
  );
}
