import { defineRule } from '../define-rule.ts';

/** Calls over the network that nothing ends. */
export const httpNoTimeout = defineRule({
  id: 'http-no-timeout',
  lesson: 6,
  severity: 'warning',
  summary: 'A network call has no timeout: when the other side hangs, so does this one; give it a signal or a timeout.',
  why: 'fetch waits up to five minutes for headers; axios, got, superagent and `node:http` for ever, and the option `timeout` of the last only emits an event. A slow dependency then holds every request, connection and worker, and one broken service takes down all.',
  fix: 'fetch and `node:http`: `signal: AbortSignal.timeout(10_000)`. axios and got: `timeout`, best once for the instance. Decide what to answer when it fires.',
  examples: {
    bad: [
      {
        path: 'src/rates.ts',
        code: `
  export async function rate(id) {
>   const response = await fetch(\`https://api.example.com/rates/\${id}\`);
    return response.json();
  }`,
      },
      {
        path: 'src/hooks.ts',
        code: `
  import axios from 'axios';
  export const push = (event) =>
>   axios.post('https://hooks.example.com/in', event);
  export const pull = (id) =>
>   axios({ method: 'get', url: \`https://hooks.example.com/\${id}\` });`,
      },
      {
        path: 'src/prices.ts',
        code: `
  import got from 'got';
> export const prices = () => got('https://api.example.com/prices');`,
      },
      {
        path: 'src/contacts.ts',
        context: {
          'src/crm.ts': `import axios from 'axios';
export const crm = axios.create({ baseURL: process.env.CRM_URL });
`,
        },
        code: `
  import { crm } from './crm.ts';
> export const contact = (id) => crm.get(\`/contacts/\${id}\`);`,
      },
      {
        path: 'src/relay.js',
        code: `
  const https = require('node:https');
  module.exports = function relay(body, done) {
    const options = { hostname: 'relay.example.com', method: 'POST', timeout: 3000 };
>   const request = https.request(options, (response) => done(null, response));
    request.on('error', done);
    request.end(body);
  };`,
      },
      {
        path: 'src/weather.js',
        code: `
  const request = require('superagent');
  exports.weather = async (city) => {
>   const { body } = await request.get('https://weather.example.com/now').query({ city });
    return body;
  };`,
      },
    ],
    good: [
      {
        path: 'src/rates.ts',
        code: `
  import axios from 'axios';
  export const one = (id) => fetch(\`https://api.example.com/\${id}\`, { signal: AbortSignal.timeout(5000) });
  export const two = (options) => fetch('https://api.example.com', options);
  export const three = () => axios.get('https://api.example.com', { timeout: 5000 });
  export const four = () => fetch('/local');
  export const five = () => Promise.race([fetch('https://api.example.com'), failAfter(5000)]);`,
      },
      {
        path: 'src/contacts.ts',
        context: {
          'src/crm.ts': `import axios from 'axios';
export const crm = axios.create({ baseURL: process.env.CRM_URL, timeout: 3000 });
`,
        },
        code: `
  import ky from 'ky';
  import { crm } from './crm.ts';
  export const contact = (id) => crm.get(\`/contacts/\${id}\`);
  export const picture = (id) => ky.get(\`https://pictures.example.com/\${id}\`);`,
      },
      {
        path: 'src/relay.js',
        code: `
  const https = require('node:https');
  module.exports = function relay(body, done) {
    const request = https.request({ hostname: 'relay.example.com', method: 'POST', timeout: 3000 }, done);
    request.on('timeout', () => request.destroy(new Error('relay is silent')));
    request.on('error', done);
    request.end(body);
  };`,
      },
    ],
  },
  *check({ code }) {
    // Who waits at a terminal sees that nothing comes, and ends it.
    if (!code || code.browser || code.terminal) return;
    for (const { client, timeout, target, waits, madeAt, line, endLine, repair, explained } of code.networkCalls) {
      if (explained || timeout !== 'none' || (target !== 'absolute' && target !== 'configured')) continue;
      yield {
        line,
        endLine,
        because: because(client, waits, madeAt),
        ...(waits === undefined ? {} : { severity: 'notice' as const }),
        ...(repair ? { fix: repair } : {}),
      };
    }
  },
});

function because(
  client: string,
  waits: number | undefined,
  madeAt: { path: string; line: number } | undefined,
): string {
  if (madeAt)
    return `Neither this call nor the instance it goes through (\`${madeAt.path}\`, line ${madeAt.line}) has a timeout.`;
  // The option `timeout` of `node:http` only emits an event: somebody has to end the request then.
  if (client === 'http') return 'The request gets neither a `signal` nor a listener that ends it on `timeout`.';
  const end = waits === undefined ? '' : `: it gives up after ${waits} s of silence`;
  return `\`${client}\` gets neither a signal nor a timeout here${end}.`;
}
