import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

describe('emitters whose error nobody hears', () => {
  const emittersOf = (code: string) => codeOf('src/emitters.ts', code).emitters.map(({ kind, of }) => `${kind} ${of}`);

  test.each([
    ['a pool that the file keeps', "import { Pool } from 'pg';\nexport const pool = new Pool();", ['pool Pool']],
    [
      'a pool given to an ORM',
      "import { Pool } from 'pg';\nimport { drizzle } from 'drizzle-orm/node-postgres';\nexport const db = drizzle(new Pool());",
      [],
    ],
    [
      'a named pool given to an ORM',
      "import { Pool } from 'pg';\nimport { drizzle } from 'drizzle-orm/node-postgres';\nconst pool = new Pool();\nexport const db = drizzle(pool);",
      ['pool Pool'],
    ],
    ['a pool that a function gives out', "import { Pool } from 'pg';\nexport const make = () => new Pool();", []],
    [
      'a field with a listener',
      "import { Pool } from 'pg';\nclass A { pool = new Pool(); constructor() { this.pool.on('error', log); } }",
      [],
    ],
    [
      'a field without one',
      "import { Pool } from 'pg';\nclass A { pool = new Pool(); ask(sql) { return this.pool.query(sql); } }",
      ['pool Pool'],
    ],
    [
      'a pool that ends within its function',
      "import { Pool } from 'pg';\nasync function once() { const p = new Pool(); await p.query('SELECT 1'); await p.end(); }",
      [],
    ],
    [
      'node-redis, kept by the module',
      "import { createClient } from 'redis';\nlet c;\nexport async function get() { c = createClient(); await c.connect(); return c; }",
      ['client createClient'],
    ],
    [
      'a chain that listens',
      "import { createClient } from 'redis';\nexport const c = await createClient().on('error', log).connect();",
      [],
    ],
    [
      'an event whose name is computed',
      "import { createClient } from 'redis';\nconst c = createClient();\nfor (const e of events) c.on(e, log);",
      [],
    ],
    ['ioredis, which logs by itself', "import Redis from 'ioredis';\nexport const r = new Redis();", []],
    ['onerror', "import WebSocket from 'ws';\nconst s = new WebSocket(url);\ns.onerror = log;", []],
    [
      "a server's connections",
      "import { WebSocketServer } from 'ws';\nnew WebSocketServer({ port: 1 }).on('connection', (s) => { s.on('message', take); });",
      ['socket s'],
    ],
    [
      'connections handed on',
      "import { WebSocketServer } from 'ws';\nnew WebSocketServer({ port: 1 }).on('connection', (s) => { serve(s); });",
      [],
    ],
    [
      'a child',
      "import { spawn } from 'child_process';\nconst c = spawn('tool');\nc.on('exit', done);",
      ['process spawn'],
    ],
    [
      'a child that is Node itself',
      "import { spawn } from 'child_process';\nspawn(process.execPath, ['a.js']).on('exit', done);",
      [],
    ],
    [
      'a child of a shell, which is always found',
      "import { spawn } from 'child_process';\nspawn('tool', [], { shell: true }).on('exit', done);",
      [],
    ],
    [
      'a process that takes what nobody caught',
      "import { spawn } from 'child_process';\nspawn('tool');\nprocess.on('uncaughtException', log);",
      [],
    ],
    ['a request', "import http from 'http';\nhttp.get('http://a.example', take);", ['request http.get']],
    [
      'a request with a listener',
      "import http from 'http';\nconst r = http.request('http://a.example', take);\nr.once('error', log);",
      [],
    ],
    ['a function of the same name', 'const createClient = () => ({});\ncreateClient();', []],
  ])('%s', (_name, code, expected) => {
    expect(emittersOf(code)).toEqual(expected);
  });
});

describe('streams and callbacks whose error nobody hears', () => {
  const omitted = (code: string) => codeOf('src/streams.ts', code).omissions.map(({ kind }) => kind);

  test.each([
    [
      'a form without a listener',
      'function up(req) { const busboy = Busboy({}); req.pipe(busboy); }',
      ['error-listener'],
    ],
    [
      'a form that listens',
      "function up(req) { const busboy = Busboy({}); busboy.on('error', f); req.pipe(busboy); }",
      [],
    ],
    [
      'a stream that only passes through',
      "import { PassThrough } from 'node:stream'; function g(res) { const readStream = new PassThrough(); readStream.pipe(res); }",
      [],
    ],
    ['a callback', 'store.get(id, (err, row) => { show(row); });', ['callback-error']],
    ['a listener', "const onQuery = (err, query) => { end(query); };\nclient.on('query', onQuery);", []],
  ])('%s', (_, code, expected) => {
    expect(omitted(code)).toEqual(expected);
  });
});

