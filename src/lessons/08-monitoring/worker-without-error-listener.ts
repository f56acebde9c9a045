import { defineRule } from '../define-rule.ts';

/** Queue workers that fail unheard. */
export const workerWithoutErrorListener = defineRule({
  id: 'worker-without-error-listener',
  lesson: 8,
  severity: 'warning',
  summary: 'Nobody listens to the worker’s failures: add listeners for `error` and `failed` that log and report.',
  why: 'A worker emits `failed` for each job that threw and `error` for trouble of its own. Without the first, jobs pile up in the failed set and nobody knows; an `error` event that nobody listens to ends the process.',
  fix: 'Add `worker.on("failed", …)` and `worker.on("error", …)` and report from there.',
  examples: {
    bad: [
      {
        path: 'src/mails.ts',
        code: `
  import { Worker } from 'bullmq';
> new Worker('mails', async (job) => send(job.data));`,
      },
      {
        path: 'src/images.ts',
        code: `
  import { Worker } from 'bullmq';
> const worker = new Worker('images', resize, { connection });
  worker.on('completed', (job) => log.info({ id: job.id }, 'resized'));`,
      },
      {
        path: 'src/start.ts',
        code: `
  import { Worker } from 'bullmq';
  export function start() {
>   const worker = new Worker('sizes', resize, { connection });
    process.once('SIGTERM', () => worker.close());
  }`,
      },
    ],
    good: [
      {
        path: 'src/mails.ts',
        code: `
  import { Worker } from 'bullmq';
  const worker = new Worker('mails', async (job) => send(job.data));
  worker.on('failed', (job, error) => report(error));
  worker.on('error', report);`,
      },
      {
        path: 'src/images.ts',
        code: `
  import { Worker } from 'bullmq';
  export const createWorker = () => new Worker('images', resize);`,
      },
      {
        path: 'src/start.ts',
        code: `
  import { Worker } from 'bullmq';
  import { watch } from './watch.ts';
  export function start() {
    const worker = new Worker('sizes', resize, { connection });
    watch(worker);
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { line, events, leaves } of code?.observability.workers ?? []) {
      if (leaves || events.some((event) => /^(?:error|failed|\?)$/.test(event))) continue;
      const heard =
        events.length > 0
          ? `Only ${events.map((event) => `\`${event}\``).join(', ')} is listened to.`
          : 'No event of it is listened to.';
      yield { line, because: heard };
    }
  },
});
