import { defineRule } from '../define-rule.ts';

/** The whole process ended from a place that serves one of its users. */
export const processExit = defineRule({
  id: 'process-exit',
  lesson: 6,
  severity: 'warning',
  summary: 'This ends the process for everybody it serves: throw, and let the entry point decide.',
  why: '`process.exit` drops every other request in flight, skips `finally` and pending writes, and loses the log lines that would say why. Called from a library or a handler it turns one bad input into an outage, again after each restart.',
  fix: 'Throw an error with its cause. The entry point alone decides on the exit code, after it has stopped taking requests and closed its connections.',
  examples: {
    bad: [
      {
        path: 'src/orders.js',
        code: `
  import express from 'express';
  const app = express();
  app.post('/orders', (req, res) => {
>   if (!req.body) process.exit(1);
    res.sendStatus(201);
  });`,
      },
      {
        path: 'src/prices.js',
        code: `
  import { parse } from './parse.js';
  export function pricesOf(text) {
    const prices = parse(text);
    if (!prices) {
>     process.exit(2);
    }
    return prices;
  }`,
      },
      {
        path: 'src/consumer.ts',
        code: `
  import { Worker } from 'bullmq';
  export const worker = new Worker('mails', async (job) => {
>   if (job.attemptsMade > 5) process.exit(1);
  });`,
      },
    ],
    good: [
      {
        path: 'src/config.ts',
        code: `
  import { read } from './read';
  export const loadConfig = () => {
    const found = read(process.env);
    if (!found) {
      console.error('no configuration');
      process.exit(1);
    }
    return found;
  };`,
      },
      {
        path: 'src/main.js',
        code: `
  import { start } from './app.js';
  process.on('SIGTERM', () => process.exit(0));
  start().catch((error) => {
    console.error(error);
    process.exit(1);
  });
  export async function shutdown(server) {
    await server.close();
    process.exit(0);
  }`,
      },
      {
        path: 'src/settings.js',
        code: `
  export function settingsOf(text) {
    if (!text) throw new Error('no settings');
    process.exitCode = 0;
    return JSON.parse(text);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser || code.terminal) return;
    for (const { line, endLine, meant, scope, explained } of code.exits)
      if (!meant && !explained)
        yield {
          line,
          endLine,
          because:
            scope === 'request'
              ? 'It runs while requests are served.'
              : scope === 'job'
                ? 'It runs in a job: the other jobs of the process go with it.'
                : 'Nothing in sight says that this is the end of the program.',
          ...(scope === 'request' || scope === 'job' ? {} : { severity: 'notice' as const }),
        };
  },
});
