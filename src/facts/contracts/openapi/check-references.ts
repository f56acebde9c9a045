import { splitRef } from '../documents.ts';
import { child, stringAt } from '../tree.ts';
import type { Check } from './check.ts';
import { everyMap } from './scan.ts';

/** `$ref`s that lead nowhere, and keys beside a `$ref` that tools before OpenAPI 3.1 ignore. */
export function checkReferences(check: Check): void {
  for (const { node, keys } of everyMap(check.root)) {
    const ref = stringAt(node, '$ref');
    const at = child(node, '$ref');
    if (ref === undefined || !at || keys.at(-1) === 'properties' || keys.length === 0) continue;
    const target = splitRef(node.path, ref);
    // A URL is never fetched, and a file that is not in sight may well exist: both are unknown.
    if (target && check.documents.parsed(target.path) && !check.documents.resolve(node)) {
      check.report('unresolved-reference', 'error', at, `\`${ref.slice(0, 100).replaceAll('`', "'")}\` leads nowhere.`);
    }
    // In 3.0, `summary` and `description` beside a reference are common, harmless and often rendered.
    const siblings = [...(node.map?.keys() ?? [])].filter(
      (key) => key !== '$ref' && !key.startsWith('x-') && key !== 'description' && key !== 'summary',
    );
    const sibling = siblings[0];
    const isPathItem = keys.at(-2) === 'paths';
    if (check.version < 3.1 && sibling !== undefined && !isPathItem) {
      check.report(
        'ignored-ref-sibling',
        'warning',
        child(node, sibling) ?? at,
        `\`${sibling.slice(0, 40)}\` stands beside \`$ref\` and is ignored before OpenAPI 3.1.`,
      );
    }
  }
}
