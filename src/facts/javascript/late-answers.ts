import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { LateAnswer } from '../code.ts';
import type { FoundHandler } from './handlers/found.ts';
import { nameOf } from './handlers/shape.ts';
import { propertyName, simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { quoted, within } from './within.ts';

const piping = /^(?:pipeline|pump|streamPipeline|pipelineAsync|asyncPipeline|pipelinePromise)$/;
const sending = /^(?:json|jsonp|send|sendStatus|render|redirect|setHeader|writeHead|set|header)$/;

/** States answers in a `catch` whose `try` waits for a stream into the same response: by then the headers may be gone, and the answer throws. */
export function readLateAnswers(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
): readonly LateAnswer[] {
  return handlers.flatMap(({ fn, framework, roles }) => {
    const param = fn.params[roles.indexOf('response')];
    const response = param ? nameOf(param) : '';
    if ((framework !== 'express' && framework !== 'next' && framework !== 'nest') || response === '') return [];
    return within(source.tree, 'TryStatement', fn).flatMap(({ block, handler }) => {
      if (!handler || /headersSent|writableEnded/.test(source.tree.text.slice(...fn.range))) return [];
      const stream = within(source.tree, 'AwaitExpression', block).find((wait) => streamsTo(source, wait, response));
      const answer = within(source.tree, 'CallExpression', handler.body).find((call) => isSent(call, response));
      if (!stream || !answer) return [];
      const of = quoted(source.tree, stream.argument, 40);
      return [{ ...placeOf(answer), endLine: answer.loc.end.line, of, at: stream.loc.start.line }];
    });
  });
}

/** `await pipeline(file, res)`, `await new Promise((resolve, reject) => res.download(path, …))` */
function streamsTo(source: Source, { argument }: TSESTree.AwaitExpression, response: string): boolean {
  if (argument.type === 'CallExpression')
    return (
      piping.test(simpleName(argument.callee)) &&
      argument.arguments.slice(1).some((given) => given.type === 'Identifier' && given.name === response)
    );
  if (argument.type !== 'NewExpression' || simpleName(argument.callee) !== 'Promise') return false;
  return within(source.tree, 'CallExpression', argument).some(({ callee, arguments: [first] }) => {
    if (callee.type !== 'MemberExpression') return false;
    const name = propertyName(callee) ?? '';
    if (name === 'pipe') return first?.type === 'Identifier' && first.name === response;
    return /^(?:download|sendFile)$/.test(name) && nameOf(callee.object) === response;
  });
}

function isSent(call: TSESTree.CallExpression, response: string): boolean {
  if (call.callee.type !== 'MemberExpression' || !sending.test(propertyName(call.callee) ?? '')) return false;
  let at: Node = call.callee.object;
  while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression') at = at.callee.object;
  return at.type === 'Identifier' && at.name === response;
}
