import { defineRule } from '../define-rule.ts';

const reasons = {
  element: 'one element that does not parse loses the answers for all others',
  schema: 'the validation throws instead of reporting the field',
  request: 'the client decides whether it throws',
  message: 'a listener that throws ends the process',
  queued: 'one message that does not parse comes again and again, and all behind it wait',
} as const;

/** Parses of foreign text that nobody catches. */
export const throwingParse = defineRule({
  id: 'throwing-parse',
  lesson: 6,
  severity: 'warning',
  summary: 'Malformed text throws here and nothing catches it: parse where a failure has an answer.',
  why: '`JSON.parse` and `new URL` throw on the first wrong character. In a list one bad row hides the good ones; in a listener nobody is above to catch; in a handler a client’s typing mistake becomes an error of the server, with an alarm.',
  fix: 'Catch it beside the parse and leave the element out, or answer 400. Use `URL.canParse`, or a schema that parses (`z.string().transform((text, ctx) => …ctx.addIssue…)`).',
  examples: {
    bad: [
      {
        path: 'src/stored.ts',
        code: `
  export const listen = (consumer) =>
    consumer.run({
      eachMessage: async ({ message }) => {
>       await store(JSON.parse(message.value.toString()));
      },
    });`,
      },
      {
        path: 'src/ask.js',
        code: `
  exports.ask = (request, answered) =>
    request.on('response', (response) => {
      let text = '';
      response.on('data', (part) => { text += part; });
>     response.on('end', () => answered(JSON.parse(text)));
    });`,
      },
      {
        path: 'src/inboxes.js',
        code: `
  export const allowed = (inboxes, hosts) =>
    inboxes.filter((inbox) => {
>     const { hostname } = new URL(inbox);
      return hosts.has(hostname);
    });`,
      },
      {
        path: 'src/schema.ts',
        code: `
  import { z } from 'zod';
  export const settings = z
    .string()
>   .transform((text) => JSON.parse(text));`,
      },
      {
        path: 'src/hook.js',
        code: `
  const express = require('express');
  const app = express();
  app.post('/hook', (req, res) => {
>   const event = JSON.parse(req.body.event);
    res.json({ id: event.id });
  });`,
      },
      {
        path: 'src/socket.ts',
        code: `
  export function serve(socket: WebSocket) {
    socket.on('message', (data) => {
>     const command = JSON.parse(data.toString());
      run(command);
    });
  }`,
      },
    ],
    good: [
      {
        path: 'src/inboxes.js',
        code: `
  export const allowed = (inboxes, hosts) =>
    inboxes.filter((inbox) => {
      try {
        return hosts.has(new URL(inbox).hostname);
      } catch {
        return false;
      }
    });
  export const copies = (rows) => rows.map((row) => JSON.parse(JSON.stringify(row)));
  export const local = (paths) => paths.map((path) => new URL(path, 'https://example.com'));`,
      },
      {
        path: 'src/feed.js',
        code: `
  import Redis from 'ioredis';
  const redis = new Redis(process.env.REDIS_URL, { commandTimeout: 1_000 });
  export async function recent(user) {
    const entries = await redis.lrange(\`feed:\${user}\`, 0, 19);
    return entries.map((entry) => JSON.parse(entry));
  }
  export const add = (user, entry) => redis.lpush(\`feed:\${user}\`, JSON.stringify(entry));`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { of, text, reason, line, endLine, explained, repair } of code.throwingParses)
      if (!explained)
        yield {
          line,
          endLine,
          because: `\`${of}\` of \`${text.replace(/`/g, "'")}\`: ${reasons[reason]}.`,
          // A list of texts, or of addresses, is most often the program's own.
          ...(reason === 'element' ? { severity: 'notice' as const } : {}),
          ...(repair ? { fix: repair } : {}),
        };
  },
});
