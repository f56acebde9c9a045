import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Fix } from '../../review/types.ts';
import { enclosingFunction, functionName } from './nodes.ts';
import { repaired } from './repair.ts';
import type { Source } from './source.ts';

/**
 * The lines of `const x = JSON.parse(text)` with an answer for text that does not parse: 400, in the words of the handler's
 * framework. None where no framework is known, or the result is taken apart on the same line.
 */
export function answeredParse(
  source: Source,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  of: string,
): Fix | undefined {
  const declarator = call.parent;
  if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return undefined;
  const declaration = declarator.parent;
  if (declaration.declarations.length !== 1 || declaration.parent.type !== 'BlockStatement') return undefined;
  const { start, end } = declaration.loc;
  if (start.line !== call.loc.start.line || end.line !== call.loc.end.line) return undefined;
  const answer = refusal(source, call, of === 'new URL' ? 'malformed URL' : 'malformed JSON');
  if (!answer) return undefined;
  const { text } = source.tree;
  const name = text.slice(...declarator.id.range);
  const indent = ' '.repeat(start.column);
  const lines = [
    `let ${name};`,
    'try {',
    `  ${declarator.id.name} = ${text.slice(...call.range)};`,
    '} catch {',
    `  ${answer}`,
    '}',
  ];
  const edit = { at: declaration.range[0], to: declaration.range[1], text: lines.join(`\n${indent}`) };
  return repaired(source.tree, declaration, end.line, [edit]);
}

/** A statement that answers 400 and leaves the handler. */
function refusal(source: Source, call: TSESTree.Node, error: string): string | undefined {
  const fn = enclosingFunction(call);
  const names = fn?.params.map((parameter) => (parameter.type === 'Identifier' ? parameter.name : '')) ?? [];
  const response = names.find((name) => /^(?:res|response|reply)$/.test(name));
  const { text } = source.tree;
  if (response && /['"]fastify['"]|\bFastify\w*\b/.test(text))
    return `return ${response}.code(400).send({ error: '${error}' });`;
  if (response && /['"]express['"]|\bNextApiResponse\b/.test(text))
    return `return ${response}.status(400).json({ error: '${error}' });`;
  if (names[0] === 'c' && /['"]hono['"]/.test(text)) return `return c.json({ error: '${error}' }, 400);`;
  // A route of Next, Remix or a worker answers with what it returns.
  if (fn && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(functionName(fn)))
    return `return Response.json({ error: '${error}' }, { status: 400 });`;
  return undefined;
}
