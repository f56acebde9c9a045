import type { Retry } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

/** Calls that are tried again at once, or for ever. */
export const retryWithoutBackoff = defineRule({
  id: 'retry-without-backoff',
  lesson: 6,
  severity: 'warning',
  summary: 'This tries again at once, or without end: bound the attempts, and wait longer and at random between them.',
  why: 'A service fails because it has too much to do, and a retry at once gives it more: three attempts in each of three layers are 27 calls for one click. Without a bound the first outage turns this process into a loop that occupies a processor and floods a log; without a pause all attempts are over before a restart has even begun.',
  fix: 'Try two or three times, in one layer, only what is safe to repeat: `p-retry`, or a loop with `await sleep(2 ** attempt * 100 * Math.random())`. axios-retry: `retryDelay: axiosRetry.exponentialDelay`. BullMQ: `backoff: { type: "exponential", delay: 1000 }` beside `attempts`.',
  examples: {
    bad: [
      {
        path: 'src/rates.ts',
        code: `
  export async function rates(url: string) {
    while (true) {
>     try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
        return await answer.json();
      } catch (err) {
        console.warn('rates failed', err);
      }
    }
  }`,
      },
      {
        path: 'src/push.ts',
        code: `
  import axios from 'axios';
  export async function push(event: object) {
    let last: unknown;
    for (let attempt = 0; attempt < 5; attempt++) {
>     try {
        return await axios.post('https://hooks.example.com/in', event, { timeout: 3000 });
      } catch (err) {
        last = err;
      }
    }
    throw last;
  }`,
      },
      {
        path: 'src/load.js',
        code: `
  async function load(id) {
    try {
      return await store.load(id);
    } catch (err) {
      console.warn('again', id);
>     return load(id);
    }
  }
  module.exports = { load };`,
      },
      {
        path: 'src/exports.ts',
        code: `
  import axios from 'axios';
  export async function finished(id: string) {
    let state = 'pending';
>   while (state !== 'done') {
      const { data } = await axios.get(\`https://exports.example/\${id}\`, { timeout: 3000 });
      state = data.state;
    }
  }
  export async function available(url: string) {
>   for (;;) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
      if (answer.ok) return answer;
    }
  }`,
      },
      {
        path: 'src/http.ts',
        code: `
  import axios from 'axios';
  import axiosRetry from 'axios-retry';
  const api = axios.create({ baseURL: process.env.API_URL, timeout: 2000 });
> axiosRetry(api, { retries: 5 });
  export { api };`,
      },
      {
        path: 'src/mails.ts',
        code: `
  import { Queue } from 'bullmq';
  const mails = new Queue('mails');
  export const welcome = (id: string) =>
>   mails.add('welcome', { id }, { attempts: 5 });`,
      },
    ],
    good: [
      {
        path: 'src/rates.ts',
        code: `
  import { setTimeout as sleep } from 'node:timers/promises';
  import pRetry from 'p-retry';
  export async function rates(url: string) {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        return await fetch(url, { signal: AbortSignal.timeout(2000) });
      } catch (err) {
        await sleep(2 ** attempt * 100 * Math.random());
      }
    }
    throw new Error('no rates');
  }
  export const prices = (url: string) => pRetry(() => fetch(url, { signal: AbortSignal.timeout(2000) }), { retries: 3 });`,
      },
      {
        path: 'src/mails.ts',
        code: `
  import { Queue } from 'bullmq';
  const mails = new Queue('mails', { defaultJobOptions: { backoff: { type: 'exponential', delay: 1000 } } });
  export const welcome = (id: string) => mails.add('welcome', { id }, { attempts: 5 });`,
      },
      {
        path: 'src/exports.ts',
        code: `
  import { setTimeout as sleep } from 'node:timers/promises';
  import axios from 'axios';
  export async function finished(id: string, until: number) {
    while (Date.now() < until) {
      const { data } = await axios.get(\`https://exports.example/\${id}\`, { timeout: 3000 });
      if (data.state === 'done') return;
      await sleep(1000);
    }
    throw new Error('not done in time');
  }
  export async function all(first: string) {
    const found: object[] = [];
    let next: string | undefined = first;
    while (next) {
      const { data } = await axios.get(next, { timeout: 3000 });
      found.push(...data.items);
      next = data.next;
    }
    return found;
  }`,
      },
      {
        path: 'src/mirrors.ts',
        code: `
  export async function first(urls: string[]) {
    for (const url of urls) {
      try {
        return await fetch(url, { signal: AbortSignal.timeout(2000) });
      } catch {
        console.warn('mirror is down', url);
      }
    }
    throw new Error('no mirror answers');
  }
  export async function consume(queue: Queue, running: () => boolean) {
    while (running()) {
      try {
        await queue.handleNext();
      } catch (err) {
        console.error(err);
      }
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const retry of code.retries)
      if (!retry.explained) yield { line: retry.line, endLine: retry.endLine, because: because(retry) };
  },
});

function because({ form, of, limited, paced }: Retry): string {
  if (form === 'jobs') return 'The job has `attempts` and no `backoff`: all of them follow one another at once.';
  if (form === 'recursion')
    return `When it fails it calls \`${of}\` again, with nothing counted and nothing waited for.`;
  if (form === 'answer')
    return `\`${of}\` is asked again the moment it has answered${limited ? '' : ', with nothing that ends it when it never does'}.`;
  if (form === 'options' && limited)
    return `\`${of}\` waits for nothing between attempts unless it is given \`retryDelay\`.`;
  if (paced) return `\`${of}\` is told to go on for ever.`;
  const end = limited ? '' : ', and nothing counts the attempts';
  return `\`${of}\` is tried again as soon as it fails${end}.`;
}
