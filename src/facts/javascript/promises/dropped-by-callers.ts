import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName, simpleName } from '../nodes.ts';
import { type Ask, functionOf } from './misuse.ts';
import { canReject, waitsUnguarded } from './rejects.ts';

const emitters =
  /(?:emitter|socket|ws|wss|server|stream|client|redis|queue|worker|bus|connection|channel|events?|req|request|response|child|proc|process|parser|watcher|subscriber|consumer|pool|db|monitor|^io)$/i;
/** Libraries whose `on` takes async functions and handles their rejections. */
const awaitingEmitters = /^(?:new )?(?:probot|@octokit\/|telegraf|grammy|@slack\/bolt|hookable|emittery|eventemitter2)/;

const ownEvents = /^(?:error|open|close|connect(?:ed|ion)?|disconnect(?:ed)?|ready|data|message|end|exit)$/;

/** An async listener of an emitter: the emitter drops its promise. */
export function listener(ask: Ask, call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): void {
  const { source } = ask;
  const [event, handler] = call.arguments;
  if (event?.type !== 'Literal' || !handler) return;
  const fn = functionOf(source, handler);
  if (!fn?.async || !waitsUnguarded(source, fn) || !canReject(source, fn)) return;
  const receiver =
    callee.object.type === 'MemberExpression'
      ? propertyName(callee.object)
      : callee.object.type === 'Identifier'
        ? callee.object.name
        : '';
  // What a program does when it ends has nobody left to wait for it.
  if (receiver === 'process') return;
  // Buses of an application and of an ORM wait for those who listen, more often than not.
  if (/^(?:appEvents|db)$/.test(receiver ?? '') && !ownEvents.test(String(event.value))) return;
  if (!emitters.test(receiver ?? '') || awaitingEmitters.test(source.originOf(callee.object).text)) return;
  ask.add(call, 'listener', callee, 'an event emitter drops the promise of its listener');
}

/** amqplib calls its consumers and looks at nothing that they give back. */
export function consumer(ask: Ask, call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): void {
  const { source } = ask;
  const handler = call.arguments[1];
  const fn = handler && functionOf(source, handler);
  if (!fn?.async || !waitsUnguarded(source, fn) || !canReject(source, fn)) return;
  if (!('amqplib' in source.packages.all) && !/^amqplib\b/.test(source.originOf(callee.object).text)) return;
  ask.add(call, 'listener', callee, 'the channel drops the promise of its consumer');
}

/** `new LocalStrategy(async (name, password, done) => …)`: Passport waits for `done`, and the promise is nobody's. */
export function strategy(ask: Ask, node: TSESTree.NewExpression): void {
  const { source } = ask;
  if (!/Strategy$/.test(simpleName(node.callee))) return;
  const fn = node.arguments.map((argument) => functionOf(source, argument)).find(Boolean);
  const done = fn?.params.at(-1);
  if (!fn?.async || done?.type !== 'Identifier' || !/^(?:done|cb|callback|next|verified)$/.test(done.name)) return;
  if (waitsUnguarded(source, fn) && canReject(source, fn))
    ask.add(node, 'callback', node.callee, 'Passport waits for the callback and drops the promise');
}

/** `new Promise(async (resolve, reject) => …)`: what it throws rejects the inner promise, which nobody sees. */
export function executor(ask: Ask, node: TSESTree.NewExpression): void {
  const [first] = node.arguments;
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'Promise' || ask.source.tree.bindingOf(node.callee))
    return;
  if (isFunction(first) && first.async && canReject(ask.source, first))
    ask.add(node, 'executor', node.callee, 'what the async executor throws rejects a promise of its own');
}
