import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { CommanderError } from 'commander';
import { openAnalysisPool } from './analysis-pool.ts';
import { buildProgram, type ReviewOptions } from './cli-options.ts';
import { configuredHashKey, hashKeyOf } from './config.ts';
import { wants } from './facts/read.ts';
import { allRules } from './lessons/rules.ts';
import { batchFinding, parseChangeSet, snapshotOf } from './local/batch.ts';
import {
  emptyTree,
  firstCommit,
  firstRelated,
  GitError,
  isShallow,
  readGitContext,
  readGitRange,
} from './local/git.ts';
import { toSarif } from './local/sarif.ts';
import { printReview } from './local/terminal.ts';
import { parseBaseline, writeBaseline } from './review/baseline.ts';
import { builtInPolicy, layPolicy, type Policy, type PolicyLayer } from './review/policy.ts';
import { parsePolicyFile } from './review/policy-file.ts';
import type { Review, Snapshot } from './review/types.ts';
import { lessonSlugs } from './review/types.ts';
import { verdictOf } from './review/verdict.ts';

/** Change sets under way at once in a batch: enough to keep the analysis thread busy, few enough to stay flat. */
const batchWindow = 4;
const policyPath = '.github/hindsight.yml';
const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** The command was used in a way that cannot work. */
class UsageError extends Error {
  override name = 'UsageError';
}

async function review(options: ReviewOptions): Promise<number> {
  if (options.batch) return batch();
  const snapshot = await readWithContext(options);
  if (snapshot.files.length + snapshot.unread.length === 0) await sayNothingChanged(snapshot, options);
  const policy = policyFor(snapshot, options);
  const pool = openAnalysisPool({ hashKey: await hashKeyFor(options.repo) });
  const done = showProgress(`Reviewing ${snapshot.files.length} files …`);
  const found = await pool.analyse(snapshot, policy).finally(done);
  await pool.close();
  const judged = withoutKnown(found, snapshot, policy);
  process.stdout.write(render(judged, snapshot, options));
  return verdictOf(judged, policy) === 'failure' ? 1 : 0;
}

/** A review of nothing looks like one that found nothing: where it may be a mistake, that is said. */
async function sayNothingChanged({ base }: Snapshot, { repo, head }: ReviewOptions): Promise<void> {
  const shallow = (await isShallow(repo))
    ? ' This clone is shallow: fetch its history (git fetch --unshallow, or fetch-depth: 0 in a workflow) and name the base with --base.'
    : '';
  console.error(`hindsight: nothing changed between ${base.slice(0, 12)} and ${head ?? 'the working tree'}.${shallow}`);
}

function render(found: Review, snapshot: Snapshot, { format, lessonsUrl }: ReviewOptions): string {
  if (format === 'json') return `${JSON.stringify(found, null, 2)}\n`;
  if (format === 'sarif') return `${JSON.stringify(toSarif(found, allRules, lessonsUrl), null, 2)}\n`;
  return printReview(found, snapshot, { lessonsUrl, colour: process.stdout.hasColors?.() ?? false });
}

/** Reads the range and, in at most two rounds, the unchanged files that rules ask for. */
async function readWithContext(options: { repo: string; base?: string; head?: string }): Promise<Snapshot> {
  const range = {
    repo: options.repo,
    base: options.base ?? (await usualBase(options.repo, options.head)),
    ...(options.head === undefined ? {} : { head: options.head }),
  };
  let snapshot = await readGitRange(range);
  const read = new Set<string>();
  for (let round = 0; round < 2; round++) {
    const tree = new Set(snapshot.tree);
    const paths = [policyPath, builtInPolicy.baseline, ...wants(snapshot)].filter(
      (path) => tree.has(path) && !read.has(path),
    );
    if (paths.length === 0) break;
    for (const path of paths) read.add(path);
    snapshot = { ...snapshot, context: [...snapshot.context, ...(await readGitContext(range, paths))] };
  }
  return snapshot;
}

async function usualBase(repo: string, head = 'HEAD'): Promise<string> {
  const base = await firstRelated(repo, usualBases, head);
  if (base !== undefined) return base;
  throw new GitError('there is no main or master branch to compare with: name one with --base');
}

/** The base's policy: a file that the change itself touches does not weaken its own review. */
function policyFor(snapshot: Snapshot, { lessonsUrl, policy }: ReviewOptions): Policy {
  const own = { ...builtInPolicy, lessons_url: lessonsUrl };
  if (policy !== undefined) return layPolicy(own, [readPolicy(policy)]).policy;
  const changed = snapshot.files.find((file) => file.path === policyPath);
  const text = changed ? changed.before : snapshot.context.find((file) => file.path === policyPath)?.text;
  if (text === undefined) return own;
  const parsed = parsePolicyFile(policyPath, text);
  if ('layer' in parsed) return layPolicy(own, [parsed.layer]).policy;
  console.error(`${policyPath}:${parsed.error.line}: ${parsed.error.message}; the built-in policy applies`);
  return own;
}

