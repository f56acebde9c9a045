import {
  type DefinitionNode,
  type DocumentNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  specifiedScalarTypes,
  visit,
} from 'graphql';

/** Whether a definition belongs to a schema and not to a client's operation. */
export function isTypeSystem(node: DefinitionNode): boolean {
  return node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION;
}

/**
 * Makes a document of a part of a schema that can be built: types that it names and does not define become scalars,
 * extensions of types that are not in sight become definitions, a definition given twice counts once.
 */
export function completeDocument(definitions: readonly DefinitionNode[]): DocumentNode {
  const out: DefinitionNode[] = [];
  const defined = new Set<string>(specifiedScalarTypes.map((type) => type.name));
  const schema = definitions.filter(isTypeSystem);
  for (const node of schema) {
    if (isTypeDefinitionNode(node)) {
      if (defined.has(node.name.value)) continue;
      defined.add(node.name.value);
    }
    if (!isTypeExtensionNode(node)) out.push(node);
  }
  for (const node of schema) {
    if (!isTypeExtensionNode(node)) continue;
    if (defined.has(node.name.value)) out.push(node);
    else {
      defined.add(node.name.value);
      // The extension and the definition of one kind have the same fields but for the description.
      out.push({ ...node, kind: node.kind.replace('Extension', 'Definition') } as DefinitionNode);
    }
  }
  for (const name of namedTypes(out))
    if (!defined.has(name)) out.push({ kind: Kind.SCALAR_TYPE_DEFINITION, name: { kind: Kind.NAME, value: name } });
  return { kind: Kind.DOCUMENT, definitions: out };
}

function namedTypes(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  visit({ kind: Kind.DOCUMENT, definitions }, { NamedType: (node) => void names.add(node.name.value) });
  return names;
}
