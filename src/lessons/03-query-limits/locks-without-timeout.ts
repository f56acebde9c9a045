import type { Project } from '../../facts/project.ts';
import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { withTimeout } from './migration-fix.ts';
import { at, migrationKinds, named } from './migration-match.ts';

const locking = [
  'add-column',
  'drop-column',
  'rename-column',
  'change-type',
  'set-not-null',
  'add-constraint',
] as const;

export const locksWithoutTimeout = defineRule({
  id: 'locks-without-timeout',
  lesson: 3,
  severity: 'warning',
  summary: 'Tables are locked with no lock_timeout: set one, or lock one table a migration.',
  why: 'A statement that waits for its lock blocks everything that comes after it. In one transaction the first tables stay locked while the next is waited for, and two such transactions can wait for each other.',
  fix: `Begin with \`SET lock_timeout = '2s'\` and retry, or lock one table a migration.`,
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `BEGIN;
ALTER TABLE orders ADD COLUMN note text;
>ALTER TABLE customers ADD COLUMN note text;
COMMIT;`,
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `SET lock_timeout = '2s';
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE customers ADD COLUMN note text;
COMMIT;`,
      },
    ],
  },
  *check({ file, sql, project }) {
    const timeouts = sql?.changes.filter((change) => change.op === 'set-timeout') ?? [];
    if (timeouts.some((change) => !change.name?.includes('.'))) return;
    const locks = postgresChanges(sql, ...locking);
    const [first] = locks;
    if (first && timeouts.length > 0)
      return yield at(first, 'A setting with a dot in its name is your own: PostgreSQL waits as long as before.');
    if (first && othersSetTimeout(file.path, project))
      return yield {
        ...at(first, 'The other migrations of this folder set a lock_timeout.'),
        ...withTimeout(file, first),
      };
    const locked = new Set<string>();
    for (const change of locks) {
      if (change.inTransaction !== true || !change.table || locked.has(change.table)) continue;
      locked.add(change.table);
      if (locked.size < 2) continue;
      const because = `${named([...locked][0])} stays locked while this statement waits.`;
      return yield { ...at(change, because), ...withTimeout(file, change) };
    }
  },
});

const maxNeighbours = 50;

/** Whether most of the scripts beside this one set a lock_timeout: the house's rule, forgotten here. */
function othersSetTimeout(path: string, project: Project): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const others = project.paths.filter((other) => other !== path && other.startsWith(folder) && /\.sql$/i.test(other));
  const texts = others.slice(-maxNeighbours).flatMap((other) => project.text(other) ?? []);
  return texts.filter((text) => /\block_timeout\b/i.test(text)).length * 2 > texts.length;
}
