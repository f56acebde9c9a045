import { propertyOf, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';

/**
 * What a function behind an API Gateway answers by what it returns: `{ statusCode: 200, body: JSON.stringify(order) }`.
 *
 * @returns undefined for a value of another shape, or whose status is not written out
 */
export function lambdaAnswer(value: Node): { readonly status: number; readonly body?: Node } | undefined {
  const status = propertyOf(value, 'statusCode');
  if (status?.type !== 'Literal' || typeof status.value !== 'number') return undefined;
  const text = propertyOf(value, 'body');
  const call = text && unwrap(text);
  const [body] = call?.type === 'CallExpression' && isStringify(call.callee) ? call.arguments : [];
  return { status: status.value, ...(body && { body }) };
}

/** `JSON.stringify` */
function isStringify(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'JSON' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'stringify'
  );
}
