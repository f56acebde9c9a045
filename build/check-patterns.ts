/**
 * Looks at every regular expression written in `src` for texts that take it more than linear time, and ends with 1 when there is one.
 * recheck finds texts that may be slow; each is tried here as it grows, because a bounded repeat is named too, which costs a
 * constant. It takes minutes: the tests ask only the expressions of the secrets engine, which meet every line. What recheck
 * cannot decide within two seconds is counted. Token formats are left to their own test: the scanner tries each only where its
 * word stands.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AttackPattern, checkSync } from 'recheck';
import { patternsOf } from './patterns-of.ts';

const folder = join(import.meta.dirname, '../src');
const within = { timeout: 2_000 };
/** Characters of the texts that are tried. At the longest, a repeat of two hundred takes some 20 ms, and a square four seconds. */
const lengths = [4_000, 16_000, 64_000];
const slowMs = 250;

let asked = 0;
let bounded = 0;
let undecided = 0;
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.ts') || name.includes(join('secrets', 'formats'))) continue;
  for (const { source, flags } of patternsOf(join(folder, name))) {
    const found = checkSync(source, flags, within);
    asked++;
    if (found.status === 'unknown') undecided++;
    if (found.status !== 'vulnerable') continue;
    if (isSlow(new RegExp(source, flags), found.attack)) {
      console.error(`src/${name}: /${source}/${flags}`);
      process.exitCode = 1;
    } else bounded++;
  }
}
console.log(
  `${asked} expressions, ${undecided} undecided, ${bounded} whose repeats have a bound that keeps them linear`,
);

/** Whether the text that recheck found takes long as it grows. */
function isSlow(pattern: RegExp, attack: AttackPattern): boolean {
  for (const length of lengths) {
    const text = grown(attack, length);
    const start = process.cpuUsage();
    pattern.lastIndex = 0;
    pattern.test(text);
    const { user, system } = process.cpuUsage(start);
    if ((user + system) / 1_000 > slowMs) return true;
  }
  return false;
}

function grown({ pumps, suffix, string }: AttackPattern, length: number): string {
  const pumped = pumps.reduce((sum, { pump }) => sum + pump.length, 0);
  if (pumped === 0) return string;
  const times = Math.ceil(length / pumped);
  return pumps.map(({ prefix, pump, bias }) => prefix + pump.repeat(times + bias)).join('') + suffix;
}
