/**
 * Speed of the analysis of JavaScript and TypeScript on one core: `npm run bench:analysis -- DIR`.
 * Prints thousands of lines a second for the parser alone, for the facts (parse included) and for the rules over the facts.
 * Seconds are the processor's, so that a busy machine does not change them, after a first turn in which the code is compiled.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildProject } from '../src/facts/build-project.ts';
import { isJavaScript, parseSource } from '../src/facts/javascript/parse.ts';
import { readFacts } from '../src/facts/read.ts';
import { allRules } from '../src/lessons/rules.ts';
import type { SourceFile } from '../src/review/types.ts';
import { profiled } from './profile.ts';

const root = process.argv[2];
if (root === undefined) {
  console.error('usage: npm run bench:analysis -- DIR');
  process.exit(2);
}

const files = [...sources(root)];
const lines = files.reduce((sum, file) => sum + file.added.length, 0);
const project = buildProject({ head: 'head', base: 'base', files, context: [], unread: [] });

for (const file of files.slice(0, 200)) readFacts(file, project);
const parsed = timed(() => {
  for (const file of files) attempt(() => parseSource(file.path, file.after ?? ''));
});
const heapBefore = process.memoryUsage().heapUsed;
let rulesTime = 0;
let matches = 0;
const whole = timed(() => {
  for (const file of files) {
    const { facts } = readFacts(file, project);
    rulesTime += timed(() => {
      for (const rule of allRules) attempt(() => (matches += [...rule.check(facts)].length));
    });
  }
});
const grown = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;

console.log(`${files.length} files, ${lines} lines, ${matches} matches before the diff filter`);
print('parse alone', parsed);
print('facts, parse included', whole - rulesTime);
print('rules', rulesTime);
print('all', whole);
console.log(`heap grown by ${grown.toFixed(0)} MiB`);
if (process.argv[3] === '--parts') {
  const shares = await profiled(() => {
    for (const file of files) {
      const { facts } = readFacts(file, project);
      for (const rule of allRules) attempt(() => [...rule.check(facts)]);
    }
  });
  for (const [what, spent] of shares.slice(0, 90)) console.log(`${spent.toFixed(0).padStart(8)} ms  ${what}`);
}

function print(what: string, seconds: number): void {
  console.log(
    `${what.padEnd(24)}${seconds.toFixed(2).padStart(8)} s ${(lines / 1000 / seconds).toFixed(0).padStart(8)} kLOC/s`,
  );
}

function timed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** A file that does not parse costs its time and nothing else. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // Counted in the time, as it is in a review.
  }
}

function* sources(folder: string): Generator<SourceFile> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !isJavaScript(path) || /[/\\](?:node_modules|dist)[/\\]/.test(relative(folder, path)))
      continue;
    const after = readFileSync(path, 'utf8');
    const added = after.split('\n').map((_, index) => index + 1);
    yield { path: relative(folder, path), status: 'added', after, added, removed: [], hunks: [] };
  }
}
