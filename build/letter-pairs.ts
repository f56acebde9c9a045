import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Counts how often one letter follows another in the names and prose of a source tree, and writes the table by which the
 * secrets scanner tells words from random letters: `node build/letter-pairs.ts DIR`.
 */
const folder = process.argv[2];
if (!folder) {
  console.error('usage: node build/letter-pairs.ts DIR');
  process.exit(2);
}
const words = new Set<string>();
for (const name of await readdir(folder, { recursive: true })) {
  if (!/\.(?:d\.[cm]?ts|md)$/.test(name)) continue;
  const text = await readFile(join(folder, name), 'utf8').catch(() => '');
  for (const word of text.slice(0, 200_000).match(/[A-Z]?[a-z]{3,14}/g) ?? []) words.add(word.toLowerCase());
}
// Each different word counts once: "the" must not outweigh every identifier.
const counts = Array.from({ length: 26 }, () => new Array<number>(26).fill(1));
for (const word of words) {
  for (let i = 1; i < word.length; i++) {
    const row = counts[word.charCodeAt(i - 1) - 97] as number[];
    row[word.charCodeAt(i) - 97] = (row[word.charCodeAt(i) - 97] as number) + 1;
  }
}
const rows = counts.map((row) => {
  const total = row.reduce((sum, count) => sum + count, 0);
  return row.map((count) => Math.min(9, Math.round(-Math.log(count / total)))).join('');
});
await writeFile(
  'src/facts/secrets/letter-pairs.ts',
  [
    '/**',
    ' * How surprising it is that one letter follows another in words and identifiers: one row for each first letter, one digit',
    ' * for each second, the rounded negative natural logarithm of the conditional frequency. Written by build/letter-pairs.ts.',
    ' */',
    'export const letterPairs: readonly string[] = [',
    ...rows.map((row) => `  '${row}',`),
    '];',
    '',
  ].join('\n'),
);
console.log(`${words.size} different words`);
