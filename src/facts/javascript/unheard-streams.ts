import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Omission } from '../code.ts';
import { propertyName, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const reading = /^(?:(?:node:)?fs|fs-extra|graceful-fs)\.createReadStream\(\)$/;
const streams = /(?:^|[a-z])(?:Stream|stream|Readable|readable)$|^(?:req|request|file|upload|rs|readStream)$/;
const targets =
  /^(?:res|response|reply|ctx|raw|busboy|bb|dest|destination|output|out|ws|writer|target)$|(?:Stream|stream|Writable|writable)$/;

/** States streams whose errors nobody hears. */
export function readUnheardStreams(source: Source, placeOf: PlaceOf): readonly Omission[] {
  const found: Omission[] = [];
  for (const call of source.tree.of('CallExpression')) {
    const piped = unheardPipe(source, call);
    if (piped) found.push({ ...placeOf(piped), endLine: call.loc.end.line, kind: 'error-listener', of: '.pipe()' });
  }
  return found;
}

/** `source.pipe(target)`: an error of the source goes to no target. Gives the place where the source is made, or the call. */
function unheardPipe(source: Source, call: TSESTree.CallExpression): Node | undefined {
  const { callee } = call;
  const [target] = call.arguments;
  if (
    callee.type !== 'MemberExpression' ||
    propertyName(callee) !== 'pipe' ||
    !target ||
    target.type === 'SpreadElement'
  )
    return undefined;
  const object = unwrap(callee.object);
  if (cannotFail(source, object, target)) return undefined;
  const isFile = reading.test(source.originOf(object).text) || isBareRead(object);
  if (!isFile && !(streams.test(simpleName(object)) && isTarget(target))) return undefined;
  if (object.type === 'CallExpression') return isFile && !listens(object) ? call : undefined;
  if (object.type !== 'Identifier') return isFile ? call : undefined;
  const binding = source.tree.bindingOf(object);
  const handedOn = source.tree
    .named(object.name)
    .some(
      (id) => id.parent.type === 'CallExpression' && id.parent.callee !== id && source.tree.bindingOf(id) === binding,
    );
  if (handedOn || isHeard(source, object)) return undefined;
  // Shows both lines where the stream is made right above.
  const made = binding?.node;
  return made?.type === 'VariableDeclarator' && call.loc.start.line - made.loc.start.line <= 3 && isFile ? made : call;
}

/** What is only passed through; and a request that is broken off goes quietly, where the parser of its form tells of the rest. */
function cannotFail(source: Source, object: Node, target: Node): boolean {
  if (/\bPassThrough$/.test(source.originOf(object).text)) return true;
  const taker = unwrap(target);
  return /^(?:req|request)$/.test(simpleName(object)) && taker.type === 'Identifier' && isHeard(source, taker);
}

/** Whether anything listens to the errors of what a name stands for. */
function isHeard(source: Source, name: TSESTree.Identifier): boolean {
  const binding = source.tree.bindingOf(name);
  return source.tree.named(name.name).some((id) => {
    if (binding && source.tree.bindingOf(id) !== binding) return false;
    const { parent } = id;
    return (
      parent.type === 'MemberExpression' &&
      parent.object === id &&
      parent.parent.type === 'CallExpression' &&
      isListening(parent.parent)
    );
  });
}

function isBareRead(node: Node): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    propertyName(node.callee) === 'createReadStream'
  );
}

function isTarget(node: Node): boolean {
  const plain = unwrap(node);
  if (plain.type === 'CallExpression' || plain.type === 'NewExpression')
    return /^(?:createWriteStream|createGzip|createGunzip|Busboy|busboy|PassThrough|Transform)$/.test(
      simpleName(plain.callee),
    );
  return targets.test(simpleName(plain));
}

/** Somewhere down the chain: `createReadStream(p).on('error', f).pipe(res)`. */
function listens(chain: Node): boolean {
  for (
    let at: Node = chain;
    at.type === 'CallExpression' && at.callee.type === 'MemberExpression';
    at = unwrap(at.callee.object)
  )
    if (isListening(at)) return true;
  return false;
}

function isListening(call: TSESTree.CallExpression): boolean {
  if (
    call.callee.type !== 'MemberExpression' ||
    !/^(?:on|once|addListener|prependListener)$/.test(propertyName(call.callee) ?? '')
  )
    return false;
  const [event] = call.arguments;
  return event?.type !== 'Literal' || event.value === 'error';
}
