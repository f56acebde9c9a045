import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from '../javascript/constant-text.ts';
import { isFunction, propertyName, unwrap } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import type { Tree } from '../javascript/tree.ts';

/** SQL as a migration in code writes it, and the line on which it begins. */
export interface WrittenSql {
  readonly text: string;
  readonly line: number;
}

/** Stands for what the code puts into its SQL, most often a name. Where it is none, the statement does not parse and is left alone. */
export const computed = '__computed__';

const methods = new Set(
  'query raw sql addSql executeSql execute executeRaw unsafe runSql exec none run $executeRawUnsafe $queryRawUnsafe'.split(
    ' ',
  ),
);
/** Steps from name to name, and through nested concatenation. */
const maxSteps = 200;

/** The scripts that a call sends to the database: none for any other call. */
export function sqlOfCall(tree: Tree, call: TSESTree.CallExpression): readonly WrittenSql[] {
  const name =
    call.callee.type === 'Identifier'
      ? call.callee.name
      : call.callee.type === 'MemberExpression'
        ? propertyName(call.callee)
        : undefined;
  if (!name || !methods.has(name)) return [];
  // A helper of the house takes the connection first: `execute(client, 'ALTER …')`.
  for (const argument of call.arguments.slice(0, 2)) {
    const scripts = listed(tree, argument).flatMap((node) => sqlOf(tree, node) ?? []);
    if (scripts.length > 0) return scripts.filter(({ text }) => /\S\s+\S/.test(text));
  }
  return [];
}

/** The SQL of an expression: literals, templates and their concatenation; undefined for what is no text. */
export function sqlOf(tree: Tree, expression: Node, steps = 0): WrittenSql | undefined {
  const node = unwrap(expression);
  const { line } = node.loc.start;
  if (steps > maxSteps) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'string' ? { text: node.value, line } : undefined;
  if (node.type === 'TaggedTemplateExpression') return sqlOf(tree, node.quasi, steps + 1);
  if (node.type === 'TemplateLiteral') {
    const holes = node.expressions.map((hole) => constantText(tree, hole) ?? computed);
    const text = node.quasis.map((q, i) => (q.value.cooked ?? q.value.raw) + (holes[i] ?? '')).join('');
    return { text, line };
  }
  if (node.type === 'Identifier') {
    const init = constantOf(tree, node);
    return init && sqlOf(tree, init, steps + 1);
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const left = sqlOf(tree, node.left, steps + 1);
  const right = sqlOf(tree, node.right, steps + 1) ?? { text: computed, line };
  // Lines between the parts keep what follows on the line it is written on.
  const gap = left ? right.line - left.line - (left.text.split('\n').length - 1) : 0;
  return left && { text: left.text + '\n'.repeat(Math.max(0, Math.min(gap, 99))) + right.text, line: left.line };
}

/** The elements of the list that a `for … of` or an iteration's callback goes through, else the expression itself. */
function listed(tree: Tree, argument: Node): readonly Node[] {
  const node = unwrap(argument);
  const binding = node.type === 'Identifier' ? tree.bindingOf(node) : undefined;
  const list = binding && listOf(binding.node, binding.at);
  const array = list && (list.type === 'Identifier' ? constantOf(tree, list) : list);
  if (array?.type !== 'ArrayExpression') return [node];
  return array.elements.flatMap((element) => element ?? []);
}

function listOf(declaration: Node, name: Node): Node | undefined {
  const loop = declaration.parent?.parent;
  if (declaration.type === 'VariableDeclarator' && loop?.type === 'ForOfStatement') return unwrap(loop.right);
  const call = isFunction(declaration) && declaration.params[0] === name ? declaration.parent : undefined;
  const iterates =
    call?.type === 'CallExpression' &&
    call.callee.type === 'MemberExpression' &&
    /^(?:map|forEach)$/.test(propertyName(call.callee) ?? '');
  return iterates ? unwrap((call.callee as TSESTree.MemberExpression).object) : undefined;
}

function constantOf(tree: Tree, name: TSESTree.Identifier): Node | undefined {
  const binding = tree.bindingOf(name);
  const declarator = binding?.kind === 'const' ? binding.node : undefined;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return undefined;
  return declarator.init ? unwrap(declarator.init) : undefined;
}
