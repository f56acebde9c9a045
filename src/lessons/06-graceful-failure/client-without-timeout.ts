import { defineRule } from '../define-rule.ts';

/** Clients whose calls wait as long as the other side likes. */
export const clientWithoutTimeout = defineRule({
  id: 'client-without-timeout',
  lesson: 6,
  severity: 'notice',
  summary: 'This client waits for an answer as long as it takes: set its timeout once, for all of its calls.',
  why: 'axios and got wait for ever, ioredis keeps commands while it is disconnected, the AWS SDK 3 and Slack’s client have no end of their own, SDKs of language models wait ten minutes and try twice. When the other side hangs, every request that needs it hangs too, until no connection is left for those that do not.',
  fix: 'Set `timeout` (axios, got, `HttpModule.register`, SDKs), `commandTimeout` (ioredis) or `requestHandler: { requestTimeout }` (AWS SDK 3) to what a user would wait, and decide what to answer when it fires.',
  examples: {
    bad: [
      {
        path: 'src/rates.ts',
        code: `
  import axios from 'axios';
> export const rates = axios.create({ baseURL: 'https://rates.example' });`,
      },
      {
        path: 'src/limiter.ts',
        code: `
  import Redis from 'ioredis';
> export const redis = new Redis(process.env.REDIS_URL ?? '');`,
      },
      {
        path: 'src/ask.ts',
        code: `
  import OpenAI from 'openai';
> export const model = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });`,
      },
      {
        path: 'src/files.ts',
        code: `
  import { S3Client } from '@aws-sdk/client-s3';
> export const files = new S3Client({ region: 'eu-central-1' });`,
      },
      {
        path: 'src/crm.module.ts',
        code: `
  import { HttpModule } from '@nestjs/axios';
  import { Module } from '@nestjs/common';
> @Module({ imports: [HttpModule], providers: [CrmService] })
  export class CrmModule {}`,
      },
    ],
    good: [
      {
        path: 'src/rates.ts',
        code: `
  import axios from 'axios';
  import Redis from 'ioredis';
  export const rates = axios.create({ baseURL: 'https://rates.example', timeout: 5000 });
  export const redis = new Redis({ commandTimeout: 1000 });
  export const other = (options) => axios.create(options);
  export const more = (options) => axios.create({ ...options });`,
      },
      {
        path: 'src/pay.ts',
        code: `
  import axios from 'axios';
  import ky from 'ky';
  import Stripe from 'stripe';
  export const stripe = new Stripe(process.env.STRIPE_KEY ?? '');
  export const rates = ky.create({ prefixUrl: 'https://rates.example' });
  const hooks = axios.create({ baseURL: 'https://hooks.example' });
  export const push = (event) => hooks.post('/in', event, { timeout: 2000 });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { of, timeout, setting = 'timeout', asked, line, endLine, repair, explained } of code.clients) {
      if (timeout !== 'none' || explained) continue;
      yield {
        line,
        endLine: Math.min(endLine, line + 5),
        because: `\`${of}\` is given no \`${setting}\`${asked ? ', and requests of this file set none either' : ''}.`,
        // Requests in sight that nothing ends: no longer a matter of what others may do with it.
        ...(asked ? { severity: 'warning' as const } : {}),
        ...(repair ? { fix: repair } : {}),
      };
    }
  },
});