/** The file that --policy names. It was asked for, so an error in it ends the run. */
function readPolicy(path: string): PolicyLayer {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`the policy file ${path} cannot be read`);
  }
  const parsed = parsePolicyFile(path, text);
  if ('error' in parsed) throw new UsageError(`${path}:${parsed.error.line}: ${parsed.error.message}`);
  return parsed.layer;
}

function withoutKnown(found: Review, snapshot: Snapshot, policy: Policy): Review {
  const text = snapshot.context.find((file) => file.path === policy.baseline)?.text;
  const known = text === undefined ? undefined : parseBaseline(text);
  return known ? { ...found, findings: found.findings.filter((finding) => !known.has(finding.fingerprint)) } : found;
}

/** Answers change sets from standard input, in the order they come. A bad line gives an error for its id; the rest goes on. */
async function batch(): Promise<number> {
  const pool = openAnalysisPool();
  const progress = process.stderr.isTTY
    ? (count: number) => process.stderr.write(`\r${count} change sets reviewed`)
    : () => {};
  const pending: Promise<string>[] = [];
  let count = 0;
  const flush = async (keep: number) => {
    while (pending.length > keep) {
      const line = await pending.shift();
      if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
      progress(++count);
    }
  };
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    pending.push(answer(line, (snapshot) => pool.analyse(snapshot, builtInPolicy)));
    await flush(batchWindow);
  }
  await flush(0);
  await pool.close();
  if (process.stderr.isTTY) process.stderr.write('\n');
  return 0;
}

async function answer(line: string, analyse: (snapshot: Snapshot) => Promise<Review>): Promise<string> {
  const parsed = parseChangeSet(line);
  if ('error' in parsed) return JSON.stringify({ id: parsed.id, findings: [], error: parsed.error });
  try {
    const found = await analyse(snapshotOf(parsed.set));
    const faults = found.faults.map(({ path, what }) => `${path}: ${what}`);
    return JSON.stringify({
      id: parsed.set.id,
      findings: found.findings.map(batchFinding),
      ...(faults.length > 0 ? { faults } : {}),
    });
  } catch (error) {
    return JSON.stringify({
      id: parsed.set.id,
      findings: [],
      error: error instanceof Error ? error.message : 'the analysis failed',
    });
  }
}

async function rules({ format }: { format: 'text' | 'json' }): Promise<number> {
  const rows = allRules.map(({ id, lesson, severity, summary }) => ({
    id,
    lesson,
    slug: lessonSlugs[lesson - 1],
    severity,
    summary,
  }));
  if (format === 'json') process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else
    for (const row of rows)
      process.stdout.write(
        `${String(row.lesson).padStart(2)} ${row.severity.padEnd(7)} ${row.id.padEnd(34)} ${row.summary}\n`,
      );
  return 0;
}

async function baseline({ repo, out }: { repo: string; out: string }): Promise<number> {
  const whole = await readWithContext({ repo, base: emptyTree, head: 'HEAD' });
  const pool = openAnalysisPool({ hashKey: await hashKeyFor(repo) });
  const found = await pool.analyse(whole, builtInPolicy);
  await pool.close();
  const file = resolve(repo, out);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, writeBaseline(found.findings));
  console.log(
    `${found.findings.length} findings written to ${out}. Commit it: from now on only new findings are reported.`,
  );
  return 0;
}

/**
 * Keys the fingerprints of secrets: HASH_KEY, as on the server, so that both agree; else the repository's first commit, so
 * that two runs agree. Whoever has that commit has the history, too.
 */
async function hashKeyFor(repo: string): Promise<Uint8Array> {
  return hashKeyOf(configuredHashKey() ?? (await firstCommit(repo)));
}

function showProgress(text: string): () => void {
  if (!process.stderr.isTTY) return () => {};
  process.stderr.write(text);
  return () => process.stderr.write('\r\x1b[2K');
}

async function doctor(): Promise<number> {
  const { diagnose } = await import('./doctor.ts');
  return diagnose();
}

/** What we foresaw in one sentence; else with the stack, as a bug is reported. */
function report(error: unknown): void {
  const foreseen = error instanceof GitError || error instanceof UsageError;
  console.error(foreseen ? `hindsight: ${error.message}` : error);
}

try {
  await buildProgram({ review, rules, baseline, doctor }).parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) report(error);
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
}
