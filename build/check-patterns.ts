/**
 * Looks at every regular expression written in `src` for texts that take it more than linear time, and ends with 1 when there is one.
 * It takes minutes: the tests ask only the expressions of the secrets engine, which meet every line. What recheck cannot decide
 * within two seconds is counted.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import { patternsOf } from './patterns-of.ts';

const folder = join(import.meta.dirname, '../src');
const within = { timeout: 2_000 };

let asked = 0;
let undecided = 0;
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.ts')) continue;
  for (const { source, flags } of patternsOf(join(folder, name))) {
    const { status } = checkSync(source, flags, within);
    asked++;
    if (status === 'unknown') undecided++;
    if (status !== 'vulnerable') continue;
    console.error(`src/${name}: /${source}/${flags}`);
    process.exitCode = 1;
  }
}
console.log(`${asked} expressions, ${undecided} undecided`);
