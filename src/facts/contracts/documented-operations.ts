import type { Project } from '../project.ts';
import { namedLikeContract } from './contract-paths.ts';
import { type Documents, openDocuments } from './documents.ts';
import { operationsOf, pathItems, versionOf } from './openapi/contract-view.ts';
import { child, items, stringAt, type Tree } from './tree.ts';

/** An operation that a contract of the repository documents. */
export interface DocumentedOperation {
  /** Upper case. */
  readonly method: string;
  /** Path with the server's base path, parameters as `{}`. */
  readonly path: string;
  /** Path as the contract writes it, base path included. */
  readonly template: string;
  readonly file: string;
  readonly line: number;
  /** Its `operationId`. */
  readonly id?: string;
}

const known = new WeakMap<Project, readonly DocumentedOperation[]>();
const maxDocuments = 10;

/** The operations that the repository's OpenAPI documents describe at the head. Computed once for a project. */
export function documentedOperations(project: Project): readonly DocumentedOperation[] {
  let operations = known.get(project);
  if (!operations) {
    operations = project.paths
      .filter(namedLikeContract)
      .slice(0, maxDocuments)
      .flatMap((path) => operationsIn(project, path));
    known.set(project, operations);
  }
  return operations;
}

function operationsIn(project: Project, file: string): readonly DocumentedOperation[] {
  try {
    const documents = openDocuments((path) => project.text(path));
    return operationsOfDocument(documents, documents.parsed(file)?.tree);
  } catch (error) {
    // A document too large to read documents nothing we know of; its own review says so.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** The operations of one document; none where the text is no whole document. */
export function operationsOfDocument(documents: Documents, root: Tree | undefined): readonly DocumentedOperation[] {
  if (!root || versionOf(root) === undefined) return [];
  const base = basePath(root);
  return [...pathItems(documents, root, 'paths')].flatMap(([path, item]) =>
    [...operationsOf(documents, path, item).values()].map(({ method, at }) => {
      const id = stringAt(at.node, 'operationId');
      return {
        method: method.toUpperCase(),
        path: normalPath(base + path),
        template: base + path,
        file: at.node.path,
        line: at.node.line,
        ...(id !== undefined && { id }),
      };
    }),
  );
}

function basePath(root: Tree): string {
  const base = stringAt(root, 'basePath') ?? stringAt(items(child(root, 'servers'))[0], 'url') ?? '';
  return base.replace(/^[a-z][a-z0-9+.-]{0,20}:\/\/[^/]*/i, '').replace(/\/{1,20}$/, '');
}

/** One form for every way to write a path template: `/users/:id`, `/users/{id}`, `/users/[id]`, `/users/<id>` → `/users/{}`. */
export function normalPath(path: string): string {
  const parts =
    path
      .split('?')[0]
      ?.split('/')
      .filter((part) => part !== '') ?? [];
  return `/${parts.map((part) => (/^[:*]|^\{.*\}$|^\[.*\]$|^<.*>$/.test(part) ? '{}' : part.toLowerCase())).join('/')}`;
}

/**
 * Whether a route of the code is one of the documented operations. A router may be mounted below a prefix that is not in
 * sight, so the end of a documented path counts.
 */
export function isDocumented(operations: readonly DocumentedOperation[], method: string, path: string): boolean {
  const route = normalPath(path);
  const name = method.toUpperCase();
  return operations.some(
    (operation) =>
      (operation.method === name || name === 'ALL' || name === 'USE') &&
      (operation.path === route || (route === '/' ? false : operation.path.endsWith(route))),
  );
}
