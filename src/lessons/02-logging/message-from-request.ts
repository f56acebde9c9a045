import { defineRule } from '../define-rule.ts';

/** Log lines that the client writes. */
export const messageFromRequest = defineRule({
  id: 'message-from-request',
  lesson: 2,
  severity: 'warning',
  summary: 'The client’s text becomes part of the message: log it as a field of its own.',
  why: 'A line break in the value begins a log line of the client’s choosing, and `%s` in a format takes the next argument: whoever sends the request decides what the log says happened. Messages that differ each time cannot be counted either.',
  fix: 'Keep the message constant and pass the value as a field: `log.warn({ username }, "login failed")`. Structured loggers escape it.',
  examples: {
    bad: [
      {
        path: 'src/login.ts',
        code: `
  export function failed(req, logger) {
>   logger.warn('login failed for ' + req.body.username);
  }`,
      },
      {
        path: 'src/search.js',
        code: `
  const util = require('util');
  exports.search = (req, res) => {
>   res.end(util.format(req.query.format, req.query.term));
  };`,
      },
      {
        path: 'src/service.ts',
        code: `
  export class Search {
    handle(ctx) {
>     this.logger.info(\`term \${ctx.query.term}\`);
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/login.ts',
        code: `
  export function failed(req, logger, user) {
    logger.warn({ username: req.body.username }, 'login failed');
    logger.warn('login failed for ' + clean(req.body.username));
    logger.info('user ' + user.name);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { fromInput, line, endLine, explained } of code.logCalls)
      if (fromInput && !explained)
        yield {
          line,
          endLine,
          because:
            fromInput === 'format'
              ? 'The client’s text is the format that the other arguments fill.'
              : 'The client’s text is put into the message.',
          ...(fromInput === 'path' ? { severity: 'notice' as const } : {}),
        };
  },
});
