/**
 * Speed of the secrets scanner on one core, all detectors on (of JavaScript's syntax only what lines show: the tree is parsed
 * for the other lessons anyway), and of secretlint's recommended preset over the same texts in the same run:
 * `npm run bench:secrets -- DIR`. The best of some rounds each, so that the compiler is warm for both.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { scanText } from '../src/facts/secrets/scan.ts';

const rounds = 8;
const folder = process.argv[2];
if (!folder) {
  console.error('usage: npm run bench:secrets -- DIR');
  process.exit(2);
}
const texts = await readTexts(folder);
const megabytes = texts.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, rules: [] }] };

async function ownRound(): Promise<void> {
  for (const { path, text } of texts) scanText(path, text);
}

async function peerRound(): Promise<void> {
  for (const { path, text } of texts) {
    await lintSource({
      source: { content: text, filePath: path, ext: '', contentType: 'text' },
      // The preset's type is of another copy of the package's types.
      options: { config: config as never },
    });
  }
}

const own = await best(ownRound);
const peer = await best(peerRound);
console.log(`${texts.length} files, ${megabytes.toFixed(1)} MB, best of ${rounds} rounds`);
console.log(`hindsight   ${(megabytes / own).toFixed(1)} MB/s`);
console.log(`secretlint  ${(megabytes / peer).toFixed(1)} MB/s   (ratio ${(peer / own).toFixed(1)})`);

/** Seconds of the fastest round. One after the other: the garbage of one must not be collected on the other's time. */
async function best(work: () => Promise<void>): Promise<number> {
  let seconds = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return seconds;
}

async function readTexts(root: string): Promise<{ path: string; text: string }[]> {
  const found: { path: string; text: string }[] = [];
  for (const name of await readdir(root, { recursive: true })) {
    if (name.includes('node_modules/') || !/\.(?:[cm]?[jt]sx?|json|ya?ml|md|toml|env|sh|sql|html|css)$/.test(name))
      continue;
    const path = join(root, name);
    const { size } = await stat(path);
    if (size > 0 && size < 1_000_000) found.push({ path, text: await readFile(path, 'utf8') });
  }
  return found;
}
