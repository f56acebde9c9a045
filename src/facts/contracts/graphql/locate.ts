import { type ASTNode, type DefinitionNode, isTypeDefinitionNode, isTypeExtensionNode } from 'graphql';
import type { SourceFile } from '../../../review/types.ts';
import { linesWithin } from '../openapi/change.ts';

export interface Located {
  readonly line: number;
  readonly endLine: number;
  readonly side?: 'before';
}

/**
 * The place of a change that graphql-js describes in words only: the names in the description, innermost first, are looked
 * up in the head where the change touches them, then among the removed lines of the base.
 *
 * @returns undefined when the change is not one of this file
 */
export function locate(
  description: string,
  before: readonly DefinitionNode[],
  after: readonly DefinitionNode[],
  file: SourceFile,
): Located | undefined {
  for (const path of pathsIn(description)) {
    for (const [definitions, lines, side] of [
      [after, file.added, undefined],
      [before, file.removed, 'before'],
    ] as const) {
      for (const node of nodesAt(definitions, path)) {
        const place = placeOf(node);
        const touched = place ? linesWithin(lines, place.line, place.endLine) : [];
        const [first, last] = [touched[0], touched.at(-1)];
        if (first === undefined || last === undefined) continue;
        return { line: first, endLine: path.length > 1 ? last : first, ...(side && { side }) };
      }
    }
  }
  return undefined;
}

/** "User.email changed type …" → User › email; "A required arg id on Query.user was added" → Query › user › id; "X was removed from enum type E" → E › X. */
function pathsIn(description: string): string[][] {
  const words = description.match(/[A-Za-z_]\w{0,200}(?:\.[A-Za-z_]\w{0,200}){0,3}/g)?.slice(0, 30) ?? [];
  const dotted = words.filter((word) => word.includes('.')).map((word) => word.split('.'));
  const plain = words.filter((word) => !word.includes('.'));
  const paths: string[][] = [];
  for (const path of dotted) for (const word of plain) paths.push([...path, word]);
  paths.push(...dotted);
  for (const outer of plain) for (const inner of plain) if (outer !== inner) paths.push([outer, inner]);
  for (const word of plain) paths.push([word]);
  for (const path of dotted) if (path[0] !== undefined) paths.push([path[0]]);
  return paths.slice(0, 1_500);
}

function nodesAt(definitions: readonly DefinitionNode[], path: readonly string[]): readonly ASTNode[] {
  let nodes = named(definitions, () => definitions.filter(isType)).get(path[0]) ?? [];
  for (const name of path.slice(1)) nodes = nodes.flatMap((node) => named(node, () => membersOf(node)).get(name) ?? []);
  return nodes;
}

function isType(node: DefinitionNode): boolean {
  return isTypeDefinitionNode(node) || isTypeExtensionNode(node) || node.kind === 'DirectiveDefinition';
}

const indexes = new WeakMap<object, ReadonlyMap<string | undefined, readonly ASTNode[]>>();

/** Nodes by their name, grouped once for a holder: each change of a schema asks for many names. */
function named(holder: object, nodes: () => readonly ASTNode[]): ReadonlyMap<string | undefined, readonly ASTNode[]> {
  const known = indexes.get(holder);
  if (known) return known;
  const index = Map.groupBy(nodes(), nameOf);
  indexes.set(holder, index);
  return index;
}

function membersOf(node: ASTNode): readonly ASTNode[] {
  const members: ASTNode[] = [];
  for (const key of ['fields', 'arguments', 'values', 'types', 'interfaces', 'locations'] as const) {
    const list = (node as unknown as Record<string, readonly ASTNode[] | undefined>)[key];
    if (list) members.push(...list);
  }
  return members;
}

function nameOf(node: ASTNode): string | undefined {
  return 'name' in node && node.name && 'value' in node.name ? node.name.value : undefined;
}

function placeOf(node: ASTNode): Located | undefined {
  const loc = node.loc;
  return loc && { line: loc.startToken.line, endLine: loc.endToken.line };
}
