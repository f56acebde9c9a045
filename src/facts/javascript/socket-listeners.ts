import { functionsOf } from './handlers/resolve.ts';
import { isFunction, propertyName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Source } from './source.ts';

const sockets = /^(?:socket|ws|webSocket|client|conn|connection)$/;
/** What a socket of any kind says by itself; another event is named by the application. */
const ownEvents =
  /^(?:error|close|end|finish|drain|timeout|connect|ready|lookup|data|disconnect|disconnecting|open|ping|pong|upgrade|readable|pipe|unpipe|pause|resume)$/;

/**
 * Functions that answer what a client sends through a web socket: `socket.on('join', …)` of socket.io, and
 * `ws.on('message', …)` where the connection is made. A client waits for each as for a request.
 */
export function socketListeners(source: Source): readonly FunctionNode[] {
  return source.tree.of('CallExpression').flatMap((call) => {
    const { callee } = call;
    const [event, listener] = call.arguments;
    if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'on' || !listener) return [];
    if (event?.type !== 'Literal' || typeof event.value !== 'string' || ownEvents.test(event.value)) return [];
    const { object } = callee;
    if (object.type !== 'Identifier' || !sockets.test(object.name)) return [];
    const binding = source.tree.bindingOf(object);
    if (binding?.kind !== 'param') return [];
    const named = object.name === 'socket' && event.value !== 'message';
    return named || isOfConnection(binding.at) ? functionsOf(source, listener) : [];
  });
}

/** A parameter of what `server.on('connection', (socket) => …)` calls. */
function isOfConnection(parameter: Node): boolean {
  let at: Node | undefined = parameter;
  while (at && !isFunction(at)) at = at.parent;
  const call = at?.parent;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const [event] = call.arguments;
  return (
    propertyName(call.callee) === 'on' && event?.type === 'Literal' && /^connect(?:ion)?$/.test(String(event.value))
  );
}
