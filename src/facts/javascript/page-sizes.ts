import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { PageSize } from '../code.ts';
import { decorator } from './handlers/nest.ts';
import { propertyName, simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import { mentionsSchema } from './schema-fields.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const sizes = /^(?:limit|take|pageSize|page_size|perPage|per_page|itemsPerPage|resultsPerPage)$/;
/** Beside it in what a client asks with. */
const positions = /^(?:page|pageNumber|page_number|pageIndex|offset|skip|cursor|after|startAfter|nextToken)$/;
/** Beside it in what a client is answered with, or in settings. */
const results =
  /^(?:total\w*|count|data|items|results|rows|records|pages|hasNext\w*|hasMore|hasPrev\w*|next\w*Page|lastPage|current\w*|links|meta|interval|ttl|window\w*|duration)$/;
const builders = /^(?:z|Joi|joi|yup|Yup|Type|t|v)$/;
/** Somebody bounds it, or makes something else of it, in a way that is not followed. */
const handled =
  /max|\blte?\b|less|refine|transform|pipe|preprocess|check|valid|oneOf|enum|literal|union|custom|clamp|range/i;
const numeric = /number|\bint\b|integer/i;
/** Checked from below, or made of text: it is what a server is asked with, not what a client sends. */
const asked = /\.(?:min|positive|nonnegative|gte|gt|coerce)\b|\bminimum\s{0,4}:/;
/** Decorators that bound nothing above. */
const unbounding =
  /^(?:IsInt|IsNumber|IsNumberString|IsPositive|Min|IsOptional|IsDefined|IsNotEmpty|Type|Field|Expose|ApiProperty|ApiPropertyOptional|ApiHideProperty)$/;
const checked = /^(?:IsInt|IsNumber|IsPositive|Min)$/;
const answers = /^(?:Entity|Table|ObjectType|ViewEntity)$/;

/** States fields for a number of rows in what clients ask with, that are checked from below and not from above. */
export function readPageSizes(source: Source, placeOf: PlaceOf): readonly PageSize[] {
  const { tree } = source;
  const fields = [...inClasses(source), ...(mentionsSchema.test(tree.text) ? inSchemas(source) : [])];
  return fields
    .filter(({ of }) => !isBoundedElsewhere(tree.text, of))
    .map(({ of, node }) => ({ ...placeOf(node), endLine: node.loc.end.line, of }));
}

interface Field {
  readonly of: string;
  readonly node: Node;
}

function inSchemas({ tree }: Source): readonly Field[] {
  return tree.of('Property').flatMap((property) => {
    const of = propertyName(property) ?? '';
    if (!sizes.test(of) || property.parent.type !== 'ObjectExpression') return [];
    const text = tree.text.slice(...property.value.range);
    const root = /^\w{1,20}/.exec(text)?.[0] ?? '';
    if (!builders.test(root) || !numeric.test(text) || handled.test(text)) return [];
    if (isInput(property)) return [{ of, node: property }];
    if (!asked.test(text)) return [];
    const names = property.parent.properties.map((one) => (one.type === 'Property' ? (propertyName(one) ?? '') : ''));
    return isAskedWith(names) ? [{ of, node: property }] : [];
  });
}

/** A field of the object that a procedure of tRPC reads with: `.input(z.object({ … })).query(…)`. */
function isInput(property: Node): boolean {
  let at = property.parent?.parent;
  while (at?.parent && (at.type === 'CallExpression' || at.type === 'MemberExpression')) {
    const { parent } = at;
    if (at.type === 'CallExpression' && /^(?:extend|merge|refine|superRefine|transform)$/.test(simpleName(at.callee)))
      return false;
    if (parent.type === 'CallExpression' && parent.callee !== at)
      return simpleName(parent.callee) === 'input' && isRead(parent);
    at = parent;
  }
  return false;
}

/** What it writes may have a limit of its own: of a budget, of a plan. */
function isRead(input: Node): boolean {
  let at = input;
  while (at.parent?.type === 'MemberExpression' && at.parent.parent.type === 'CallExpression') {
    at = at.parent.parent;
    if (simpleName(at.callee) === 'query') return true;
  }
  return false;
}

function inClasses({ tree }: Source): readonly Field[] {
  return tree.of('PropertyDefinition').flatMap((member) => {
    const of = propertyName(member) ?? '';
    if (!sizes.test(of) || member.decorators.length === 0) return [];
    const named = member.decorators.map((one) => decorator(one).name);
    if (!named.some((name) => checked.test(name)) || !named.every((name) => unbounding.test(name))) return [];
    // A maximum in the description is meant, if not checked.
    if (member.decorators.some(({ range }) => /max/i.test(tree.text.slice(...range)))) return [];
    const body = member.parent;
    if (body.type !== 'ClassBody' || isAnswer(body.parent)) return [];
    const names = body.body.map((one) => (one.type === 'PropertyDefinition' ? (propertyName(one) ?? '') : ''));
    return isAskedWith(names) ? [{ of, node: member }] : [];
  });
}

function isAskedWith(names: readonly string[]): boolean {
  return names.some((name) => positions.test(name)) && !names.some((name) => results.test(name));
}

function isAnswer({ id, decorators }: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean {
  return (
    /Response|Result|Entity|Meta|Output|Config|Options$/.test(id?.name ?? '') ||
    decorators.some((one) => answers.test(decorator(one).name))
  );
}

/** `Math.min(query.limit, 100)`, `if (limit > 100)` in the same file. */
function isBoundedElsewhere(text: string, name: string): boolean {
  return /\bMath\.min\(|\bclamp\(/.test(text) || new RegExp(`\\b${name}\\b\\)? {0,2}(?:>|>=) {0,2}\\w`).test(text);
}
