import { propertyName, unwrap } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import { newTreeId } from '../parse-tree.ts';
import type { Tree } from '../tree.ts';

type Content = Pick<Tree, 'map' | 'list' | 'scalar'>;
type Write = (node: Node, place: Node) => Tree;

const builders = /^(?:Type|t)$/;
const plain: Readonly<Record<string, string>> = {
  String: 'string',
  Number: 'number',
  Integer: 'integer',
  Boolean: 'boolean',
  Null: 'null',
};

/** The name of the TypeBox builder that a call is of: `Object` of `Type.Object(…)`. */
export function typeboxOf(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object } = node.callee;
  return object.type === 'Identifier' && builders.test(object.name) ? propertyName(node.callee) : undefined;
}

/** What a TypeBox call stands for as a JSON schema; undefined for a builder whose schema is not written out. */
export function typeboxContent(path: string, node: Node, write: Write): Content | undefined {
  const name = typeboxOf(node);
  if (name === undefined || node.type !== 'CallExpression') return undefined;
  const [first, second] = node.arguments;
  const leaf = (scalar: string | boolean): Tree => ({ ...placeOf(path, node), id: newTreeId(), scalar });
  const whole = (entries: readonly (readonly [string, Tree])[], options: Node | undefined): Content | undefined => {
    // A list of fields or of choices that is not in sight leaves nothing to say.
    if (entries.some(([key, value]) => key !== 'items' && value.map?.has('$ref'))) return undefined;
    if (!options) return { map: new Map(entries) };
    const given = write(options, options).map;
    return given && !given.has('$ref') ? { map: new Map([...given, ...entries]) } : undefined;
  };
  const type = plain[name];
  if (type !== undefined) return whole([['type', leaf(type)]], first);
  if (!first) return undefined;
  if (name === 'Object') return whole([['type', leaf('object')], ...fieldsOf(path, first, write)], second);
  if (name === 'Array')
    return whole(
      [
        ['type', leaf('array')],
        ['items', write(first, first)],
      ],
      second,
    );
  if (name === 'Union') return whole([['anyOf', write(first, first)]], second);
  if (name === 'Literal') return whole([['const', write(first, first)]], second);
  if (name !== 'Optional' && name !== 'Readonly') return undefined;
  const { map } = write(first, node);
  return map && { map };
}

function fieldsOf(path: string, object: Node, write: Write): readonly (readonly [string, Tree])[] {
  const properties = write(object, object);
  const names = unwrap(object).type === 'ObjectExpression' ? requiredOf(unwrap(object)) : [];
  const list = names.map(({ name, at }): Tree => ({ ...placeOf(path, at), id: newTreeId(), scalar: name }));
  return [
    ['properties', properties],
    ['required', { ...placeOf(path, object), id: newTreeId(), list }],
  ];
}

/** Fields are demanded unless they are `Type.Optional(…)`. */
function requiredOf(object: Node): readonly { name: string; at: Node }[] {
  if (object.type !== 'ObjectExpression') return [];
  return object.properties.flatMap((property) => {
    const name = property.type === 'Property' ? propertyName(property) : undefined;
    if (property.type !== 'Property' || name === undefined) return [];
    return typeboxOf(unwrap(property.value)) === 'Optional' ? [] : [{ name, at: property }];
  });
}

function placeOf(path: string, node: Node): Pick<Tree, 'path' | 'line' | 'endLine'> {
  return { path, line: node.loc.start.line, endLine: node.loc.end.line };
}
