import { defineRule } from '../define-rule.ts';

/** Listeners for what nobody caught after which the process runs on. */
export const uncaughtExceptionSurvived = defineRule({
  id: 'uncaught-exception-survived',
  lesson: 6,
  severity: 'warning',
  summary: 'The process runs on after an error that nobody caught: log it, finish what can be finished, and end.',
  why: 'Such an error broke off some function anywhere: a lock may be held, a transaction open, a response half sent. Node warns in its documentation of going on from there, as the process may serve wrong answers for days and nobody restarts it, since it looks alive. An empty listener for rejections hides each floating promise of the program.',
  fix: 'Log the error, stop accepting requests, and call `process.exit(1)` once the log is written, at the latest after a timeout: the supervisor starts a fresh process. To only watch, listen for `uncaughtExceptionMonitor`, which changes nothing of how the process ends.',
  examples: {
    bad: [
      {
        path: 'src/main.ts',
        code: `
  import { logger } from './logger';
  import { serve } from './serve';
> process.on('uncaughtException', (err) => {
    logger.error({ err }, 'uncaught');
  });
  serve();`,
      },
      {
        path: 'src/index.js',
        code: `
  const { start } = require('./start');
> process.on('unhandledRejection', () => {});
  start();`,
      },
    ],
    good: [
      {
        path: 'src/main.ts',
        code: `
  import { logger } from './logger';
  import { stop } from './serve';
  process.on('uncaughtException', (err) => {
    logger.fatal({ err }, 'uncaught');
    stop().finally(() => process.exit(1));
  });
  process.on('unhandledRejection', (reason) => logger.error({ reason }, 'rejected'));
  process.on('uncaughtExceptionMonitor', (err) => logger.fatal({ err }, 'ending'));`,
      },
      {
        path: 'src/index.js',
        code: `
  const { lastWords } = require('./last-words');
  process.on('uncaughtException', lastWords);
  process.once('uncaughtException', (error) => {
    console.error(error);
    throw error;
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { event, silent, line, endLine, explained } of code.lastResorts)
      if (!explained)
        yield {
          line,
          endLine,
          because: silent
            ? `What comes as \`${event}\` ends here without a word.`
            : 'The listener only tells of the error: with it there, Node does not end the process any more.',
        };
  },
});
