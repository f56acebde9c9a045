import { emitCheckRun, emitCheckSuite } from './events.ts';
import { suiteState } from './json/checks.ts';
import { invalid, Refusal, unprocessable } from './refusal.ts';
import type { Annotation, CheckAction, CheckRun, CheckSuite, Repository } from './types.ts';
import type { World } from './world.ts';

export interface CheckRequest {
  readonly name?: string;
  readonly head_sha?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: CheckRun['status'];
  readonly started_at?: string;
  readonly conclusion?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
  readonly actions?: readonly CheckAction[];
}

const outputCharacters = 65_535;
const detailBytes = 64 * 1024;

/** GitHub makes a suite for every push and every app that may write checks, asked or not (C9). */
export async function ensureSuite(
  world: World,
  repository: Repository,
  headSha: string,
  headBranch: string | undefined,
): Promise<CheckSuite> {
  const known = repository.suites.find((suite) => suite.headSha === headSha);
  if (known) return known;
  const suite: CheckSuite = { id: world.nextId(), repository, headSha, headBranch, createdAt: world.now() };
  repository.suites.push(suite);
  return suite;
}

export async function createRun(world: World, repository: Repository, request: CheckRequest): Promise<CheckRun> {
  const sha = await world.commitOf(repository, request.head_sha ?? '');
  if (sha === undefined) throw new Refusal(422, { message: `No commit found for SHA: ${request.head_sha}` });
  refuseOutput(request);
  const suite = await ensureSuite(world, repository, sha, undefined);
  const run: CheckRun = {
    id: world.nextId(),
    suite,
    name: request.name ?? '',
    status: 'queued',
    conclusion: undefined,
    startedAt: world.now(),
    completedAt: undefined,
    detailsUrl: undefined,
    externalId: '',
    title: undefined,
    summary: undefined,
    text: undefined,
    annotations: [],
    actions: [],
  };
  apply(world, run, request);
  repository.runs.push(run);
  await emitCheckRun(world, run, 'created', world.app.bot);
  await emitEnd(world, run, false);
  return run;
}

/** Annotations are appended (C1); a completed run stays completed (C7). */
export async function updateRun(world: World, run: CheckRun, request: CheckRequest): Promise<void> {
  refuseOutput(request);
  const wasCompleted = run.status === 'completed';
  if (request.name !== undefined) run.name = request.name;
  apply(world, run, request);
  await emitEnd(world, run, wasCompleted);
}

function apply(world: World, run: CheckRun, request: CheckRequest): void {
  const ends = request.conclusion !== undefined || request.completed_at !== undefined || request.status === 'completed';
  if (ends && request.conclusion === undefined) {
    throw new Refusal(422, {
      message: 'Invalid request.\n\nNo subschema in "anyOf" matched.\n"conclusion" wasn\'t supplied.',
    });
  }
  if (request.started_at !== undefined) run.startedAt = Date.parse(request.started_at);
  if (ends) {
    run.status = 'completed';
    run.conclusion = request.conclusion;
    run.completedAt = request.completed_at === undefined ? world.now() : Date.parse(request.completed_at);
  } else if (request.status !== undefined && run.status !== 'completed') run.status = request.status;
  if (request.details_url !== undefined) run.detailsUrl = request.details_url;
  if (request.external_id !== undefined) run.externalId = request.external_id;
  if (request.actions !== undefined) run.actions = request.actions;
  const { output } = request;
  if (!output) return;
  if (output.title !== undefined) run.title = output.title;
  run.summary = output.summary;
  if (output.text !== undefined) run.text = output.text;
  run.annotations.push(...(output.annotations ?? []));
}

function refuseOutput({ output, conclusion, details_url }: CheckRequest): void {
  if (conclusion === 'stale') throw unprocessable('conclusion cannot be set to stale');
  if (details_url !== undefined && !/^https?:\/\//.test(details_url)) {
    throw invalid('CheckRun', 'details_url', 'details_url must use http or https scheme');
  }
  for (const field of ['summary', 'text'] as const) {
    const length = output?.[field]?.length ?? 0;
    if (length <= outputCharacters) continue;
    throw new Refusal(422, {
      message: `Invalid request.\n\nOnly ${outputCharacters} characters are allowed; ${length} were supplied.`,
    });
  }
  for (const annotation of output?.annotations ?? []) refuseAnnotation(annotation);
}

function refuseAnnotation(annotation: Annotation): void {
  const refuse = (field: string, message: string): never => {
    throw invalid('CheckAnnotation', field, message);
  };
  const { start_line: start, end_line: end } = annotation;
  if (annotation.path === '' || annotation.path.startsWith('/')) refuse('path', 'Path is invalid');
  if (start < 1 || end < start) refuse('end_line', 'End line must be at or after the start line');
  const hasColumns = annotation.start_column !== undefined || annotation.end_column !== undefined;
  if (hasColumns && start !== end) refuse('start_column', 'Columns need a start line that is the end line');
  if (annotation.message === '') refuse('message', 'Message cannot be blank');
  if (Buffer.byteLength(annotation.message) > detailBytes) refuse('message', 'Message is too long (maximum is 64 KB)');
  if (Buffer.byteLength(annotation.raw_details ?? '') > detailBytes)
    refuse('raw_details', 'Raw details is too long (maximum is 64 KB)');
  if ((annotation.title ?? '').length > 255) refuse('title', 'Title is too long (maximum is 255 characters)');
}

async function emitEnd(world: World, run: CheckRun, wasCompleted: boolean): Promise<void> {
  if (run.status !== 'completed' || wasCompleted) return;
  await emitCheckRun(world, run, 'completed', world.app.bot);
  if (suiteState(run.suite).status === 'completed') await emitCheckSuite(world, run.suite, 'completed', world.app.bot);
}
