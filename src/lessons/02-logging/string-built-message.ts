import { defineRule } from '../define-rule.ts';

/** Messages that bury their fields in text, in front of a logger that takes fields. */
export const stringBuiltMessage = defineRule({
  id: 'string-built-message',
  lesson: 2,
  severity: 'notice',
  summary: 'The values are buried in the message: give them to the logger as fields.',
  why: 'A logger that writes JSON can be asked “all lines of order 7” or “how many by shop” only where `order` and `shop` are fields. Put into the text they make every message a new one: nothing groups, no alarm can count, and redaction by field name does not see them.',
  fix: 'A constant message and an object: `log.info({ orderId, shop }, "order paid")` for pino and bunyan, `logger.info("order paid", { orderId, shop })` for winston.',
  examples: {
    bad: [
      {
        path: 'src/pay.ts',
        code: `
  import pino from 'pino';
  const log = pino();
  export function paid(order: Order) {
>   log.info(\`order \${order.id} paid in \${order.shop}\`);
  }`,
      },
      {
        path: 'src/pay.js',
        code: `
  import winston from 'winston';
  const logger = winston.createLogger({ level: 'info' });
  export function refused(order, reason) {
>   logger.warn('order ' + order.id + ' refused: ' + reason);
  }`,
      },
    ],
    good: [
      {
        path: 'src/pay.ts',
        code: `
  import pino from 'pino';
  const log = pino();
  export function paid(order: Order) {
    log.info({ order: order.id, shop: order.shop }, 'order paid');
    console.log(\`paid \${order.id}\`);
  }`,
      },
      {
        path: 'src/pay.service.ts',
        code: `
  import { Logger } from '@nestjs/common';
  export class PayService {
    private readonly logger = new Logger(PayService.name);
    paid(order: Order) {
      this.logger.log(\`order \${order.id} paid\`);
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { logger, level, built, structured, scope, line, endLine, fn } of code.logCalls) {
      if (!/^(?:pino|bunyan|winston)$/.test(logger) || !built || structured) continue;
      // What is said once, at start, nobody searches by field.
      if (scope === 'module' || scope === 'startup' || fn < 0 || /^(?:debug|trace|silly)$/.test(level)) continue;
      yield {
        line,
        endLine,
        because: `\`${logger}\` takes an object of fields, and this message is put together from values.`,
      };
    }
  },
});
