/** Copies what the compiler leaves behind: whatever in src/ is not TypeScript (lesson pages, the endpoints' description). */
import { cpSync, globSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
for (const path of globSync('**/*.*', { cwd: join(root, 'src'), exclude: (name) => name === 'sandbox' })) {
  if (path.endsWith('.ts')) continue;
  const target = join(root, 'dist', path);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, 'src', path), target);
}
