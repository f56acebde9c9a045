import { defineRule } from '../define-rule.ts';

/** Limits that are missing, or so high that they are none. */
export const unboundedResource = defineRule({
  id: 'unbounded-resource',
  lesson: 1,
  severity: 'warning',
  summary: 'One input may take as much memory or time as it likes here: set a limit that the process can bear.',
  why: 'Ten kilobytes of gzip unpack to ten megabytes, and ten of those to a dead process. A body limit of a gigabyte, or a body put together without one, means that as many requests as fit into the container’s memory end it. A Lambda that works through its batch one by one is stopped in the middle, and gets the whole batch again.',
  fix: 'Pass `maxOutputLength` when unpacking, keep the body limit near what the route needs, and answer a batch in parts: report the items that failed, or stop before the time is up.',
  examples: {
    bad: [
      {
        path: 'src/unpack.ts',
        code: `
  import { gunzipSync } from 'node:zlib';
  export function unpack(body: Buffer) {
>   return JSON.parse(gunzipSync(body).toString());
  }`,
      },
      {
        path: 'src/unpack-later.js',
        code: `
  import { promisify } from 'node:util';
  import { brotliDecompress } from 'node:zlib';
  const unpack = promisify(brotliDecompress);
> export const text = async (body) => (await unpack(body)).toString();`,
      },
      {
        path: 'src/app.js',
        code: `
  const express = require('express');
  const app = express();
> app.use(express.json({ limit: '500mb' }));`,
      },
      {
        path: 'src/hook.js',
        code: `
  const http = require('node:http');
  http.createServer((req, res) => {
    let body = '';
>   req.on('data', (chunk) => {
>     body += chunk;
>   });
    req.on('end', () => res.end(handle(body)));
  });`,
      },
      {
        path: 'src/consumer.ts',
        code: `
  import type { SQSEvent } from 'aws-lambda';
  export const handler = async (event: SQSEvent) => {
>   for (const record of event.Records) {
>     await store(record.body);
>   }
  };`,
      },
      {
        path: 'src/pages.ts',
        code: `
> export const page = Buffer.alloc(200 * 1024 * 1024);`,
      },
    ],
    good: [
      {
        path: 'src/unpack.ts',
        code: `
  import { gunzipSync, deflateSync } from 'node:zlib';
  export const unpack = (body: Buffer) => gunzipSync(body, { maxOutputLength: 1024 * 1024 });
  export const pack = (body: Buffer) => deflateSync(body);`,
      },
      {
        path: 'src/app.js',
        code: `
  const express = require('express');
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  app.use(express.urlencoded());`,
      },
      {
        path: 'src/hook.js',
        code: `
  const http = require('node:http');
  http.createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
      if (body.length > 1_000_000) req.destroy();
    });
    http.get('http://stock.internal/', (answer) => answer.on('data', (chunk) => parts.push(chunk)));
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, line, endLine, of, scope, explained } of code.unbounded) {
      if (explained) continue;
      yield {
        line,
        endLine,
        because: reasons[kind](of),
        // What a program unpacks for itself is bounded by whoever packed it.
        ...(kind === 'decompression' && scope !== 'request' && scope !== 'unknown'
          ? { severity: 'notice' as const }
          : {}),
      };
    }
  },
});

const reasons = {
  decompression: (of: string) => `\`${of}\` unpacks without \`maxOutputLength\`.`,
  body: (of: string) => `\`${of}\` takes bodies of more than 50 megabytes.`,
  collected: (of: string) => `\`${of}\` puts the whole body together, however long it is.`,
  allocation: (of: string) => `\`${of}\` takes more than 50 megabytes at once.`,
  batch: (of: string) => `The function waits for each element of \`${of}\` in turn, within one time limit.`,
};
