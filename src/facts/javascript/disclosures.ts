import type { Disclosure } from '../code.ts';
import { nameOf } from './handlers/shape.ts';
import { propertyName, unwrap } from './nodes.ts';
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
      if (!what || !isError(source, id)) continue;
      const answer = answerAround(id);
      if (answer) found.push({ ...placeOf(answer), line: id.loc.start.line, endLine: id.loc.end.line, what });
    }
  return found;
}

/** The error itself, its stack or its cause; a message alone is often meant for the client. */
function partOf(id: Node): Disclosure['what'] | undefined {
  const { parent } = id;
  if (parent?.type === 'MemberExpression') {
    if (parent.object !== id || parent.computed) return undefined;
    const name = propertyName(parent);
    return name === 'stack' || name === 'cause' ? name : undefined;
  }
  return 'error';
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
      if (senders.test(name)) return isResponse(callee.object) ? parent : undefined;
      if (name !== 'stringify') return undefined;
    } else if (parent.type === 'ReturnStatement') {
      const body =
        at.type === 'ObjectExpression' &&
        at.properties.some((property) => property.type === 'Property' && propertyName(property) === 'statusCode');
      return body ? parent : undefined;
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

function isResponse(object: Node): boolean {
  const node = unwrap(object);
  if (node.type === 'Identifier') return responses.test(node.name);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  return /^(?:status|code|type|set|header)$/.test(propertyName(node.callee) ?? '') && isResponse(node.callee.object);
}
