import { constantText } from '../../javascript/constant-text.ts';
import { propertyName, unwrap } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import type { Tree as CodeTree } from '../../javascript/tree.ts';
import { newTreeId } from '../parse-tree.ts';
import type { Tree } from '../tree.ts';
import { typeboxContent } from './typebox.ts';

/** Stands for what is not written out: no document resolves it, so nothing is said of it. */
const unknownRef = '#unknown';
/** Words for people: whether they can be read changes nothing. */
const words = new Set(['description', 'title', 'summary', 'example', 'examples', '$id', '$comment', 'errorMessage']);
const maxDepth = 40;

/** Turns the JSON schemas of one file of code into trees with lines, each object once. */
export function schemaWriter(code: CodeTree): (node: Node) => Tree {
  const known = new Map<Node, Tree>();
  const open = new Set<Node>();
  const write = (node: Node, place: Node, depth: number): Tree => {
    const value = declared(code, node);
    // What stands behind a name stands where that is declared.
    const { start, end } = (value === unwrap(node) ? place : value).loc;
    const at = { path: code.path, line: start.line, endLine: end.line };
    const same = known.get(value);
    if (same) return { ...same, ...at };
    if (depth > maxDepth || open.has(value)) return { ...at, id: newTreeId(), ...unknown(code.path, value) };
    open.add(value);
    const content = contentOf(code, value, (inner, of) => write(inner, of, depth + 1));
    open.delete(value);
    const made: Tree = { ...at, id: newTreeId(), ...content };
    known.set(value, made);
    return made;
  };
  return (node) => write(node, node, 0);
}

type Content = Pick<Tree, 'map' | 'list' | 'scalar'>;

function contentOf(code: CodeTree, node: Node, write: (node: Node, place: Node) => Tree): Content {
  if (node.type === 'Literal') return { scalar: 'regex' in node || 'bigint' in node ? node.raw : node.value };
  if (node.type === 'UnaryExpression' && node.operator === '-' && node.argument.type === 'Literal')
    return { scalar: -Number(node.argument.value) };
  if (node.type === 'ArrayExpression') {
    const list = node.elements.map((item) =>
      item === null || item.type === 'SpreadElement' ? undefined : write(item, item),
    );
    return list.every((item) => item !== undefined) ? { list } : unknown(code.path, node);
  }
  if (node.type === 'ObjectExpression') return mapOf(node, write) ?? unknown(code.path, node);
  const built = typeboxContent(code.path, node, write);
  if (built) return built;
  const text = constantText(code, node);
  return text === undefined ? unknown(code.path, node) : { scalar: text };
}

/** Undefined where a key or a keyword's value is not in sight: then the whole says nothing. */
function mapOf(node: Node, write: (node: Node, place: Node) => Tree): Content | undefined {
  const map = new Map<string, Tree>();
  for (const property of node.type === 'ObjectExpression' ? node.properties : []) {
    if (property.type === 'SpreadElement') {
      const spread = write(property.argument, property);
      if (!spread.map || isUnknown(spread)) return undefined;
      for (const [key, value] of spread.map) map.set(key, value);
      continue;
    }
    const name = propertyName(property);
    if (name === undefined) return undefined;
    const value = write(property.value, property);
    if (words.has(name) && isUnknown(value)) continue;
    if (isUnknown(value) && compared.has(name)) return undefined;
    map.set(name, value);
  }
  return { map };
}

/** Keywords whose value is compared as it stands, and not as a schema. */
const compared = new Set(
  'type required enum const format pattern minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems multipleOf default nullable properties anyOf oneOf allOf'.split(
    ' ',
  ),
);

function isUnknown(tree: Tree): boolean {
  return tree.map?.get('$ref')?.scalar === unknownRef;
}

function unknown(path: string, node: Node): Content {
  const { start, end } = node.loc;
  return {
    map: new Map([['$ref', { path, line: start.line, endLine: end.line, id: newTreeId(), scalar: unknownRef }]]),
  };
}

/** What a name of the file stands for, where it is a constant. */
export function declared(code: CodeTree, node: Node): Node {
  let at = unwrap(node);
  for (let steps = 0; steps < 10 && at.type === 'Identifier'; steps++) {
    const binding = code.bindingOf(at);
    if (binding?.kind !== 'const' || binding.node.type !== 'VariableDeclarator' || !binding.node.init) return at;
    if (binding.node.id.type !== 'Identifier') return at;
    at = unwrap(binding.node.init);
  }
  return at;
}
