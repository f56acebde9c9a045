import type { CodeFacts, Loop, PerItemCall } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

/** A request to another service per element. */
export const callInLoop = defineRule({
  id: 'call-in-loop',
  lesson: 9,
  severity: 'warning',
  summary: 'Each turn of the loop is a request to another service: send all elements in one.',
  why: 'A request over the network takes ten to a hundred times as long as a query, so a loop over two hundred elements keeps its caller waiting for half a minute. Providers count requests, not elements: the loop runs into their limit while one batch would not.',
  fix: 'Use the form that takes a list, in chunks as large as the provider allows. Where there is none, run a few at a time with a limit, and leave it to a job when nobody has to wait.',
  examples: {
    bad: [
      {
        path: 'src/search.ts',
        code: `
  import OpenAI from 'openai';
  const openai = new OpenAI({ timeout: 10_000 });
  export async function vectors(texts: string[]) {
    const found: number[][] = [];
    for (const text of texts) {
>     const { data } = await openai.embeddings.create({ model: 'text-embedding-3-small', input: text });
      found.push(data[0].embedding);
    }
    return found;
  }`,
      },
      {
        path: 'src/outbox.ts',
        code: `
  import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
  const sqs = new SQSClient({});
  export async function publish(events: Event[]) {
    for (const event of events) {
>     await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(event) }));
    }
  }`,
      },
      {
        path: 'src/schedule.js',
        code: `
  const { Queue } = require('bullmq');
  const queue = new Queue('thumbnails');
  exports.schedule = (pictures) =>
    Promise.all(pictures.map((picture) =>
>     queue.add('thumbnail', { id: picture.id })));`,
      },
      {
        path: 'src/basket.ts',
        code: `
  import axios from 'axios';
  const app = express();
  app.get('/basket', async (req, res) => {
    const prices: number[] = [];
    for (const item of req.user.basket) {
>     const { data } = await axios.get('https://prices.example.com/items/' + item.sku, { timeout: 2_000 });
      prices.push(data.price);
    }
    res.json(prices);
  });`,
      },
    ],
    good: [
      {
        path: 'src/search.ts',
        code: `
  import OpenAI from 'openai';
  import { Queue } from 'bullmq';
  const openai = new OpenAI({ timeout: 10_000 });
  const queue = new Queue('thumbnails');
  export async function vectors(texts: string[]) {
    const { data } = await openai.embeddings.create({ model: 'text-embedding-3-small', input: texts });
    await queue.addBulk(texts.map((text) => ({ name: 'index', data: { text } })));
    for (const batch of chunk(texts, 100))
      await openai.embeddings.create({ model: 'text-embedding-3-small', input: batch });
    for (const kind of ['daily', 'weekly']) await queue.add(kind, {});
    return data.map(({ embedding }) => embedding);
  }
  export async function firstThatAnswers(hosts: string[]) {
    for (const host of hosts) {
      const response = await fetch('https://' + host + '/health', { signal: AbortSignal.timeout(1_000) });
      if (response.ok) return host;
    }
    return undefined;
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const call of code.perItemCalls) {
      const loop = loopOf(code, call);
      if (!loop || call.explained) continue;
      const where = `The loop on line ${loop.line}${loop.over ? ` over \`${loop.over}\`` : ''} makes one request per element with \`${call.call}\``;
      if (call.instead !== undefined)
        yield { line: call.line, endLine: call.endLine, because: `${where}; ${call.instead} does for all.` };
      else if (call.scope === 'request' && /^for(?:-of)?$/.test(loop.form))
        yield {
          line: call.line,
          endLine: call.endLine,
          because: `${where}, one after the other, while a request waits.`,
          // Whether the other side takes a list is not known here.
          severity: 'notice',
        };
    }
  },
});

/** The loop that makes a call for each of its elements; undefined where its turns are few. */
function loopOf(code: CodeFacts, call: PerItemCall): Loop | undefined {
  const loop = call.loop === undefined ? undefined : code.loops[call.loop];
  if (!loop || loop.bounded || loop.exits || loop.form === 'resolver' || loop.form === 'walk') return undefined;
  return loop;
}
