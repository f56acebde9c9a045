import { type Comparison, type Direction, note, reportGone, type Spot, short } from '../openapi/change.ts';
import { compareSchemas } from '../openapi/compare-schemas.ts';
import { child, entries, items, stringAt, type Tree } from '../tree.ts';

/** Messages of one operation of an AsyncAPI document, and which way they go as its consumer sees it. */
interface Flow {
  readonly at: Spot;
  readonly direction: Direction;
  readonly messages: ReadonlyMap<string, Spot>;
}

/** Whether a document is AsyncAPI, of a version whose operations are known. */
export function isAsyncapi(root: Tree | undefined): boolean {
  return /^[23]\./.test(String(child(root, 'asyncapi')?.scalar ?? ''));
}

/**
 * Compares two AsyncAPI documents for those at the other end of the channels: what they send may not be narrowed, what
 * they receive may not be widened, and nothing they use may go.
 */
export function compareAsyncapi(c: Comparison, before: Tree, after: Tree): void {
  const now = flowsOf(c, 'after', after);
  const parent: Spot = { node: child(after, 'operations') ?? child(after, 'channels') ?? after, via: [] };
  const old = flowsOf(c, 'before', before);
  for (const [name, flow] of old) {
    const counterpart = now.get(name);
    if (counterpart) compareMessages(c, name, flow, counterpart);
    else reportGone(c, 'removed-operation', 'error', flow.at, parent, `${quoted(name)} is gone.`);
  }
  for (const name of now.keys()) if (!old.has(name)) note(c, `new: ${quoted(name)}`);
}

function compareMessages(c: Comparison, name: string, before: Flow, after: Flow): void {
  const others = [...after.messages].filter(([key]) => !before.messages.has(key));
  const gone = [...before.messages].filter(([key]) => !after.messages.has(key));
  for (const [key, message] of before.messages) {
    // One message in the place of one: it was renamed, and its payload says what changed.
    const renamed = gone.length === 1 && others.length === 1 && gone[0]?.[0] === key ? others[0]?.[1] : undefined;
    const now = after.messages.get(key) ?? renamed;
    if (now) comparePayloads(c, before.direction, message, now, `${quoted(name)}`);
    else if (before.direction === 'request')
      reportGone(c, 'removed-request-input', 'error', message, after.at, `a message of ${quoted(name)} is gone.`);
    else reportGone(c, 'removed-response-data', 'warning', message, after.at, `a message of ${quoted(name)} is gone.`);
  }
}

function comparePayloads(c: Comparison, direction: Direction, before: Spot, after: Spot, subject: string): void {
  for (const part of ['payload', 'headers']) {
    const [old, now] = [schemaIn(before, part), schemaIn(after, part)];
    if (old && now) compareSchemas(c, direction, [old], [now], `the ${part} of ${subject}`);
  }
}

/** A schema in AsyncAPI's own format; Avro, Protobuf and the like are other languages. */
function schemaIn(message: Spot, part: string): Spot | undefined {
  const format = stringAt(message.node, 'schemaFormat') ?? stringAt(message.node, part, 'schemaFormat') ?? '';
  if (/avro|protobuf|raml|xml/i.test(format)) return undefined;
  const node = child(message.node, part);
  const multi = child(node, 'schemaFormat') ? child(node, 'schema') : node;
  return multi && { node: multi, via: message.via };
}

function flowsOf(c: Comparison, side: 'before' | 'after', root: Tree): ReadonlyMap<string, Flow> {
  return String(child(root, 'asyncapi')?.scalar).startsWith('2.') ? flows2(c, side, root) : flows3(c, side, root);
}

/** Version 2: `subscribe` is what a consumer receives, `publish` what it sends. */
function flows2(c: Comparison, side: 'before' | 'after', root: Tree): Map<string, Flow> {
  const found = new Map<string, Flow>();
  for (const [address, node] of entries(child(root, 'channels'))) {
    const channel = c[side].resolve(node);
    for (const verb of ['publish', 'subscribe'] as const) {
      const operation = child(channel?.node, verb);
      if (!channel || !operation) continue;
      const at = { node: operation, via: channel.via };
      const message = child(operation, 'message');
      const choices = message ? (child(message, 'oneOf')?.list ?? [message]) : [];
      const direction = verb === 'publish' ? 'request' : 'response';
      found.set(`${verb} ${address}`, { at, direction, messages: named(c, side, at, choices) });
    }
  }
  return found;
}

/** Version 3: `receive` is what the application receives and a consumer sends, `send` the reverse. */
function flows3(c: Comparison, side: 'before' | 'after', root: Tree): Map<string, Flow> {
  const found = new Map<string, Flow>();
  for (const [name, node] of entries(child(root, 'operations'))) {
    const operation = c[side].resolve(node);
    const action = stringAt(operation?.node, 'action');
    const channel = child(operation?.node, 'channel');
    const target = channel && c[side].resolve(channel);
    if (!operation || !target || (action !== 'send' && action !== 'receive')) continue;
    const own = items(child(operation.node, 'messages'));
    const all = [...entries(child(target.node, 'messages'))].map(([, message]) => message);
    const at = { node: operation.node, via: operation.via };
    const messages = named(c, side, at, own.length > 0 ? own : all);
    const address = stringAt(target.node, 'address') ?? name;
    found.set(`${action} ${address}`, { at, direction: action === 'receive' ? 'request' : 'response', messages });
  }
  return found;
}

/** Messages by their reference, else by their name, else by their place. */
function named(c: Comparison, side: 'before' | 'after', at: Spot, nodes: readonly Tree[]): Map<string, Spot> {
  const found = new Map<string, Spot>();
  for (const [i, node] of nodes.entries()) {
    const resolved = c[side].resolve(node);
    if (!resolved) continue;
    const key =
      stringAt(node, '$ref') ?? stringAt(resolved.node, 'messageId') ?? stringAt(resolved.node, 'name') ?? `${i}`;
    found.set(key, { node: resolved.node, via: [...at.via, ...resolved.via] });
  }
  return found;
}

function quoted(name: string): string {
  return `\`${short(name)}\``;
}
