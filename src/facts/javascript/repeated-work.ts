import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { RepeatedWork } from '../code.ts';
import { enclosingFunction, isPropertyName, unwrap } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { isWithin, within } from './within.ts';

type What = RepeatedWork['what'];

/** Work whose result depends on its arguments alone, by the origin of what is called. */
const pure: readonly (readonly [RegExp, What])[] = [
  [/^(?:fs\/promises|fs\.promises|fs-extra)\.readFile$/, 'file'],
  [/^(?:handlebars|pug|ejs|nunjucks|eta|mustache|doT)\.(?:compile|precompile|compileFile|parse)$/i, 'template'],
  [/^(?:lodash|underscore|lodash-es)\.template$|^lodash[./]template$/, 'template'],
  [/^new ajv(?:\/dist\/\w+)?(?:\.(?:Ajv|default))?$/, 'validator'],
  [/^@sinclair\/typebox\/compiler\.TypeCompiler\.Compile$/, 'validator'],
  [/^(?:graphql\.buildSchema|@graphql-tools\/schema\.makeExecutableSchema|type-graphql\.buildSchema)$/, 'schema'],
  [/^protobufjs\.(?:load|loadSync|parse)$|^@grpc\/proto-loader\.(?:load|loadSync)$/, 'schema'],
];
/** Files that change while the process runs. */
const living = /['"`]\/(?:proc|sys|etc|var|tmp|run|dev|mnt|data)\b|\btmp(?:dir)?\b|process\.cwd/i;
const maxSteps = 6;

/**
 * States work that is done again for each call although nothing that goes into it changes: files, templates, schemas and
 * validators whose arguments are all constant. One for each function, the first: what follows is made from it.
 */
export function readRepeatedWork(source: Source, placeOf: PlaceOf): readonly RepeatedWork[] {
  const found = new Map<FunctionNode, RepeatedWork>();
  const calls: readonly (TSESTree.CallExpression | TSESTree.NewExpression)[] = [
    ...source.tree.of('CallExpression'),
    ...source.tree.of('NewExpression'),
  ].sort((a, b) => a.range[0] - b.range[0]);
  for (const call of calls) {
    const what = whatOf(source, call);
    const fn = what && enclosingFunction(call);
    if (!what || !fn || found.has(fn) || isKept(source, call, fn)) continue;
    if (living.test(source.tree.text.slice(...call.range))) continue;
    if (!call.arguments.every((argument) => isConstant(source, argument, fn, 0))) continue;
    const of = source.tree.text.slice(...call.callee.range).slice(0, 40);
    found.set(fn, { ...placeOf(call), what, of });
  }
  return [...found.values()];
}

function whatOf(source: Source, call: TSESTree.CallExpression | TSESTree.NewExpression): What | undefined {
  const { text, from } = source.originOf(call.callee);
  if (from !== 'import' && from !== 'global') return undefined;
  const name = call.type === 'NewExpression' ? `new ${text}` : text;
  return pure.find(([pattern]) => pattern.test(name))?.[1];
}

/** Nothing in it comes from the function's parameters, or from a name that anybody assigns to. */
function isConstant(source: Source, node: Node, fn: FunctionNode, steps: number): boolean {
  if (steps > maxSteps || node.type === 'SpreadElement') return false;
  if (within(source.tree, 'ThisExpression', node).length > 0 || node.type === 'ThisExpression') return false;
  const names = node.type === 'Identifier' ? [node] : within(source.tree, 'Identifier', node);
  return names.every((name) => isPropertyName(name) || isConstantName(source, name, fn, steps));
}

function isConstantName(source: Source, name: TSESTree.Identifier, fn: FunctionNode, steps: number): boolean {
  const binding = source.tree.bindingOf(name);
  if (!binding) return /^(?:__dirname|__filename|process|URL|JSON|String|Buffer|undefined|Object)$/.test(name.name);
  if (binding.kind === 'import' || binding.kind === 'function' || binding.kind === 'class') return true;
  if (binding.kind !== 'const' || binding.node.type !== 'VariableDeclarator') return false;
  // A constant of the module is made once; one of the function is as constant as what it is made from.
  if (!isWithin(binding.node, fn)) return !enclosingFunction(binding.node);
  const { init } = binding.node;
  return init != null && isPure(source, unwrap(init), fn, steps + 1);
}

/** What a local constant is made from: a literal, a member, or one of the calls above or of `path`. */
function isPure(source: Source, node: Node, fn: FunctionNode, steps: number): boolean {
  if (node.type === 'CallExpression') {
    const { text } = source.originOf(node.callee);
    const known = whatOf(source, node) !== undefined || /^(?:path|url|JSON)\b/.test(text) || /\.toString$/.test(text);
    return known && isConstant(source, node, fn, steps);
  }
  return /^(?:Literal|TemplateLiteral|BinaryExpression|ObjectExpression|ArrayExpression|MemberExpression)$/.test(
    node.type,
  )
    ? isConstant(source, node, fn, steps)
    : false;
}

/** The function asks first whether it has been done, or leaves the result where the next call finds it. */
function isKept(source: Source, call: Node, fn: FunctionNode): boolean {
  for (let at: Node = call; at.parent && at !== fn; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'AssignmentExpression' && parent.right === at) return true;
    if (parent.type === 'IfStatement' && parent.consequent === at) return true;
    if (parent.type === 'LogicalExpression' && parent.right === at) return true;
    if (parent.type === 'CatchClause') return true;
  }
  return /cache|memo|\?\?=|\|\|=|once\(/i.test(source.tree.text.slice(...fn.range));
}
