import { defineRule } from '../define-rule.ts';

const early =
  /(?:settings?|config|configuration|migrations?|generat\w{0,10}|installer|setup|shell)(?:\.[cm]?[jt]s$|\/)/i;

/** Functions of which a logger is made. */
const printers = /log|(?:^|\.)(?:trace|debug|silly|verbose|info|warn|warning|error|fatal)$/i;

/** Lines that go past the logger. */
export const consoleInsteadOfLogger = defineRule({
  id: 'console-instead-of-logger',
  lesson: 2,
  severity: 'warning',
  summary: 'This line goes past the logger that is at hand: log it there, with a level and fields.',
  why: 'What `console` prints has no level, no request id, no redaction and no fields: nobody finds it in production, and it cannot be switched off. Synchronous writes to a slow terminal also hold up the event loop.',
  fix: 'Use the logger of the file (`this.logger`, `req.log`, `fastify.log`), an error as a field and not as text.',
  examples: {
    bad: [
      {
        path: 'src/store.ts',
        code: `
  import { logger } from './logger.ts';
  export async function put(bucket: Bucket, name: string) {
    try {
      await bucket.put(name);
      logger.info({ name }, 'stored');
    } catch (error) {
>     console.log('not stored', error);
    }
  }`,
      },
      {
        path: 'src/routes.js',
        code: `
  module.exports = async function (app) {
    app.get('/orders', async (request, reply) => {
      try {
        app.log.debug('orders');
        return await app.store.orders();
      } catch (error) {
>       console.error(error);
        return reply.code(500).send({ code: 'internal' });
      }
    });
  };`,
      },
      {
        path: 'src/tags.js',
        code: `
  const { tags } = require('./tags-store');
  module.exports = async function (app) {
    app.delete('/tags/:id', async (request, reply) => {
      try {
        await tags.remove(request.params.id);
      } catch (error) {
>       console.error(error);
        return reply.code(500).send({ code: 'internal' });
      }
    });
  };`,
      },
      {
        path: 'src/parts.service.ts',
        context: { 'package.json': '{"dependencies":{"pino":"10"}}' },
        code: `
  export class PartsService {
    async recount(parts: Part[]) {
>     console.log('recounted', parts.length);
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/main.ts',
        code: `
  import { logger } from './logger.ts';
  import { start } from './app.ts';
  process.on('uncaughtException', (error) => {
    console.error(error);
    process.exit(1);
  });
  start().catch((error) => console.error(error));
  logger.info('started');`,
      },
      {
        path: 'src/print.js',
        code: `
  export function print(rows) {
    for (const row of rows) console.log(row);
  }`,
      },
    ],
  },
  *check({ code, file }) {
    if (
      !code ||
      code.browser ||
      code.terminal ||
      /(?:^|\/)(?:logger|logging|log|instrument\w*|cli|bin)\.[cm]?[jt]s$/i.test(file.path)
    )
      return;
    const isService = (fn: number) =>
      /(?:Service|Controller|Repository|Resolver|Consumer|Processor|Worker|Gateway)\./.test(
        code.functions[fn]?.name ?? '',
      );
    const entry = /(?:^|\/)(?:main|index|server)\.[cm]?[jt]s$/i.test(file.path);
    for (const { logger, level, line, endLine, scope, inCatch, fn, explained, handler } of code.logCalls) {
      if (logger !== 'console' || explained) continue;
      // Fastify gives every request a logger, whether the file speaks of one or not.
      const given = handler !== undefined && code.handlers[handler]?.framework === 'fastify';
      if (code.hasLogger === 'no' && !given) continue;
      // What reads the settings of a logger, or prepares a project, comes before it.
      if (code.hasLogger === 'installed' && early.test(file.path)) continue;
      // What an entry prints while it starts is for whoever started it; what a request meets is not.
      if (entry && scope !== 'request') continue;
      if (code.hasLogger === 'none') {
        if (/^(?:log|warn|debug|trace)$/.test(level))
          yield {
            line,
            endLine,
            severity: 'notice',
            because: `\`console.${level}\` has neither fields nor a level that can be switched off.`,
          };
        continue;
      }
      // What is said while the program starts has no logger yet; a failure that is caught has.
      // The logger itself has to print somewhere.
      if (printers.test(code.functions[fn]?.name ?? '')) continue;
      if (scope === 'module' || (scope === 'startup' && !inCatch)) continue;
      // That the project has a logger somewhere counts where a request or a failure would be missed in it.
      if (
        code.hasLogger === 'installed' &&
        !given &&
        scope !== 'request' &&
        scope !== 'job' &&
        !inCatch &&
        !isService(fn)
      )
        continue;
      const beside = code.logCalls.some(
        (call) => call.logger !== 'console' && call.fn === fn && Math.abs(call.line - line) < 10,
      );
      yield {
        line,
        endLine,
        because: given
          ? `\`console.${level}\` is called although Fastify gives each request a logger, \`request.log\`.`
          : code.hasLogger === 'installed'
            ? `\`console.${level}\` is called although the project has a logging library.`
            : `\`console.${level}\` is called although the file has a logger.`,
        // The logger was told as well: a line too many, not one that is lost.
        ...(beside ? { severity: 'notice' as const } : {}),
      };
    }
  },
});
