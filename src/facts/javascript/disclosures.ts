import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Disclosure } from '../code.ts';
import { nameOf } from './handlers/shape.ts';
import { isNarrowed } from './narrowed-errors.ts';
import { isPropertyName, propertyName, propertyOf, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const errorNames = /^(?:err|error|e|ex|exc|exception)$/;
const responses = /^(?:res|response|reply)$/;
const senders = /^(?:send|json|jsonp|end|write)$/;
const maxHops = 8;

/** States where errors, or their stacks, are sent to the client. */
export function readDisclosures(source: Source, placeOf: PlaceOf): readonly Disclosure[] {
  const found: Disclosure[] = [];
  for (const name of ['err', 'error', 'e', 'ex', 'exc', 'exception'])
    for (const id of source.tree.named(name)) {
      const what = partOf(id);
      if (!what || isPropertyName(id) || !isError(source, id)) continue;
      const answer = answerAround(asText(id) ?? id);
      if (!answer || (what === 'message' && !isServerError(answer))) continue;
      if (what === 'stack' || what === 'cause' || !isNarrowed(source, id))
        found.push({ ...placeOf(answer), line: id.loc.start.line, endLine: id.loc.end.line, what });
    }
  return found;
}

/** What is sent of the error; a message is often meant for the client, unless the answer says that the server failed. */
function partOf(id: Node): Disclosure['what'] | undefined {
  const { parent } = id;
  if (parent?.type === 'MemberExpression') {
    if (parent.object !== id || parent.computed) return undefined;
    const name = propertyName(parent);
    if (name === 'toString') return 'message';
    return name === 'stack' || name === 'cause' || name === 'message' ? name : undefined;
  }
  return isTextOf(parent) ? 'message' : 'error';
}

/** `String(error)`, `${error}`. */
function isTextOf(parent: Node | undefined): boolean {
  if (parent?.type === 'TemplateLiteral') return true;
  return parent?.type === 'CallExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'String';
}

/** `error.toString()`, and the forms that write the text without asking for it. */
function asText({ parent }: TSESTree.Identifier): Node | undefined {
  if (isTextOf(parent)) return parent;
  if (parent.type !== 'MemberExpression' || propertyName(parent) !== 'toString') return undefined;
  return parent.parent.type === 'CallExpression' && parent.parent.callee === parent ? parent.parent : undefined;
}

function isError(source: Source, id: Node): boolean {
  if (id.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(id);
  if (!binding) return partOf(id) !== 'error';
  if (binding.at === id) return false;
  if (binding.kind === 'catch') return true;
  return binding.kind === 'param' && errorNames.test(nameOf(binding.node));
}

/** The call that answers the request with this value, or the value a Lambda returns as its body. */
function answerAround(id: Node): Node | undefined {
  let at: Node = id;
  for (let hops = 0; hops < maxHops && at.parent; hops++) {
    const { parent } = at;
    if (parent.type === 'CallExpression') {
      if (parent.callee === at) return undefined;
      const callee = unwrap(parent.callee);
      if (callee.type !== 'MemberExpression') return undefined;
      const name = propertyName(callee) ?? '';
      if (senders.test(name)) return isResponse(callee.object) || isMaker(callee.object, name) ? parent : undefined;
      if (name !== 'stringify') return undefined;
    } else if (parent.type === 'ReturnStatement') {
      const body =
        at.type === 'ObjectExpression' &&
        at.properties.some((property) => property.type === 'Property' && propertyName(property) === 'statusCode');
      return body ? parent : undefined;
    } else if (parent.type === 'AssignmentExpression') {
      return parent.right === at && isContextBody(parent.left) ? parent : undefined;
    } else if (
      parent.type !== 'ObjectExpression' &&
      parent.type !== 'Property' &&
      parent.type !== 'MemberExpression' &&
      parent.type !== 'SpreadElement' &&
      parent.type !== 'TSAsExpression'
    )
      return undefined;
    at = parent;
  }
  return undefined;
}

/** Koa's `ctx.body`. */
function isContextBody(left: Node): boolean {
  return (
    left.type === 'MemberExpression' &&
    propertyName(left) === 'body' &&
    left.object.type === 'Identifier' &&
    /^(?:ctx|context)$/.test(left.object.name)
  );
}

/** `Response.json(…)`, `NextResponse.json(…)`, Hono's `c.json(…)`. */
function isMaker(object: Node, name: string): boolean {
  return name === 'json' && object.type === 'Identifier' && /^(?:Response|NextResponse|c|ctx)$/.test(object.name);
}

/** `Response.json(…, { status: 500 })`, `c.json(…, 500)`. */
function statusBeside(answer: TSESTree.CallExpression): boolean {
  const beside = answer.arguments[1];
  const status = beside && (propertyOf(unwrap(beside), 'status') ?? unwrap(beside));
  return status?.type === 'Literal' && typeof status.value === 'number' && status.value >= 500;
}

/** `res.status(500).json(…)`, or a status beside what is sent. */
function isServerError(answer: Node): boolean {
  if (answer.type !== 'CallExpression') return false;
  if (statusBeside(answer)) return true;
  for (let at = unwrap(answer.callee); at.type === 'MemberExpression'; ) {
    const call = unwrap(at.object);
    if (call.type !== 'CallExpression') return false;
    const [first] = call.arguments;
    at = unwrap(call.callee);
    if (at.type === 'MemberExpression' && /^(?:status|code)$/.test(propertyName(at) ?? ''))
      return first?.type === 'Literal' && typeof first.value === 'number' && first.value >= 500;
  }
  return false;
}

function isResponse(object: Node): boolean {
  const node = unwrap(object);
  if (node.type === 'Identifier') return responses.test(node.name);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  return /^(?:status|code|type|set|header)$/.test(propertyName(node.callee) ?? '') && isResponse(node.callee.object);
}
