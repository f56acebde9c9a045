import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { FoundHandler } from './handlers/found.ts';
import { nameOf } from './handlers/shape.ts';
import { lambdaAnswer } from './lambda-answer.ts';
import { enclosingFunction, propertyName, propertyOf, simpleName, unwrap } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/** One thing that a handler answers. */
export interface SentAnswer {
  readonly at: Node;
  /** 500 for what is thrown, whatever becomes of it. */
  readonly status: number;
  readonly body?: Node;
  /** What must hold for it, as it is written: the conditions around it, outermost first. */
  readonly guard: string;
  /** The call that holds the body against a schema, or makes it out of one. */
  readonly checkedBy?: string;
}

/** Stands in a guard for a clause that catches. */
export const caught = 'an error is caught';
const sends = /^(?:json|send|sendStatus|jsonp|end)$/;
const sets = /^(?:status|code)$/;
/** `OrderResponse.parse(…)`, `plainToInstance(Order, …)` */
const checks =
  /(?:schema|dto|response|contract)\w{0,40}\s{0,9}(?:\.array\(\)\s{0,9})?\.(?:parse|parseAsync|encode|encodeAsync|validate\w{0,40})$/i;
const serialisers = /^(?:plainToInstance|plainToClass|instanceToPlain|serialize\w*|validateResponse\w*)$/;
/** A helper that takes the response and sends what it has held against the schema. */
const checkedSend = /^(?=\w{0,60}(?:respond|reply|send|answer))\w{0,60}(?:valid|schema|contract|serializ)\w{0,60}$/i;

/** What a handler answers itself, in sight: none where a status is set by a statement of its own. */
export function sentAnswers(source: Source, { fn, framework, roles }: FoundHandler): readonly SentAnswer[] {
  const param = fn.params[roles.findIndex((role) => role === 'response' || role === 'context')];
  const response = param ? nameOf(param) : '';
  if (framework === 'koa') return setOnContext(source, fn, response);
  const found: SentAnswer[] = [];
  const add = (at: Node, status: number | undefined, body?: Node) => {
    if (status === undefined || enclosingFunction(at) !== fn) return;
    const checkedBy = body && checkOf(source, body);
    found.push({ at, status, guard: guardOf(source, at, fn), ...(body && { body }), ...(checkedBy && { checkedBy }) });
  };
  for (const call of within(source.tree, 'CallExpression', fn)) {
    if (isBareStatus(call, response)) return [];
    if (call.callee.type === 'MemberExpression') {
      const sent = sentBy(call, call.callee, response);
      if (sent) add(call, sent.status, sent.body);
    }
    const name = simpleName(call.callee);
    const passed = call.arguments.some((given) => given.type === 'Identifier' && given.name === response);
    if (response !== '' && passed && checkedSend.test(name) && enclosingFunction(call) === fn) {
      const status = call.arguments.map(numberOf).find((value) => value !== undefined) ?? 200;
      found.push({ at: call, status, guard: guardOf(source, call, fn), checkedBy: name });
    }
  }
  for (const statement of within(source.tree, 'ThrowStatement', fn)) add(statement, 500);
  if (framework === 'lambda')
    for (const { node, value } of returnedBy(source, fn)) {
      const answer = lambdaAnswer(value);
      if (answer) add(node, answer.status, answer.body);
    }
  if (framework === 'nest' || framework === 'fastify')
    for (const { node, value } of returnedBy(source, fn)) if (!isSend(value, response)) add(node, 200, value);
  return found;
}

/** Koa answers what stands in `ctx.body` in the end; none where `ctx.status` may say that it is a failure. */
function setOnContext(source: Source, fn: FunctionNode, context: string): readonly SentAnswer[] {
  const found: SentAnswer[] = [];
  for (const at of context === '' ? [] : within(source.tree, 'AssignmentExpression', fn)) {
    if (at.left.type !== 'MemberExpression' || nameOf(at.left.object) !== context) continue;
    const set = propertyName(at.left);
    const status = set === 'status' ? numberOf(at.right) : 200;
    if (status === undefined || status >= 300) return [];
    if (set !== 'body' || enclosingFunction(at) !== fn) continue;
    const checkedBy = checkOf(source, at.right);
    found.push({ at, status, guard: guardOf(source, at, fn), body: at.right, ...(checkedBy && { checkedBy }) });
  }
  return found;
}

