import type { Documents } from '../documents.ts';
import { child, entries, items, type Tree } from '../tree.ts';
import { type Comparison, note, reportAfter, type Spot, short } from './change.ts';
import type { Operation } from './contract-view.ts';

/**
 * What a client must show to call an operation: it breaks when none of the ways that worked before is enough any more.
 * Easier access is noted only.
 */
export function compareSecurity(
  c: Comparison,
  before: Operation,
  after: Operation,
  roots: { before: Tree; after: Tree },
  subject: string,
): void {
  const old = child(before.at.node, 'security') ?? child(roots.before, 'security');
  const now = child(after.at.node, 'security') ?? child(roots.after, 'security');
  compareSchemes(c, now, roots);
  const was = waysOf(old);
  const is = waysOf(now);
  const broken = was.filter((way) => !is.some((other) => [...other].every((need) => way.has(need))));
  if (!now || broken.length === 0) {
    if (now !== old && is.length !== was.length) note(c, `security of ${subject} changed`);
    return;
  }
  const at = child(after.at.node, 'security') ? { node: now, via: after.at.via } : { node: now, via: [] };
  const opened = was.some((way) => way.size === 0);
  reportAfter(
    c,
    'changed-security',
    'error',
    at,
    opened ? `${subject} demands credentials now.` : `${subject} no longer accepts the credentials or scopes it did.`,
  );
}

/** What a client shows and where, by the schemes that an operation names: told once for each, where its definition changed. */
function compareSchemes(c: Comparison, security: Tree | undefined, roots: { before: Tree; after: Tree }): void {
  for (const [name] of items(security).flatMap((requirement) => [...entries(requirement)])) {
    const [old, now] = [schemeOf(c.before, roots.before, name), schemeOf(c.after, roots.after, name)];
    if (!old || !now) continue;
    for (const key of ['type', 'in', 'name', 'scheme']) {
      const node = child(now.node, key);
      if (!node || lower(child(old.node, key)) === lower(node)) continue;
      const because = `\`${key}\` of the scheme \`${short(name)}\` changed: what clients show is not looked at any more.`;
      reportAfter(c, 'changed-security', 'error', { node, via: now.via }, because);
      break;
    }
  }
}

function schemeOf(documents: Documents, root: Tree, name: string): Spot | undefined {
  const node = child(root, 'components', 'securitySchemes', name) ?? child(root, 'securityDefinitions', name);
  return node && documents.resolve(node);
}

/** Names of headers and of HTTP's schemes are compared without case. */
function lower(node: Tree | undefined): string | undefined {
  return typeof node?.scalar === 'string' ? node.scalar.toLowerCase() : undefined;
}

/** Each way is a set of needs: a scheme, or a scheme's scope. No requirement at all is one way that needs nothing. */
function waysOf(security: Tree | undefined): ReadonlySet<string>[] {
  const list = items(security);
  if (list.length === 0) return [new Set()];
  return list.map((requirement) => {
    const needs = new Set<string>();
    for (const [scheme, scopes] of entries(requirement)) {
      needs.add(scheme);
      for (const scope of items(scopes)) needs.add(`${scheme} ${String(scope.scalar)}`);
    }
    return needs;
  });
}
