import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Permissions } from './types.ts';

const manifest = z.object({
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
});

/** The app is created here as GitHub creates it, from app.yml: what that file forgets to ask for is missing here too. */
export async function readManifest(): Promise<{ permissions: Permissions; events: readonly string[] }> {
  const { default_permissions, default_events } = manifest.parse(
    parse(await readFile(new URL('../../app.yml', import.meta.url), 'utf8')),
  );
  return { permissions: default_permissions, events: default_events };
}
