import { child, entries, items, stringAt, type Tree } from '../tree.ts';
import { type Comparison, note, reportAfter, reportGone, type Spot, short } from './change.ts';
import { compareBodies } from './compare-bodies.ts';
import { compareLifecycle, mayBeRemoved } from './compare-lifecycle.ts';
import { compareParameters } from './compare-parameters.ts';
import { compareSecurity } from './compare-security.ts';
import { type Operation, operationsOf, pathItems, templateKey, versionOf } from './contract-view.ts';

/** Compares two documents for the consumer: everything a client that works today could trip over tomorrow. */
export function compareDocuments(c: Comparison, before: Tree, after: Tree): void {
  for (const key of ['paths', 'webhooks'] as const) comparePaths(c, before, after, key);
  compareBasePath(c, before, after);
}

function comparePaths(c: Comparison, before: Tree, after: Tree, key: 'paths' | 'webhooks'): void {
  const nowItems = pathItems(c.after, after, key);
  const nowByTemplate = new Map([...nowItems].map(([path, item]) => [templateKey(path), [path, item] as const]));
  const parent = spotOf(child(after, key) ?? after);
  const known = new Set<string>();
  for (const [path, item] of pathItems(c.before, before, key)) {
    const found = nowByTemplate.get(templateKey(path));
    const old = operationsOf(c.before, path, item);
    known.add(templateKey(path));
    if (!found) {
      removedPath(c, path, item, [...old.values()], parent);
      continue;
    }
    const [nowPath, nowItem] = found;
    const now = operationsOf(c.after, nowPath, nowItem);
    for (const [method, operation] of old) {
      const counterpart = now.get(method);
      if (counterpart) compareOperation(c, operation, counterpart, { before, after }, key === 'webhooks');
      else if (!mayBeRemoved(c, operation.at))
        reportGone(c, 'removed-operation', 'error', operation.at, nowItem, `${name(operation)} is gone.`);
      else note(c, `removed ${name(operation)}, which was deprecated`);
    }
    for (const [method, operation] of now) if (!old.has(method)) note(c, `new operation ${name(operation)}`);
  }
  for (const [path] of nowItems) if (!known.has(templateKey(path))) note(c, `new path \`${path.slice(0, 80)}\``);
}

function removedPath(c: Comparison, path: string, item: Spot, operations: readonly Operation[], parent: Spot): void {
  const lost = operations.filter((operation) => !mayBeRemoved(c, operation.at));
  if (operations.length > 0 && lost.length === 0) {
    note(c, `removed path \`${path.slice(0, 80)}\`, which was deprecated`);
    return;
  }
  const what = lost.map((operation) => operation.method.toUpperCase()).join(', ');
  reportGone(
    c,
    'removed-operation',
    'error',
    item,
    parent,
    `\`${path.slice(0, 80)}\` is gone${what ? ` (${what})` : ''}.`,
  );
}

function compareOperation(
  c: Comparison,
  before: Operation,
  after: Operation,
  roots: { before: Tree; after: Tree },
  webhook: boolean,
): void {
  if (c.budget.steps-- <= 0) return;
  const subject = name(after);
  compareLifecycle(c, before.at, after.at, subject);
  compareParameters(c, before, after, subject);
  compareBodies(c, before, after, roots, subject, webhook);
  compareSecurity(c, before, after, roots, subject);
  compareOperationId(c, before, after, subject);
  compareCallbacks(c, before, after, roots);
}

function compareOperationId(c: Comparison, before: Operation, after: Operation, subject: string): void {
  const old = stringAt(before.at.node, 'operationId');
  const now = stringAt(after.at.node, 'operationId');
  if (old === undefined || old === now) return;
  const node = child(after.at.node, 'operationId');
  const because = `\`operationId\` of ${subject} ${now === undefined ? 'is gone' : 'changed'}: generated clients lose their method.`;
  const gone = child(before.at.node, 'operationId');
  if (node) reportAfter(c, 'changed-operation-id', 'warning', { node, via: after.at.via }, because);
  else if (gone)
    reportGone(c, 'changed-operation-id', 'warning', { node: gone, via: before.at.via }, after.at, because);
}

/** A callback is a request that our server makes: what it sends is a response to the consumer. */
function compareCallbacks(
  c: Comparison,
  before: Operation,
  after: Operation,
  roots: { before: Tree; after: Tree },
): void {
  const now = child(after.at.node, 'callbacks');
  for (const [key, node] of entries(child(before.at.node, 'callbacks'))) {
    const old = c.before.resolve(node);
    const counterpart = child(now, key);
    const current = counterpart && c.after.resolve(counterpart);
    if (!old) continue;
    if (!current) {
      reportGone(
        c,
        'removed-operation',
        'warning',
        { node, via: before.at.via },
        after.at,
        `the callback \`${key.slice(0, 60)}\` of ${name(after)} is gone.`,
      );
      continue;
    }
    for (const [expression, item] of entries(old.node)) {
      const nowItem = child(current.node, expression);
      if (!nowItem) continue;
      const nowOperations = operationsOf(c.after, expression, spotOf(nowItem));
      for (const [method, operation] of operationsOf(c.before, expression, spotOf(item))) {
        const found = nowOperations.get(method);
        if (found) compareBodies(c, operation, found, roots, name(found), true);
      }
    }
  }
}

/** Paths are relative to the servers' paths (Swagger 2: `basePath`): a changed one moves every operation. */
function compareBasePath(c: Comparison, before: Tree, after: Tree): void {
  const old = new Set(basePaths(before));
  const now = basePaths(after);
  if (old.size === 0 || now.length === 0 || versionOf(before) !== versionOf(after) || now.some((path) => old.has(path)))
    return;
  const at = child(after, 'basePath') ?? child(after, 'servers');
  if (at)
    reportAfter(
      c,
      'removed-operation',
      'error',
      spotOf(at),
      `every path has moved: from \`${short([...old][0] ?? '')}\` to \`${short(now[0] ?? '')}\`.`,
    );
}

function basePaths(root: Tree): string[] {
  const base = stringAt(root, 'basePath');
  if (base !== undefined) return [trimmed(base)];
  return items(child(root, 'servers')).flatMap((server) => {
    const url = stringAt(server, 'url');
    return url === undefined || url.includes('{') ? [] : [trimmed(url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, ''))];
  });
}

function trimmed(path: string): string {
  return path.replace(/\/{1,50}$/, '') || '/';
}

function name(operation: Operation): string {
  return `\`${operation.method.toUpperCase()} ${operation.path.slice(0, 80).replaceAll('`', "'")}\``;
}

function spotOf(node: Tree): Spot {
  return { node, via: [] };
}
