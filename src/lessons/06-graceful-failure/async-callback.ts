import { defineRule } from '../define-rule.ts';

const kinds = new Set(['iteration', 'timer', 'listener', 'callback', 'executor', 'member']);

/** Async functions where the caller does not wait. */
export const asyncCallback = defineRule({
  id: 'async-callback',
  lesson: 6,
  severity: 'warning',
  summary: 'Whoever calls this async function does not wait for it: use a form that waits, or catch inside.',
  why: '`forEach`, timers, event emitters and `new Promise` drop what their callback returns. The lines after it run before the work is done, and the first rejection has no owner: it ends the process, far away from the request that caused it.',
  fix: 'Use `for … of` with `await`, or `await Promise.all(items.map(…))` with a limit. In a timer or a listener catch inside the function. Make the executor of `new Promise` a plain function, or write the whole thing as an async function.',
  examples: {
    bad: [
      {
        path: 'src/import.ts',
        code: `
  export async function importRows(rows: Row[], repository: { save(row: Row): Promise<void> }) {
>   rows.forEach(async (row) => {
      await repository.save(row);
    });
    return rows.length;
  }`,
      },
      {
        path: 'src/poll.js',
        code: `
  export function poll(queue) {
>   setInterval(async () => {
      const next = await queue.take();
      await next.run();
    }, 1000);
  }`,
      },
      {
        path: 'src/passport.js',
        code: `
  const { Strategy: LocalStrategy } = require('passport-local');
> passport.use(new LocalStrategy(async (name, password, done) => {
    const account = await accounts.named(name);
    done(null, account.matches(password) ? account : false);
  }));`,
      },
      {
        path: 'src/mails.js',
        code: `
  const amqp = require('amqplib');
  exports.listen = async (url) => {
    const channel = await (await amqp.connect(url).on('error', log)).createChannel();
>   channel.consume('mails', async (mail) => {
      await send(mail);
      channel.ack(mail);
    });
  };`,
        context: { 'package.json': '{"dependencies":{"amqplib":"0.10"}}' },
      },
      {
        path: 'src/open.js',
        code: `
  export function open(url) {
>   return new Promise(async (resolve) => {
      const answer = await fetch(url, { signal: AbortSignal.timeout(1000) });
      resolve(await answer.text());
    });
  }`,
      },
      {
        path: 'src/chat.ts',
        code: `
  export function serve(socket, rooms) {
>   socket.on('join', async (name) => {
      const room = await rooms.find(name);
      room.add(socket);
    });
  }`,
      },
      {
        path: 'src/retry.ts',
        code: `
  function whenIdle(work: () => void) {
    setImmediate(work);
  }
  export function flush(buffer: { drain(): Promise<void> }) {
>   whenIdle(async () => {
      await buffer.drain();
    });
  }`,
      },
    ],
    good: [
      {
        path: 'src/import.ts',
        code: `
  export async function importRows(rows: Row[], repository: { save(row: Row): Promise<void> }) {
    for (const row of rows) await repository.save(row);
    await Promise.all(rows.map(async (row) => repository.save(row)));
    rows.forEach((row) => row.freeze());
  }`,
      },
      {
        path: 'src/poll.js',
        code: `
  export function poll(queue, log) {
    setInterval(async () => {
      try {
        const next = await queue.take();
        await next.run();
      } catch (err) {
        log.error({ err }, 'poll failed');
      }
    }, 1000);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, line, endLine, of, by, explained } of code.misusedPromises)
      if (kinds.has(kind) && !explained) yield { line, endLine, because: `In \`${of}\`, ${by}.` };
  },
});
