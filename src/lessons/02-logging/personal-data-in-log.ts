import { defineRule } from '../define-rule.ts';

/** Data of people, and bodies of requests, in the log. */
export const personalDataInLog = defineRule({
  id: 'personal-data-in-log',
  lesson: 2,
  severity: 'warning',
  summary: 'Data of a person goes into the log: log the record’s id instead.',
  why: 'Whoever asks to be forgotten is forgotten in the database and stays in the logs, which nobody can search by person or delete from. Law makes no difference between the two, and a leak of logs has to be reported like one of data.',
  fix: 'Log the id of the user or the order. Where the value itself is needed to find a fault, mask it (`j***@example.com`) and let it expire.',
  examples: {
    bad: [
      {
        path: 'src/contact.js',
        code: `
  export function contact(customer) {
>   console.log('contacting ' + customer.emailAddress);
  }`,
      },
      {
        path: 'src/orders.ts',
        code: `
  export async function create(req, res) {
>   req.log.info({ body: req.body }, 'order');
    res.sendStatus(201);
  }`,
      },
      {
        path: 'src/login.ts',
        code: `
  import { Hono } from 'hono';
  import { logger } from './logger';
  export const login = new Hono();
  login.post('/login', async (c) => {
    const body = await c.req.json();
>   logger.info({ body }, 'login');
    return c.json({ ok: true });
  });`,
      },
      {
        path: 'src/handler.js',
        code: `
  exports.handler = async (event) => {
>   console.log('received', JSON.stringify(event));
    const order = JSON.parse(event.body);
    return { statusCode: 202, body: order.id };
  };`,
      },
      {
        path: 'src/members.ts',
        code: `
  import winston from 'winston';
  const logger = winston.createLogger();
  export const joined = (member) =>
>   logger.info('joined', { phone: member.phoneNumber });`,
      },
    ],
    good: [
      {
        path: 'src/contact.js',
        code: `
  export function contact(logger, customer, stock) {
    logger.info({ customerId: customer.id }, 'contacting');
    logger.info({ email: mask(customer.email) });
    logger.info('in stock', stock.headphones, customer.age > 18);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser || code.terminal) return;
    const told = new Set<number>();
    for (const { values, line, endLine, explained } of code.logCalls) {
      // Explained, or the worse finding of `secret-in-log`.
      if (explained || values.some(({ kind }) => kind === 'secret' || kind === 'environment')) {
        told.add(line);
        continue;
      }
      const found = values.find(({ kind }) => kind === 'personal' || kind === 'request');
      if (!found) continue;
      told.add(line);
      yield {
        line,
        endLine,
        because:
          found.kind === 'request'
            ? `\`${found.name}\` goes into the log whole, with whatever the client sent.`
            : `\`${found.name}\` of a person is written to the log.`,
      };
    }
    for (const { kind, source, line, endLine } of code.flows) {
      if (kind !== 'log' || told.has(line)) continue;
      yield { line, endLine, because: `\`${source}\` goes into the log whole, with whatever the client sent.` };
    }
  },
});
