/**
 * Speed of the analysis of JavaScript and TypeScript on one core: `npm run bench:analysis -- DIR [--parts] [--memory]`.
 * Prints thousands of lines a second of the first turn, in which the engine compiles the code on the way (a command on a
 * terminal has no other), and after three such turns (a service that has been running for a while) for the parser alone, for
 * the facts (parse included) and for the rules over the facts; with `--parts` what each part of the facts and each rule takes
 * of it, with `--memory` the heap that stays in use over 5,000 files. Seconds are the processor's, so that a busy machine
 * changes them less.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { buildProject } from '../src/facts/build-project.ts';
import { isJavaScript, parseSource } from '../src/facts/javascript/parse.ts';
import type { Project } from '../src/facts/project.ts';
import { readFacts } from '../src/facts/read.ts';
import { schemaOf } from '../src/facts/schemas/reader.ts';
import { allRules } from '../src/lessons/rules.ts';
import type { SourceFile } from '../src/review/types.ts';
import { heapInUse, profiled } from './profile.ts';

const { positionals, values } = parseArgs({
  options: { parts: { type: 'boolean' }, memory: { type: 'boolean' } },
  allowPositionals: true,
});
const [root] = positionals;
if (root === undefined) {
  console.error('usage: npm run bench:analysis -- DIR [--parts] [--memory]');
  process.exit(2);
}

/** The second turn takes half of what the first takes; those after it still become a little faster. */
const warmTurns = 3;
const files = [...sources(root)];
const lines = files.reduce((sum, file) => sum + file.added.length, 0);

const first = timed(analyseAll);
for (let turn = 1; turn < warmTurns; turn++) analyseAll();
const parsed = timed(() => {
  for (const file of files) attempt(() => parseSource(file.path, file.after ?? ''));
});
let rulesTime = 0;
let matches = 0;
const project = openProject();
const whole = timed(() => {
  for (const file of files) {
    const { facts } = readFacts(file, project);
    rulesTime += timed(() => {
      for (const rule of allRules) attempt(() => (matches += [...rule.check(facts)].length));
    });
  }
});

console.log(`${files.length} files, ${lines} lines, ${matches} matches before the diff filter`);
print('first turn', first);
print('parse alone', parsed);
print('facts, parse included', whole - rulesTime);
print('rules', rulesTime);
print('all', whole);
if (values.parts) await printParts();
if (values.memory) printMemory();

async function printParts(): Promise<void> {
  const shares = await profiled(analyseAll);
  for (const [what, spent] of shares.slice(0, 90)) console.log(`${spent.toFixed(0).padStart(8)} ms  ${what}`);
}

/** The directory is reviewed again and again, each time as another change. */
function printMemory(): void {
  let current = openProject();
  for (let count = 1; count <= 5_000; count++) {
    const file = files[count % files.length] as SourceFile;
    if (file === files[0]) current = openProject();
    analyse(file, current);
    if (count % 1_000 === 0)
      console.log(`${String(count).padStart(6)} files: heap in use ${heapInUse().toFixed(0).padStart(5)} MiB`);
  }
}

function openProject(): Project {
  return buildProject({ head: 'head', base: 'base', files, context: [], unread: [] }, schemaOf);
}

function analyseAll(): void {
  const within = openProject();
  for (const file of files) analyse(file, within);
}

function analyse(file: SourceFile, within: Project): void {
  const { facts } = readFacts(file, within);
  for (const rule of allRules) attempt(() => [...rule.check(facts)]);
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
