import { child, entries, isTrue } from '../tree.ts';
import { type Comparison, reportGone, type Spot } from './change.ts';
import { compareSchemas, schemaOf } from './compare-schemas.ts';

/** Headers of a response: gone, no longer certain, or of another schema. */
export function compareHeaders(c: Comparison, before: Spot, after: Spot, subject: string): void {
  const now = new Map([...entries(child(after.node, 'headers'))].map(([name, node]) => [name.toLowerCase(), node]));
  for (const [name, node] of entries(child(before.node, 'headers'))) {
    const old = c.before.resolve(node);
    if (!old) continue;
    const counterpart = now.get(name.toLowerCase());
    const current = counterpart && c.after.resolve(counterpart);
    const words = `the header \`${name.slice(0, 60)}\` of ${subject}`;
    const required = isTrue(old.node, 'required');
    if (!current) {
      reportGone(
        c,
        'removed-response-data',
        required ? 'error' : 'warning',
        { node, via: before.via },
        after,
        `${words} is gone.`,
      );
      continue;
    }
    const at = { node: current.node, via: [...after.via, ...current.via] };
    const was = { node: old.node, via: [...before.via, ...old.via] };
    if (required && !isTrue(current.node, 'required'))
      reportGone(
        c,
        'removed-response-data',
        'error',
        { node: child(old.node, 'required') ?? old.node, via: was.via },
        at,
        `${words} became optional.`,
      );
    const [schema, nowSchema] = [schemaOf(was), schemaOf(at)];
    if (schema && nowSchema) compareSchemas(c, 'response', [schema], [nowSchema], words);
  }
}
