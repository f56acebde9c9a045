import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { scanText } from '../src/facts/secrets/scan.ts';

/** MB/s of the secrets scanner over a source tree, and of secretlint's recommended preset over the same texts. */
const folder = process.argv[2];
if (!folder) {
  console.error('usage: npm run bench:secrets -- DIR');
  process.exit(2);
}
const texts = await readTexts(folder);
const bytes = texts.reduce((sum, { text }) => sum + text.length, 0);

for (const { path, text } of texts.slice(0, 50)) scanText(path, text);
const own = seconds(await time(() => Promise.resolve(texts.forEach(({ path, text }) => void scanText(path, text)))));
const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, rules: [] }] };
const peer = seconds(
  await time(async () => {
    for (const { path, text } of texts) {
      await lintSource({
        source: { content: text, filePath: path, ext: '', contentType: 'text' },
        options: { config: config as never },
      });
    }
  }),
);
console.log(`${texts.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
console.log(`hindsight   ${(bytes / 1e6 / own).toFixed(1)} MB/s`);
console.log(`secretlint  ${(bytes / 1e6 / peer).toFixed(1)} MB/s   (ratio ${(peer / own).toFixed(1)})`);

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}

async function readTexts(root: string): Promise<{ path: string; text: string }[]> {
  const found: { path: string; text: string }[] = [];
  for (const name of await readdir(root, { recursive: true })) {
    if (name.includes('node_modules/') || !/\.(?:[cm]?[jt]sx?|json|ya?ml|md|toml|env|sh|sql|html|css)$/.test(name))
      continue;
    const path = join(root, name);
    const size = (await stat(path)).size;
    if (size > 0 && size < 1_000_000) found.push({ path, text: await readFile(path, 'utf8') });
  }
  return found;
}
