import type { Documents } from '../documents.ts';
import { child, entries, isTrue, items, stringAt, type Tree } from '../tree.ts';
import type { Spot } from './change.ts';

export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

/** An operation of a contract, with what it inherits from its path and its document. */
export interface Operation {
  readonly method: string;
  /** Path template as written, or the name of a webhook. */
  readonly path: string;
  readonly at: Spot;
  readonly pathItem: Spot;
  readonly parameters: ReadonlyMap<string, Parameter>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly at: Spot;
}

/** 2 for Swagger 2.0, else the minor version of OpenAPI 3 as a number: 3.0, 3.1, 3.2; undefined where it is neither. */
export function versionOf(root: Tree | undefined): number | undefined {
  if (child(root, 'swagger')) return 2;
  const version = child(root, 'openapi')?.scalar;
  const match = /^3\.(\d)/.exec(String(version ?? ''));
  return match ? 3 + Number(match[1]) / 10 : undefined;
}

/** Path items of a document: its paths, or its webhooks. References are followed. */
export function pathItems(documents: Documents, root: Tree, key: 'paths' | 'webhooks'): Map<string, Spot> {
  const found = new Map<string, Spot>();
  for (const [path, node] of entries(child(root, key))) {
    if (path.startsWith('x-')) continue;
    const resolved = documents.resolve(node);
    if (resolved) found.set(path, resolved.via.length > 0 ? resolved : { node, via: [] });
  }
  return found;
}

/** Operations of a path item by method; path-level parameters are part of each. */
export function operationsOf(documents: Documents, path: string, item: Spot): Map<string, Operation> {
  const found = new Map<string, Operation>();
  const shared = parametersOf(documents, path, item);
  for (const method of methods) {
    const node = child(item.node, method);
    if (!node) continue;
    const at = { node, via: item.via };
    found.set(method, {
      method,
      path,
      at,
      pathItem: item,
      parameters: new Map([...shared, ...parametersOf(documents, path, at)]),
    });
  }
  return found;
}

/**
 * Parameters of a path item or an operation, by `in` and name. A path parameter is known by its position in the template, so
 * that renaming it is no change.
 */
export function parametersOf(documents: Documents, path: string, holder: Spot): Map<string, Parameter> {
  const found = new Map<string, Parameter>();
  const positions = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
  for (const node of items(child(holder.node, 'parameters'))) {
    const resolved = documents.resolve(node);
    if (!resolved) continue;
    const name = stringAt(resolved.node, 'name') ?? '';
    const place = stringAt(resolved.node, 'in') ?? '';
    const position = place === 'path' ? positions.indexOf(name) : -1;
    const key =
      place === 'body'
        ? 'body'
        : position >= 0
          ? `path ${position}`
          : `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    const at = { node: resolved.node, via: [...holder.via, ...resolved.via] };
    found.set(key, { name, in: place, required: isTrue(resolved.node, 'required') || place === 'path', at });
  }
  return found;
}

/** A path template without the names of its parameters: two templates that match the same requests are equal. */
export function templateKey(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}');
}

/** Media types of a body: OpenAPI 3's `content`, by name without parameters' spacing. */
export function contentOf(documents: Documents, holder: Spot): Map<string, Spot> {
  const found = new Map<string, Spot>();
  for (const [name, node] of entries(child(holder.node, 'content'))) {
    const resolved = documents.resolve(node);
    if (resolved)
      found.set(name.toLowerCase().replaceAll(' ', ''), { node: resolved.node, via: [...holder.via, ...resolved.via] });
  }
  return found;
}
