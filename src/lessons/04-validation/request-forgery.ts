import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Requests of the server to addresses that a client chooses. */
export const requestForgery = defineRule({
  id: 'request-forgery',
  lesson: 4,
  severity: 'error',
  summary: 'The client chooses the host that the server calls: allow a list of hosts.',
  why: 'Your server can reach what the client cannot: the cloud’s metadata address that hands out credentials, the admin port of the database, services that trust everyone inside the network. A redirect or a name that resolves to a private address gets around a check of the text alone.',
  fix: 'Parse the URL, compare its `host` with a list of your own, refuse redirects, or let the client choose among names that you map to URLs.',
  examples: {
    bad: [
      {
        path: 'src/preview.js',
        code: `
  import express from 'express';
  const app = express();
  app.get('/preview', async (req, res) => {
>   const page = await fetch(req.query.url, { signal: AbortSignal.timeout(3000) });
    res.send(await page.text());
  });`,
      },
      {
        path: 'src/hook.ts',
        code: `
  import axios from 'axios';
  export async function POST(request: Request) {
>   const { target } = await request.json();
>   await axios.post(target, { hello: true }, { timeout: 3000 });
    return new Response(null, { status: 204 });
  }`,
      },
      {
        path: 'src/avatar.js',
        code: `
  import got from 'got';
  export const avatar = async (req, res) => {
>   res.send(await got(\`https://\${req.body.host}/avatar.png\`).buffer());
  };`,
      },
      {
        path: 'src/deliveries.ts',
        code: `
  export async function deliver(webhook, body) {
>   return fetch(webhook.url, { method: 'POST', body, signal: AbortSignal.timeout(5_000) });
  }`,
      },
    ],
    good: [
      {
        path: 'src/preview.js',
        code: `
  const hosts = ['docs.example.com', 'blog.example.com'];
  export async function preview(req, res) {
    const url = req.query.url;
    if (!hosts.includes(new URL(url).host)) return res.sendStatus(400);
    res.send(await (await fetch(url)).text());
  }`,
      },
      {
        path: 'src/parcel.js',
        code: `
  export const parcel = async (req, res) => {
    const answer = await fetch(\`https://parcels.example.com/v1/\${encodeURIComponent(req.params.id)}\`);
    res.json(await answer.json());
  };`,
      },
    ],
  },
  *check(facts) {
    // An address that somebody stored: where it may lead can have been asked when it was.
    yield* flowMatches(facts, ['url'], 'decides which host is called by', ({ certainty, source }) =>
      certainty !== 'request' && /hook/i.test(source) ? 'notice' : undefined,
    );
  },
});
