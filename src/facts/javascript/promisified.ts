import { unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

/** What a name stands for that holds the promise form of an imported function: `child_process.exec` in `const run = promisify(exec)`. */
export function promisedOrigin(source: Source, expression: Node): string | undefined {
  const callee = unwrap(expression);
  const declarator = callee.type === 'Identifier' ? source.tree.bindingOf(callee)?.node : undefined;
  const made = declarator?.type === 'VariableDeclarator' && declarator.init ? unwrap(declarator.init) : undefined;
  const [first] = made?.type === 'CallExpression' ? made.arguments : [];
  const origin = first && source.originOf(first);
  return origin?.from === 'import' ? origin.text : undefined;
}
