import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../javascript/constant-text.ts';
import { decorator } from '../javascript/handlers/nest.ts';
import { propertyName, propertyOf } from '../javascript/nodes.ts';
import { isJavaScript, type Node } from '../javascript/parse.ts';
import { treeOf } from '../javascript/planted.ts';
import type { Tree } from '../javascript/tree.ts';
import type { Project } from '../project.ts';
import { normalPath } from './documented-operations.ts';

/** A route that code registers, whoever handles it. */
export interface CodeRoute {
  /** Upper case; `ALL` for every method. */
  readonly method: string;
  /** As normalPath gives it, without what the router is mounted below. */
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all']);
const routers = /^(?:app|api|server|fastify|instance|routes?|router|hono|r)$|(?:App|Api|Router|Routes|Server)$/i;
const nestVerbs = /^(?:Get|Post|Put|Patch|Delete|All|Head|Options)$/;
const nextRoute = /(?:^|\/)app\/(.{0,200}\/)?route\.[cm]?[jt]sx?$/;
/** What a file must say to be worth a parse. */
const registers = /\.(?:get|post|put|patch|delete|del|all|route)\(|@(?:Get|Post|Put|Patch|Delete|All)\(/;
const maxLength = 1_000_000;

/** Routes that a text registers; none for a text that does not parse, whose own review says so. */
export function routesIn(path: string, text: string): readonly CodeRoute[] {
  if (!isJavaScript(path) || text.length > maxLength || !(registers.test(text) || nextRoute.test(path))) return [];
  let tree: Tree;
  try {
    tree = treeOf(path, text);
  } catch {
    return [];
  }
  return [...registered(tree), ...decorated(tree), ...exported(tree)];
}

const known = new WeakMap<Project, Map<string, readonly CodeRoute[]>>();

/** As routesIn, of a file of the project at the head; read once. */
export function routesOf(project: Project, path: string): readonly CodeRoute[] {
  const files = known.get(project) ?? new Map<string, readonly CodeRoute[]>();
  known.set(project, files);
  const routes = files.get(path) ?? routesIn(path, project.text(path) ?? '');
  files.set(path, routes);
  return routes;
}

/** `router.get('/a', handler)`, `router.route('/a').get(handler)`, `fastify.route({ method, url })`. */
function registered(tree: Tree): CodeRoute[] {
  return tree.of('CallExpression').flatMap((call): CodeRoute[] => {
    if (call.callee.type !== 'MemberExpression') return [];
    const verb = propertyName(call.callee) ?? '';
    const [first] = call.arguments;
    if (verb === 'route' && first?.type === 'ObjectExpression' && isRouter(call.callee.object)) {
      const url = textOf(tree, propertyOf(first, 'url') ?? propertyOf(first, 'path'));
      return url === undefined ? [] : methodsOf(tree, propertyOf(first, 'method')).map((m) => at(call, m, url));
    }
    if (!verbs.has(verb)) return [];
    const method = verb === 'del' ? 'DELETE' : verb.toUpperCase();
    const chained = chainedPath(tree, call.callee.object);
    if (chained !== undefined) return [at({ loc: call.callee.property.loc }, method, chained)];
    const path = textOf(tree, first);
    if (path === undefined || !/^[/*]/.test(path) || call.arguments.length < 2 || !isRouter(call.callee.object))
      return [];
    return [at(call, method, path)];
  });
}

/** The path of `router.route('/a')` below a chain of verbs. */
function chainedPath(tree: Tree, object: Node): string | undefined {
  let node = object;
  while (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    if (propertyName(node.callee) === 'route' && isRouter(node.callee.object)) return textOf(tree, node.arguments[0]);
    node = node.callee.object;
  }
  return undefined;
}

function isRouter(node: Node): boolean {
  if (node.type === 'Identifier') return routers.test(node.name);
  if (node.type === 'ThisExpression') return true;
  if (node.type === 'CallExpression')
    return node.callee.type === 'MemberExpression' ? isRouter(node.callee.object) : isRouter(node.callee);
  return node.type === 'MemberExpression' && routers.test(propertyName(node) ?? '');
}

function methodsOf(tree: Tree, node: Node | undefined): string[] {
  const list = node?.type === 'ArrayExpression' ? node.elements : [node];
  return list.flatMap((element) =>
    element ? (textOf(tree, element)?.toUpperCase().replace(/^\*$/, 'ALL') ?? []) : [],
  );
}

/** Nest, routing-controllers, tsoa: a class with a prefix, methods with a verb. */
function decorated(tree: Tree): CodeRoute[] {
  return tree.of('MethodDefinition').flatMap((method): CodeRoute[] => {
    const owner = method.parent.parent;
    if (owner.type !== 'ClassDeclaration') return [];
    const prefixes = owner.decorators.map(decorator).filter(({ name }) => /Controller$|^Route$/.test(name));
    const [prefix] = prefixes;
    if (!prefix) return [];
    const given = prefix.argument;
    const base = given === undefined ? '' : (textOf(tree, given) ?? textOf(tree, propertyOf(given, 'path')));
    return method.decorators.flatMap((node): CodeRoute[] => {
      const { name, argument } = decorator(node);
      const path = argument === undefined ? '' : textOf(tree, argument);
      if (!nestVerbs.test(name) || base === undefined || path === undefined) return [];
      const { start } = node.loc;
      return [at({ loc: { start, end: method.key.loc.end } }, name.toUpperCase(), `/${base}/${path}`)];
    });
  });
}

/** Next.js: the folder is the path, the exports are the methods. */
function exported(tree: Tree): CodeRoute[] {
  const folder = nextRoute.exec(tree.path);
  if (!folder) return [];
  const path = (folder[1] ?? '').replace(/\([^()]{0,80}\)\//g, '');
  return tree.of('ExportNamedDeclaration').flatMap((node) => {
    const { declaration } = node;
    const names =
      declaration?.type === 'FunctionDeclaration'
        ? [declaration.id?.name]
        : declaration?.type === 'VariableDeclaration'
          ? declaration.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : ''))
          : node.specifiers.map(({ exported: name }) => (name.type === 'Identifier' ? name.name : ''));
    return names.flatMap((name) => (name && verbs.has(name.toLowerCase()) ? [at(node, name, path)] : []));
  });
}

function textOf(tree: Tree, node: Node | undefined): string | undefined {
  return node && constantText(tree, node);
}

function at(node: { readonly loc: TSESTree.SourceLocation }, method: string, path: string): CodeRoute {
  const line = node.loc.start.line;
  return { method, path: normalPath(path), line, endLine: line };
}
