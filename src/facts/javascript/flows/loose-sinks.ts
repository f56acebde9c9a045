import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { fromOutside, fromRequest, type Sink } from './sink.ts';
import { loopSinks } from './size-sinks.ts';
import type { Value } from './value.ts';

const stringMethods =
  /^(?:trim|trimStart|trimEnd|replace|replaceAll|toLowerCase|toUpperCase|split|slice|substring|substr|startsWith|endsWith|charAt|charCodeAt|match|padStart|padEnd|localeCompare|normalize|indexOf|includes)$/;

/** Places that are no argument of a call: GraphQL documents built from text, strings that may not be strings, raw identifiers. */
export function looseSinks(source: Source): readonly Sink[] {
  return [
    ...documentSinks(source),
    ...argumentSinks(source),
    ...moduleSinks(source),
    ...typeSinks(source),
    ...taggedSinks(source),
    ...loopSinks(source),
  ];
}

const graphql = /^\s*(?:query|mutation|subscription)\b[^{}]*[{(]|^\s*\{\s*\w+\s*\(/;

/** `query { user(id: "${id}") }`: variables exist for this. */
function documentSinks(source: Source): readonly Sink[] {
  const templates = source.tree
    .of('TemplateLiteral')
    .filter(
      (node) =>
        node.expressions.length > 0 &&
        node.parent.type !== 'TaggedTemplateExpression' &&
        !isErrorText(node.parent) &&
        graphql.test(node.quasis[0]?.value.cooked ?? '') &&
        node.quasis.slice(0, -1).some(({ value }) => /["']$/.test(value.cooked ?? '')),
    );
  const sums = source.tree.of('BinaryExpression').filter((node) => {
    if (node.operator !== '+' || node.parent.type === 'BinaryExpression') return false;
    const head = leftmost(node);
    return (
      head.type === 'Literal' && typeof head.value === 'string' && graphql.test(head.value) && /["']$/.test(head.value)
    );
  });
  return [...templates, ...sums].map((node) => ({
    kind: 'graphql',
    label: 'a GraphQL document',
    at: node,
    target: node,
    accepts: (value: Value) => value.built && fromOutside(value),
  }));
}

/** `new TypeError(`query has …`)` is read by people. */
function isErrorText(parent: Node): boolean {
  return parent.type === 'NewExpression' && /Error$/.test(simpleName(parent.callee));
}

/** `query { user(id: ${id}) }`: an argument without quotes, so that the client writes the rest of the document. */
function argumentSinks(source: Source): readonly Sink[] {
  return source.tree.of('TemplateLiteral').flatMap((node) => {
    if (node.parent.type === 'TaggedTemplateExpression' || !graphql.test(node.quasis[0]?.value.cooked ?? '')) return [];
    const holes = node.expressions.filter((_, i) => /[(,]\s*\w+:\s*$/.test(node.quasis[i]?.value.cooked ?? ''));
    return holes.map((target) => ({
      kind: 'graphql' as const,
      label: 'a GraphQL document',
      at: node,
      target,
      accepts: fromRequest,
    }));
  });
}

/** `import(name)`: what is loaded runs. */
function moduleSinks(source: Source): readonly Sink[] {
  return source.tree
    .of('ImportExpression')
    .map((node) => ({ kind: 'code' as const, label: 'import', at: node, target: node.source, accepts: fromRequest }));
}

function leftmost(node: TSESTree.BinaryExpression): Node {
  let at: Node = node;
  for (let steps = 0; at.type === 'BinaryExpression' && steps < 200; steps++) at = at.left;
  return at;
}

/** `req.query.name.trim()`: `?name=a&name=b` makes it an array, and the call throws. */
function typeSinks(source: Source): readonly Sink[] {
  return source.tree.of('CallExpression').flatMap((call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || callee.optional) return [];
    const name = propertyName(callee) ?? '';
    const object = unwrap(callee.object);
    if (
      !stringMethods.test(name) ||
      callee.computed ||
      (object.type !== 'MemberExpression' && object.type !== 'Identifier')
    )
      return [];
    return [
      {
        kind: 'type' as const,
        label: `.${name}()`,
        at: call,
        target: object,
        accepts: (value: Value) =>
          value.trust === 'request' &&
          !value.built &&
          !value.validated &&
          !value.whole &&
          /(?:^|\.)(?:req|request)\.query\.\w+$/.test(value.source),
      },
    ];
  });
}

/** Tags bind values, but a bound value cannot stand for a table's or a column's name, nor for a direction. */
const beforeName = /\b(?:from|join|into|update|table|order\s+by(?:\s+[\w".]+)?|group\s+by)\s+$/i;

function taggedSinks(source: Source): readonly Sink[] {
  return source.tree.of('TaggedTemplateExpression').flatMap((tagged) => {
    const tag = unwrap(tagged.tag);
    const name = tag.type === 'MemberExpression' ? propertyName(tag) : undefined;
    if (name !== '$queryRaw' && name !== '$executeRaw') return [];
    return tagged.quasi.expressions.flatMap((hole, i) => {
      const before = tagged.quasi.quasis[i]?.value.cooked ?? '';
      if (!beforeName.test(before) || hole.type === 'CallExpression' || hole.type === 'TaggedTemplateExpression')
        return [];
      return [
        {
          kind: 'identifier' as const,
          label: name,
          at: tagged,
          target: hole,
          accepts: (value: Value) => value.trust !== 'constant' && value.trust !== 'unknown',
        },
      ];
    });
  });
}