describe('errors that go to the client', () => {
  const told = (code: string) => codeOf('src/answers.ts', code).disclosures.map(({ what }) => what);

  test.each([
    ['its text', 'try { f(); } catch (e) { res.status(500).json({ error: String(e) }); }', ['message']],
    ['its text in a sentence', 'try { f(); } catch (e) { res.status(500).send(`failed: ${e}`); }', ['message']],
    [
      'an answer of the web',
      'try { f(); } catch (e) { return Response.json({ error: e.message }, { status: 500 }); }',
      ['message'],
    ],
    ["Hono's answer", 'try { f(); } catch (e) { return c.json({ error: e.message }, 500); }', ['message']],
    [
      'a message for a mistake of the client',
      'try { f(); } catch (e) { return c.json({ error: e.message }, 400); }',
      [],
    ],
    ["Koa's answer", 'try { f(); } catch (e) { ctx.body = { text: e.message, trace: e.stack }; }', ['stack']],
    ['a body of something else', 'try { f(); } catch (e) { report.body = { trace: e.stack }; }', []],
    ['a list that is parsed', 'try { f(); } catch (e) { return list.json(String(e), 500); }', []],
  ])('%s', (_, code, expected) => {
    expect(told(code)).toEqual(expected);
  });
});

describe('retries', () => {
  const retriesOf = (code: string) =>
    codeOf('src/retries.ts', code).retries.map(
      ({ form, limited, paced }) => `${form}${limited ? ' limited' : ''}${paced ? ' paced' : ''}`,
    );
  const fetching = "await fetch('https://a.example', { signal })";

  test.each([
    ['for ever, at once', `while (true) { try { return ${fetching}; } catch (e) { log(e); } }`, ['loop']],
    ['for ever, with a pause', `while (true) { try { return ${fetching}; } catch (e) { await sleep(100); } }`, []],
    [
      'five times at once',
      `for (let i = 0; i < 5; i++) { try { return ${fetching}; } catch (e) { log(e); } }`,
      ['loop limited'],
    ],
    ['twice', `for (let i = 0; i < 2; i++) { try { return ${fetching}; } catch (e) { log(e); } }`, []],
    [
      'a count in an if',
      `let n = 0; while (true) { try { return ${fetching}; } catch (e) { if (++n > 4) throw e; } }`,
      ['loop limited'],
    ],
    [
      'a flag in the head',
      'let ok = false; while (!ok) { try { await connect(); ok = true; } catch (e) { log(e); } }',
      ['loop'],
    ],
    [
      'another value each turn',
      'let port = 1; while (true) { try { await listen(port); return; } catch { port++; } }',
      [],
    ],
    [
      'one of a list each',
      `for (const url of urls) { try { return await fetch(url, { signal }); } catch (e) { log(e); } }`,
      [],
    ],
    [
      'a consumer, which never succeeds for good',
      'while (running) { try { await take(); } catch (e) { log(e); } }',
      [],
    ],
    ['a catch that ends', `while (true) { try { return ${fetching}; } catch (e) { throw e; } }`, []],
  ])('a loop: %s', (_name, body, expected) => {
    expect(retriesOf(`export async function work(urls, running, signal) { ${body} }`)).toEqual(expected);
  });

  test.each([
    ['nothing counted', 'try { return await load(id); } catch { return again(id); }', ['recursion']],
    ['a count', 'try { return await load(id); } catch { return again(id, n - 1); }', []],
    ['a pause', 'try { return await load(id); } catch { await delay(10); return again(id); }', []],
    [
      'a question before it',
      'try { return await load(id); } catch (e) { if (e.status !== 401) throw e; return again(id); }',
      [],
    ],
    ['a pause around it', 'setTimeout(() => load(id).catch(() => again(id)), 100);', []],
    ['another value', "try { return await load(id); } catch (e) { return again('error', e); }", []],
    ['a person who is asked', 'try { return parse(await ask(id)); } catch { return again(id); }', []],
  ])('a function that calls itself: %s', (_name, body, expected) => {
    expect(retriesOf(`export async function again(id, n) { ${body} }`)).toEqual(expected);
  });

  test.each([
    ["import retry from 'axios-retry';\nretry(api, { retries: 3 });", ['options limited']],
    ["import retry from 'axios-retry';\nretry(api, { retries: 3, retryDelay: retry.exponentialDelay });", []],
    ["import retry from 'axios-retry';\nretry(api, options);", []],
    ["import retry from 'p-retry';\nretry(work, { forever: true });", ['options paced']],
    ["import retry from 'p-retry';\nretry(work, { retries: 3 });", []],
    ["import { Queue } from 'bullmq';\nnew Queue('a', { defaultJobOptions: { attempts: 3 } });", ['jobs limited']],
    ["import { Queue } from 'bullmq';\nconst q = new Queue('a');\nq.add('x', {}, { attempts: 3, backoff: 1000 });", []],
  ])('%s', (code, expected) => {
    expect(retriesOf(code)).toEqual(expected);
  });
});

