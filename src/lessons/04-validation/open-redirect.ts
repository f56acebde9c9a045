import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** The path that was asked for. Only where any path is served may it begin with two slashes. */
const ownPath =
  /^(?:\w*[rR]eq(?:uest)?|ctx|context|c)(?:\.req(?:uest)?)?\.(?:originalUrl|url|path|baseUrl|nextUrl\.pathname)$/;

/** Redirects to where the request says. */
export const openRedirect = defineRule({
  id: 'open-redirect',
  lesson: 4,
  severity: 'error',
  summary: 'The request decides where the client is sent: redirect to paths of your own only.',
  why: 'A link to your domain that ends on a stranger’s page makes phishing look like you, and after a login the address may carry a code or token along. `//evil.example` and `/\\evil.example` look like paths and are hosts.',
  fix: 'Look the target up by a key, or resolve it against your origin with `new URL(target, origin)` and compare the origins.',
  examples: {
    bad: [
      {
        path: 'src/login.js',
        code: `
  import express from 'express';
  const app = express();
  app.post('/login', (req, res) => {
>   res.redirect(req.query.next);
  });`,
      },
      {
        path: 'src/leave.ts',
        code: `
  import { NextResponse } from 'next/server';
  export async function GET(request: Request) {
>   const { to } = await request.json();
>   return NextResponse.redirect(to);
  }`,
        context: {},
      },
      {
        path: 'src/out.js',
        code: `
  import Koa from 'koa';
  const app = new Koa();
  app.use(async (ctx) => {
>   ctx.redirect(ctx.query.back);
  });`,
      },
      {
        path: 'src/continue.ts',
        code: `
  import type { APIGatewayProxyEvent } from 'aws-lambda';
  export const handler = async (event: APIGatewayProxyEvent) => ({
    statusCode: 302,
>   headers: { Location: event.queryStringParameters?.next },
  });`,
      },
    ],
    good: [
      {
        path: 'src/login.js',
        code: `
  export function login(req, res) {
    const next = req.query.next;
    if (new URL(next, 'https://shop.example').origin !== 'https://shop.example') return res.redirect('/');
    res.redirect('/orders/' + req.params.id);
  }`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['redirect'], 'decides where the client is sent by', (flow, code) => {
      if (!ownPath.test(flow.source)) return undefined;
      const handler = flow.handler === undefined ? undefined : code.handlers[flow.handler];
      return handler && handler.method !== 'USE' && /^\/[\w/.@-]*$/.test(handler.path) ? 'none' : 'notice';
    });
  },
});
