import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

export interface NodeFault {
  readonly type: string;
  readonly message: string;
}

/**
 * GitHub refuses a connection without `first` or `last`, or with more than 100, and a document that could give more than
 * 500,000 nodes (W7): the product of the page sizes down each path, summed.
 */
export function nodeFault(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  limit: number,
): NodeFault | undefined {
  const types = new TypeInfo(schema);
  const factors: number[] = [];
  let nodes = 0;
  let found: NodeFault | undefined;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          const type = types.getType();
          if (!type || !getNamedType(type).name.endsWith('Connection')) return;
          const size = pageSize(node, variables);
          if (size !== undefined || readsItems(node)) found ??= sizeFault(node.name.value, size);
          nodes += [...factors, size ?? 0].reduce((product, factor) => product * factor, 1);
          factors.push(size ?? 0);
        },
        leave() {
          const type = types.getType();
          if (type && getNamedType(type).name.endsWith('Connection')) factors.pop();
        },
      },
    }),
  );
  if (found) return found;
  if (nodes <= limit) return undefined;
  const message = `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of ${limit}.`;
  return { type: 'MAX_NODE_LIMIT_EXCEEDED', message };
}

/** `totalCount` alone needs no page size. */
function readsItems(node: FieldNode): boolean {
  const asked = node.selectionSet?.selections ?? [];
  return asked.some((one) => one.kind !== 'Field' || ['nodes', 'edges', 'pageInfo'].includes(one.name.value));
}

function sizeFault(name: string, size: number | undefined): NodeFault | undefined {
  if (size === undefined) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    return { type: 'MISSING_PAGINATION_BOUNDARIES', message };
  }
  if (size >= 0 && size <= 100) return undefined;
  const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`;
  return { type: 'EXCESSIVE_PAGINATION', message };
}

function pageSize(node: FieldNode, variables: Readonly<Record<string, unknown>>): number | undefined {
  const argument = node.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
  return argument && numberOf(argument.value, variables);
}

function numberOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): number | undefined {
  if (value.kind === 'IntValue') return Number(value.value);
  if (value.kind !== 'Variable') return undefined;
  const given = variables[value.name.value];
  return typeof given === 'number' ? given : undefined;
}