describe('failures that are only logged', () => {
  const forgottenOf = (code: string, context = {}) =>
    codeOf('src/jobs.ts', code, context).observability.forgotten.map(({ where }) => where);
  const job = (body: string) => `import { Worker } from 'bullmq';\nnew Worker('a', async (job) => { ${body} });`;

  test.each([
    ['the whole job', job('try { await run(job); } catch (e) { log.error(e); }'), ['queue']],
    ['a part of it', job('await run(job); try { await tidy(job); } catch (e) { log.warn(e); }'), []],
    [
      'what it loads first',
      job('const user = await load(job); try { await run(user); } catch (e) { log.error(e); }'),
      ['queue'],
    ],
    ['one of many', job('for (const one of job.data) { try { await run(one); } catch (e) { log.warn(e); } }'), []],
    ['thrown on', job('try { await run(job); } catch (e) { log.error(e); throw e; }'), []],
    ['kept', job('try { await run(job); } catch (e) { log.error(e); await markFailed(job.id); }'), []],
    ['reported', job('try { await run(job); } catch (e) { captureException(e); }'), []],
  ])('%s', (_name, code, expected) => {
    expect(forgottenOf(code)).toEqual(expected);
  });

  test('a schedule counts where the repository has a service that rings somebody', () => {
    const code =
      "import cron from 'node-cron';\ncron.schedule('0 3 * * *', async () => { try { await run(); } catch (e) { console.error(e); } });";
    expect(forgottenOf(code)).toEqual([]);
    expect(forgottenOf(code, { 'package.json': '{"dependencies":{"@sentry/node":"9"}}' })).toEqual(['schedule']);
  });

  test('money that did not move is no log line; a card that was not stored is', () => {
    const paying = (call: string) =>
      `import Stripe from 'stripe';\nconst stripe = new Stripe(key);\nasync function f() { try { await stripe.${call}; } catch (e) { log.error(e); } }`;
    expect(forgottenOf(paying('refunds.create({})'))).toEqual(['payment']);
    expect(forgottenOf(paying('customers.update(id, {})'))).toEqual([]);
  });
});

describe('slow work', () => {
  const slowOf = (code: string, context = {}) =>
    codeOf('src/routes/orders.ts', code, context).slowCalls.map(({ what, call, fate }) => `${what} ${call} ${fate}`);

  test('of the AWS SDK is told by its command and its promise', () => {
    const code = `import AWS from 'aws-sdk';
import { SendEmailCommand, GetIdentityCommand, SESClient } from '@aws-sdk/client-ses';
const ses = new SESClient({});
const old = new AWS.SES();
export async function f() {
  await ses.send(new SendEmailCommand({}));
  await ses.send(new GetIdentityCommand({}));
  await old.sendEmail({}).promise();
}`;
    expect(slowOf(code)).toEqual(['mail SESClient.send awaited', 'mail old.sendEmail awaited']);
  });

  test('is followed into an imported function that waits for it', () => {
    const context = {
      'src/sheets.ts': `import ExcelJS from 'exceljs';
export async function sheet() { return new ExcelJS.Workbook().xlsx.writeBuffer(); }
export function later() { new ExcelJS.Workbook().xlsx.writeFile('a').catch(log); }
`,
    };
    const code =
      "import { later, sheet } from '../sheets';\nexport async function f() { later(); return await sheet(); }";
    expect(slowOf(code, context)).toEqual(['spreadsheet sheet → xlsx.writeBuffer awaited']);
  });
});
