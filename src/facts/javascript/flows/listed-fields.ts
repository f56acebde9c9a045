import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyOf, unwrap } from '../nodes.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';

/** What a schema's field says when it lets through numbers, dates, ids or listed words only: zod, Joi, yup, valibot. */
const harmless =
  /\b(?:enum|nativeEnum|picklist|literal|valid|oneOf|equal|number|int|integer|bigint|boolean|date|uuid|guid|cuid2?|ulid|nanoid)\(/;
/** Names under which validators hand over what they checked. */
const result = /^(?:value|data|output)$/;

/**
 * Whether a schema of this file lets the field that is read from its result hold nothing that could harm a text.
 *
 * @param callee `Query.parse`, on the schema's name
 * @param path what is read from the call's result: `['sort']`, `['data', 'sort']`
 */
export function isListedField(source: Source, callee: TSESTree.Node, path: readonly string[]): boolean {
  const schema = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  if (schema?.type !== 'Identifier') return false;
  const declarator = source.tree.bindingOf(schema)?.node;
  if (declarator?.type !== 'VariableDeclarator' || !declarator.init) return false;
  const [fields] = within(source.tree, 'ObjectExpression', declarator.init);
  const name = path.find((step) => !result.test(step));
  const field = fields && name !== undefined ? propertyOf(fields, name) : undefined;
  return field !== undefined && harmless.test(source.tree.text.slice(...field.range).slice(0, 300));
}