function sentBy(
  call: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  response: string,
): { status: number | undefined; body?: Node } | undefined {
  const name = propertyName(callee) ?? '';
  const [first, second] = call.arguments;
  const body = first ? { body: first } : {};
  if (name === 'json' && callee.object.type === 'Identifier' && /^(?:Next)?Response$/.test(callee.object.name)) {
    const status = propertyOf(second, 'status');
    return { status: status ? numberOf(status) : 200, ...body };
  }
  if (!sends.test(name) || response === '') return undefined;
  if (callee.object.type === 'Identifier' && callee.object.name === response) {
    if (name === 'sendStatus') return { status: first && numberOf(first) };
    // Hono: `c.json(body, 404)`
    return { status: second ? numberOf(second) : 200, ...body };
  }
  const set = callee.object;
  if (set.type !== 'CallExpression' || set.callee.type !== 'MemberExpression') return undefined;
  if (!sets.test(propertyName(set.callee) ?? '') || nameOf(set.callee.object) !== response) return undefined;
  return { status: set.arguments[0] && numberOf(set.arguments[0]), ...body };
}

/** `res.status(404);` by itself: which later answer it belongs to is not followed. */
function isBareStatus(call: TSESTree.CallExpression, response: string): boolean {
  return (
    response !== '' &&
    call.callee.type === 'MemberExpression' &&
    sets.test(propertyName(call.callee) ?? '') &&
    nameOf(call.callee.object) === response &&
    call.parent.type !== 'MemberExpression'
  );
}

function numberOf(node: Node): number | undefined {
  return node.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined;
}

/** What a function itself returns, in sight. */
export function returnedBy(source: Source, fn: FunctionNode): readonly { node: Node; value: Node }[] {
  const found = within(source.tree, 'ReturnStatement', fn).flatMap((node) =>
    node.argument && enclosingFunction(node) === fn ? [{ node, value: unwrap(node.argument) }] : [],
  );
  return fn.body && fn.body.type !== 'BlockStatement' ? [...found, { node: fn.body, value: unwrap(fn.body) }] : found;
}

/** `return reply.send(…)`, `return reply`: told where it is sent. */
function isSend(value: Node, response: string): boolean {
  let at: Node = value;
  while (at.type === 'CallExpression' || at.type === 'MemberExpression')
    at = at.type === 'CallExpression' ? at.callee : at.object;
  return response !== '' && at.type === 'Identifier' && at.name === response;
}

function checkOf(source: Source, body: Node): string | undefined {
  const call = constantOf(source, body);
  if (call.type !== 'CallExpression') return undefined;
  const callee = source.tree.text.slice(...call.callee.range);
  return checks.test(callee) || serialisers.test(simpleName(call.callee)) ? callee : undefined;
}

function guardOf({ tree }: Source, from: Node, fn: FunctionNode): string {
  const parts: string[] = [];
  const text = (node: Node) => tree.text.slice(...node.range).replace(/\s+/g, ' ');
  for (let at = from; at.parent && at !== fn; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'IfStatement') parts.unshift(`${parent.consequent === at ? '' : 'not '}${text(parent.test)}`);
    else if (parent.type === 'SwitchCase') parts.unshift(`case ${parent.test ? text(parent.test) : 'default'}`);
    else if (parent.type === 'CatchClause') parts.unshift(caught);
  }
  return parts.join(' and ');
}

/** What a body is, through `await`, a cast and the name of a constant. */
export function constantOf({ tree }: Source, body: Node): Node {
  const plain = unwrap(body);
  const binding = plain.type === 'Identifier' ? tree.bindingOf(plain) : undefined;
  const declarator = binding?.kind === 'const' ? binding.node : undefined;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return plain;
  return declarator.init ? unwrap(declarator.init) : plain;
}
