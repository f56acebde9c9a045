import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { openAnalysisPool } from './analysis-pool.ts';
import { reviewBatch } from './cli-batch.ts';
import { buildProgram, type ReviewOptions } from './cli-options.ts';
import { policyFor, UsageError } from './cli-policy.ts';
import { readWithContext } from './cli-snapshot.ts';
import { configuredHashKey, hashKeyOf } from './config.ts';
import { allRules } from './lessons/rules.ts';
import { emptyTree, firstCommit, GitError, isShallow, untracked } from './local/git.ts';
import { toSarif } from './local/sarif.ts';
import { printReview } from './local/terminal.ts';
import { knownByBaseline, parseBaseline, writeBaseline } from './review/baseline.ts';
import { showInvisible } from './review/escape.ts';
import { builtInPolicy, type Policy } from './review/policy.ts';
import type { Review, Snapshot } from './review/types.ts';
import { lessonSlugs } from './review/types.ts';
import { verdictOf } from './review/verdict.ts';

async function review(options: ReviewOptions): Promise<number> {
  if (options.batch) return reviewBatch();
  const snapshot = await readWithContext(options);
  if (snapshot.files.length + snapshot.unread.length === 0) await sayNothingChanged(snapshot, options);
  if (options.head === undefined) await sayUntracked(options.repo);
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

/** A file that was just written is the one that its author wants to hear of. */
async function sayUntracked(repo: string): Promise<void> {
  const names = await untracked(repo);
  if (names.length === 0) return;
  const shown = names.slice(0, 3).map(showInvisible).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  console.error(
    `hindsight: not reviewed, because git does not track it: ${shown}${more}. \`git add -N\` lets it be read.`,
  );
}

function render(found: Review, snapshot: Snapshot, { format, lessonsUrl }: ReviewOptions): string {
  if (format === 'json') return `${JSON.stringify(found, null, 2)}\n`;
  if (format === 'sarif') return `${JSON.stringify(toSarif(found, allRules, lessonsUrl), null, 2)}\n`;
  return printReview(found, snapshot, { lessonsUrl, colour: process.stdout.hasColors?.() ?? false });
}

function withoutKnown(found: Review, snapshot: Snapshot, policy: Policy): Review {
  const text = snapshot.context.find((file) => file.path === policy.baseline)?.text;
  const rows = text === undefined ? undefined : parseBaseline(text);
  if (!rows) return found;
  const known = knownByBaseline(rows, found.findings, snapshot);
  return { ...found, findings: found.findings.filter(({ fingerprint }) => !known.has(fingerprint)) };
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
