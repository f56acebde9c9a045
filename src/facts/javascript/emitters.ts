import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Emitter } from '../code.ts';
import { heldOf } from './held.ts';
import { enclosingFunction, isFunction, propertyName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import { remembered } from './remembered.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/**
 * What emits `error` some day, by where it comes from. node-postgres, node-redis, ws, amqplib, MQTT.js and pg-boss say in their
 * documentation that an `error` event without a listener ends the process; so do Node's sockets, requests, threads and child
 * processes, and a connection of mysql2 that is lost while it is idle.
 * ioredis and BullMQ's queues log it instead, kafkajs restarts: nothing is said of those.
 */
const kinds: readonly (readonly [RegExp, Emitter['kind']])[] = [
  [/^new (?:pg|pg-pool)(?:\.native)?(?:\.Pool)?$/, 'pool'],
  [/^redis\.(?:createClient|createCluster|createClient\(\)\.duplicate)$/, 'client'],
  [/^mqtt\.connect$/, 'client'],
  [/^new ws(?:\.WebSocket)?$/, 'socket'],
  [/^(?:net\.(?:connect|createConnection)|tls\.connect|new net\.Socket|new tls\.TLSSocket)$/, 'socket'],
  [/^(?:child_process\.spawn|cross-spawn)$/, 'process'],
  [/^new worker_threads\.Worker$/, 'thread'],
  [/^mysql2?\.createConnection$/, 'client'],
  [/^https?\.(?:get|request)$/, 'request'],
  [/^amqplib\.connect$/, 'broker'],
  [/^new pg-boss(?:\.PgBoss)?$/, 'broker'],
];
/** Servers that hand each connection to a function. */
const servers = /^(?:net|tls)\.createServer$/;
const socketServers = /^new ws\.(?:WebSocketServer|Server)$/;

/** States pools, sockets, requests, child processes and brokers whose `error` nobody in the file hears. */
export function readEmitters(source: Source, placeOf: PlaceOf): readonly Emitter[] {
  // Whoever takes what nobody caught takes these too.
  if (/['"](?:uncaughtException|uncaughtExceptionMonitor)['"]/.test(source.tree.text)) return [];
  const kindOf = remembered((name) => kinds.find(([shape]) => shape.test(name))?.[1]);
  const made = [...source.tree.of('NewExpression'), ...source.tree.of('CallExpression')].flatMap((node) => {
    const { text, from } = source.originOf(node.callee);
    if (from !== 'import') return [];
    const kind = kindOf(node.type === 'NewExpression' ? `new ${text}` : text);
    return kind && !isHarmless(source, kind, node) ? unheard(source, placeOf, node, kind) : [];
  });
  return [...made, ...connections(source).flatMap((fn) => unheardConnection(source, placeOf, fn))];
}

function unheard(
  source: Source,
  placeOf: PlaceOf,
  node: TSESTree.NewExpression | TSESTree.CallExpression,
  kind: Emitter['kind'],
): readonly Emitter[] {
  const { calls, leaves } = heldOf(source, node);
  if (calls.some(isListening) || leaves === 'returned' || leaves === 'given') return [];
  // Opened and closed by one function: awaited at each step, and never idle.
  if (enclosingFunction(node) && calls.some(({ method }) => /^(?:end|quit|close|disconnect|destroy)$/.test(method))) {
    if (kind === 'pool' || kind === 'client' || kind === 'broker') return [];
  }
  // A pool is made and cared for in one file; who gets a socket may well listen.
  if (leaves === 'exported' && kind !== 'pool' && kind !== 'client') return [];
  const { line } = node.loc.start;
  return [{ ...placeOf(node), endLine: line, kind, of: nameOf(source, node.callee) }];
}

function isListening({
  method,
  first,
  computed,
}: {
  method: string;
  first: string | undefined;
  computed: boolean;
}): boolean {
  return /^(?:on|once|addListener|prependListener)$/.test(method) && (first === 'error' || computed);
}

/** Node starting itself is always found, and so is a shell. */
function isHarmless(
  source: Source,
  kind: Emitter['kind'],
  { arguments: [first, ...rest] }: { readonly arguments: readonly Node[] },
): boolean {
  if (kind !== 'process') return false;
  if (rest.some((one) => /\bshell\s*:\s*(?:true|['"])/.test(source.tree.text.slice(...one.range)))) return true;
  const command = first ? source.tree.text.slice(...first.range) : '';
  return /process\.(?:execPath|argv)|^['"]node['"]$/.test(command);
}

/** Functions that get each connection: `net.createServer(fn)`, `wss.on('connection', fn)`. */
function connections(source: Source): readonly FunctionNode[] {
  return source.tree.of('CallExpression').flatMap((call) => {
    const { text, from } = source.originOf(call.callee);
    if (from !== 'import') return [];
    const fn = call.arguments.at(-1);
    if (!isFunction(fn)) return [];
    if (servers.test(text)) return [fn];
    const { callee } = call;
    const [event] = call.arguments;
    const isEvent = event?.type === 'Literal' && /^(?:connection|secureConnection)$/.test(String(event.value));
    if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'on' || !isEvent) return [];
    const of = source.originOf(callee.object).text;
    return socketServers.test(of) || /^(?:net|tls)\.createServer\(\)$/.test(of) ? [fn] : [];
  });
}

function unheardConnection(source: Source, placeOf: PlaceOf, fn: FunctionNode): readonly Emitter[] {
  const [socket] = fn.params;
  if (socket?.type !== 'Identifier') return [];
  const { calls, leaves } = heldOf(source, socket);
  if (leaves !== 'no' || calls.length === 0 || calls.some(isListening)) return [];
  return [{ ...placeOf(socket), kind: 'socket', of: socket.name }];
}

/** The callee as it is written; of `(0, child_process_1.spawn)` the name. */
function nameOf(source: Source, callee: Node): string {
  const node = callee.type === 'SequenceExpression' ? (callee.expressions.at(-1) ?? callee) : callee;
  return source.tree.text.slice(...node.range).slice(0, 40);
}
