import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** What an App is allowed and told: as app.yml asks for it, or as GitHub says it is. */
export interface AppSettings {
  /** `read` or `write`, by permission. */
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

const manifest = z.object({
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
});

/** Reads app.yml, which lies beside src/ and dist/. */
export function readManifest(): AppSettings {
  const file = manifest.parse(parse(readFileSync(new URL('../app.yml', import.meta.url), 'utf8')));
  return { permissions: file.default_permissions, events: file.default_events };
}

const rank: Record<string, number> = { read: 1, write: 2, admin: 3 };

/** Says, one sentence each, what a living App lacks of what is wanted. More than is wanted is not lacking. */
export function lacking(wanted: AppSettings, live: AppSettings): string[] {
  const permissions = Object.entries(wanted.permissions)
    .filter(([name, level]) => (rank[live.permissions[name] ?? ''] ?? 0) < (rank[level] ?? 0))
    .map(
      ([name, level]) =>
        `The permission ${name}: ${level} is missing (it is ${live.permissions[name] ?? 'not granted'}).`,
    );
  const events = wanted.events
    .filter((event) => !live.events.includes(event))
    .map((event) => `The event ${event} is not subscribed.`);
  return [...permissions, ...events];
}
