import type { LogCall } from '../../facts/code.ts';
import type { Fix } from '../../review/types.ts';
import { defineRule } from '../define-rule.ts';

/** Lines that say that something failed and not what. */
export const errorNotLogged = defineRule({
  id: 'error-not-logged',
  lesson: 2,
  severity: 'warning',
  summary: 'The failure is logged without its error: log the error as well, as a field.',
  why: '“Could not save” is what the one on call knows already. The message, the stack and the cause are in the error, and this line is the last to hold it: what it leaves out nobody will ever read. pino and bunyan take fields first; an error behind the message is dropped without a word.',
  fix: 'Give the error to the logger: `log.error({ err }, "not saved")` for pino and bunyan, `logger.error("not saved", { error })` for winston, `console.error("not saved", error)`.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import pino from 'pino';
  const log = pino();
  export async function save(order: Order) {
    try {
      await store.put(order);
    } catch (error) {
>     log.error('order not saved', error);
    }
  }`,
      },
      {
        path: 'src/mail.js',
        code: `
  import winston from 'winston';
  const logger = winston.createLogger();
  export async function invite(address) {
    try {
      await mailer.send(address);
    } catch (error) {
>     logger.error('invitation not sent');
    }
  }`,
      },
      {
        path: 'src/sync.js',
        code: `
  export const sync = () =>
    pull().catch((error) => {
>     console.error('sync failed');
      return [];
    });`,
      },
      {
        path: 'src/cancel.js',
        code: `
  export async function cancel(id) {
    try {
      await orders.remove(id);
    } catch (error) {
>     logger.error('order not cancelled');
      throw new Error('cancelling failed');
    }
  }`,
      },
      {
        path: 'src/refunds.ts',
        code: `
  import pino from 'pino';
  const log = pino();
  export async function refund(id: string) {
    try {
      await payments.refund(id);
    } catch (err) {
>     log.error({ id, reason: err.message }, 'not refunded');
    }
  }`,
      },
      {
        path: 'src/sync.service.ts',
        code: `
  import { Logger } from '@nestjs/common';
  export class SyncService {
    private readonly logger = new Logger(SyncService.name);
    async sync(id: string) {
      try {
        await this.crm.push(id);
      } catch (error) {
>       this.logger.error(\`\${id} not synced: \${error instanceof Error ? error.message : String(error)}\`);
      }
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/sync.service.ts',
        code: `
  import { Logger } from '@nestjs/common';
  export class SyncService {
    private readonly logger = new Logger(SyncService.name);
    async sync(id: string) {
      try {
        await this.crm.push(id);
      } catch (error) {
        this.logger.error(\`\${id} not synced: \${error.message}\`, error.stack);
      }
    }
    async pull(id: string) {
      try {
        await this.crm.pull(id);
      } catch (error) {
        if (error instanceof NotFound) return;
        this.logger.error(\`\${id} not pulled: \${error.message}\`);
      }
    }
  }`,
      },
      {
        path: 'src/orders.ts',
        code: `
  import pino from 'pino';
  const log = pino();
  export async function save(order: Order) {
    try {
      await store.put(order);
    } catch (error) {
      log.error({ err: error }, 'order not saved');
    }
    try {
      await cache.put(order);
    } catch {
      log.debug('cache is away');
    }
  }`,
      },
      {
        path: 'src/orders.js',
        code: `
  export async function save(order) {
    try {
      await store.put(order);
    } catch (error) {
      console.error('order not saved');
      throw error;
    }
  }`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser) return;
    const lines = file.after?.split('\n') ?? [];
    for (const { drops, line, endLine, level } of code.logCalls) {
      if (drops === undefined) continue;
      const fix = line === endLine ? fieldsFirst(lines[line - 1] ?? '', line, level, drops) : undefined;
      const because = `The logger takes fields first: \`${drops}\` stands behind the message and is dropped.`;
      yield { line, endLine, because, ...(fix ? { fix } : {}) };
    }
    for (const { does, usesError, messageOnly, commented, guards, line, endLine } of code.catches) {
      if (messageOnly && !commented && !does.some((one) => one === 'rethrows' || one === 'reports')) {
        const failure = code.logCalls.find((call) => call.line >= line && call.endLine <= endLine);
        if (failure && takesErrors.test(failure.logger) && isFailure(failure) && !failure.explained)
          yield {
            line: failure.line,
            endLine: failure.endLine,
            because: 'Only its message goes in: where it was thrown, its cause and its code are lost.',
            severity: 'notice',
          };
      }
      if (!does.includes('logs') || usesError || commented || guards.includes('probe')) continue;
      const said = code.logCalls.filter((call) => call.line >= line && call.endLine <= endLine);
      const [failure] = said.filter(isFailure);
      // A line that is explained, or that names what was expected, has a reader in mind.
      if (!failure || failure.explained || failure.fn < 0) continue;
      yield {
        line: failure.line,
        endLine: failure.endLine,
        because: 'Nothing in this catch looks at the error, and this line says only that there was one.',
      };
    }
  },
});

/** Loggers that print the stack and the cause of an error that they are given. */
const takesErrors = /^(?:pino|winston|bunyan|nest|log4js)$/;

function isFailure({ level }: LogCall): boolean {
  return /^(?:error|fatal|critical)$/.test(level);
}

/** `log.error('failed', err)` as `log.error({ err }, 'failed')`. */
function fieldsFirst(text: string, line: number, level: string, error: string): Fix | undefined {
  const call = new RegExp(`\\.${level}\\((\\s*)((['"\`])[^'"\`]*\\3)\\s*,\\s*${error}\\s*\\)`);
  const field = error === 'err' ? 'err' : `err: ${error}`;
  const edited = text.replace(call, (_all, _space, message) => `.${level}({ ${field} }, ${message})`);
  return edited === text ? undefined : { line, endLine: line, text: edited };
}
