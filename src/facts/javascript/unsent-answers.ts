import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { UnsentAnswer } from '../code.ts';
import type { FoundHandler } from './handlers/found.ts';
import { nameOf } from './handlers/shape.ts';
import { enclosingFunction, propertyName, simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import { type Edit, repaired } from './repair.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { quoted, within } from './within.ts';

/** What only prepares an answer. */
const setters =
  /^(?:status|code|set|header|setHeader|headers|type|contentType|cookie|clearCookie|vary|append|links|location)$/;
const frameworks = new Set(['express', 'fastify', 'next', 'nest']);
const sends = /^(?:json|jsonp|send|sendStatus|sendFile|end|render|redirect|download)$/;

/** States where a handler sets a status, sends nothing and is done: the client waits until it gives up. */
export function readUnsentAnswers(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
): readonly UnsentAnswer[] {
  return handlers.flatMap((handler) => {
    const { fn, framework, roles } = handler;
    const param = fn.params[roles.indexOf('response')];
    const response = param ? nameOf(param) : '';
    if (!frameworks.has(framework) || response === '' || isPassedThrough(source, param)) return [];
    if (!answersItself(source, handler, response)) return [];
    return within(source.tree, 'CallExpression', fn).flatMap((call) => {
      if (enclosingFunction(call) !== fn || call.parent.type === 'MemberExpression') return [];
      if (!setsOnly(call, response) || !isLast(source, call, response)) return [];
      const endLine = call.loc.end.line;
      const sent: Edit = { at: call.range[1], text: '.end()' };
      const repair = framework === 'fastify' ? undefined : repaired(source.tree, call, endLine, [sent]);
      return [{ ...placeOf(call), endLine, of: quoted(source.tree, call), ...(repair && { repair }) }];
    });
  });
}

/** Nest sends what such a handler returns. */
function isPassedThrough(source: Source, param: Node | undefined): boolean {
  return (
    param?.type === 'Identifier' &&
    param.decorators.some(({ range }) => /passthrough/.test(source.tree.text.slice(...range)))
  );
}

/** Registered, or else it sends something elsewhere or hands the request on: a function that only prepares the answer of its caller sends nothing. */
function answersItself(source: Source, { fn, node }: FoundHandler, response: string): boolean {
  if (node !== fn) return true;
  return within(source.tree, 'CallExpression', fn).some(({ callee }) =>
    callee.type === 'MemberExpression'
      ? sends.test(propertyName(callee) ?? '') && rootOf(callee) === response
      : simpleName(callee) === 'next',
  );
}

/** `res.status(404)`, `res.set(…).status(304)`: the whole chain prepares, and a status is in it. */
function setsOnly(call: TSESTree.CallExpression, response: string): boolean {
  let status = false;
  let at: Node = call;
  while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression') {
    const name = propertyName(at.callee) ?? '';
    if (!setters.test(name)) return false;
    status ||= name === 'status' || name === 'code';
    at = at.callee.object;
  }
  return status && at.type === 'Identifier' && at.name === response;
}

/** Returned, followed by a bare `return`, or by nothing at all, where nothing before it hands the response on. */
function isLast(source: Source, call: TSESTree.CallExpression, response: string): boolean {
  const statement = call.parent;
  const block = statement.parent;
  if (statement.type === 'ReturnStatement' && block?.type === 'IfStatement') return true;
  if (block?.type !== 'BlockStatement' || hasFinally(block)) return false;
  const before = (one: Node, body: readonly Node[]) =>
    body.slice(0, body.indexOf(one)).every((other) => isGuard(other) || !handsOn(source, other, response));
  if (statement.type === 'ReturnStatement') return before(statement, block.body);
  if (statement.type !== 'ExpressionStatement') return false;
  const next = block.body[block.body.indexOf(statement) + 1];
  if (next) return next.type === 'ReturnStatement' && !next.argument && before(statement, block.body);
  for (let at: Node = statement; ; at = outOf(at.parent)) {
    const body: Node | undefined = at.parent;
    if (body?.type !== 'BlockStatement') return false;
    if (body.body.at(-1) !== at || !before(at, body.body)) return false;
    if (/Function/.test(body.parent.type)) return true;
  }
}

/** The statement that a block is a branch of. */
function outOf(block: Node | undefined): Node {
  let at = block as Node;
  while (at.parent && /^(?:IfStatement|CatchClause|TryStatement)$/.test(at.parent.type)) at = at.parent;
  return at;
}

/** `if (!parcel) return …;` */
function isGuard(statement: Node): boolean {
  if (statement.type !== 'IfStatement' || statement.alternate) return false;
  const { consequent } = statement;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

function hasFinally(block: TSESTree.BlockStatement): boolean {
  for (let at: Node | undefined = block; at; at = at.parent) {
    if (at.type === 'TryStatement' && at.finalizer) return true;
    if (/Function/.test(at.type)) return false;
  }
  return false;
}

/** Something else may answer: `stream.pipe(res)`, `next()`, `render(req, res)`, `res.json(…)`. */
function handsOn(source: Source, statement: Node, response: string): boolean {
  return within(source.tree, 'Identifier', statement).some(
    (id) => id.name === 'next' || (id.name === response && !isPrepared(id)),
  );
}

/** `res` of `res.status(…)`, `res.statusCode = 404`. */
function isPrepared(id: TSESTree.Identifier): boolean {
  const { parent } = id;
  return parent.type === 'MemberExpression' && parent.object === id && setters.test(propertyName(parent) ?? '');
}

function rootOf(node: Node): string {
  let at = node;
  while (at.type === 'CallExpression' || at.type === 'MemberExpression')
    at = at.type === 'CallExpression' ? at.callee : at.object;
  return at.type === 'Identifier' ? at.name : '';
}
