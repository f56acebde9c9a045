import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { pino } from 'pino';
import { parse } from 'yaml';
import { type Config, readConfig } from '../../src/config.ts';
import { type AppParts, type RunningServer, startServer } from '../../src/server.ts';

const secret = 'not-a-real-secret-'.repeat(2);
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

let folder: string;
let server: RunningServer;
let parts: AppParts;
let base: string;
let config: Config;
/** What the application does with a pull request's event, by test. */
let onPull: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-web-'));
  config = readConfig({
    APP_ID: '1',
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: secret,
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: folder,
    DRAIN_SECONDS: '1',
    METRICS_TOKEN: 'let-me-read-the-metrics',
  });
  server = await startServer(config, pino({ level: 'silent' }), async (given) => {
    parts = given;
    return {
      probotApp: (app) => {
        app.on('pull_request', async () => onPull());
      },
      stop: async () => {},
    };
  });
  base = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Delivers a webhook as GitHub does. */
async function deliver(body: string, headers: Record<string, string> = {}) {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  return fetch(`${base}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': crypto.randomUUID(),
      'x-hub-signature-256': signature,
      ...headers,
    },
  });
}
const event = JSON.stringify({ action: 'opened', installation: { id: 1 }, repository: {}, pull_request: {} });

describe('webhooks', () => {
  test('are answered 200 after the application has done its part', async () => {
    let stored = false;
    onPull = async () => {
      stored = true;
    };
    expect((await deliver(event)).status).toBe(200);
    expect(stored).toBe(true);
  });

  test('are refused when the signature is wrong, and the application sees nothing', async () => {
    let seen = false;
    onPull = async () => {
      seen = true;
    };
    const reply = await deliver(event, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` });
    expect(reply.status).toBe(400);
    expect(seen).toBe(false);
  });

  test('fail openly when the work could not be stored, so that GitHub records a failure', async () => {
    onPull = async () => {
      throw new Error('the database is away');
    };
    const reply = await deliver(event);
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toContain('database');
  });

  test('need the three headers and JSON', async () => {
    expect((await deliver(event, { 'x-github-event': '' })).status).toBe(400);
    expect((await deliver(event, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await deliver('no json')).status).toBe(400);
  });

  test('over 25 MB are refused without being read to the end', async () => {
    const status = await new Promise((resolve, reject) => {
      const sending = request(`${base}/api/github/webhooks`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': 26 * 1024 * 1024,
          'x-github-event': 'ping',
          'x-github-delivery': '1',
          'x-hub-signature-256': 'sha256=0',
        },
      });
      sending.on('response', (response) => resolve(response.statusCode));
      sending.on('error', reject);
      sending.flushHeaders();
    });
    expect(status).toBe(413);
  });
});

describe('the description in openapi.yaml', () => {
  interface Media {
    schema: object;
  }
  type Responses = Record<string, { $ref?: string; content?: Record<string, Media> }>;
  interface Description {
    paths: Record<string, Record<string, { responses: Responses }>>;
    components: { responses: Responses };
  }
  const description: Description = parse(readFileSync(new URL('../../src/web/openapi.yaml', import.meta.url), 'utf8'));
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ $id: 'openapi', ...description });

  /** The answer is one the description knows: status, content type, and the shape of its JSON. */
  async function expectDescribed(path: string, method: string, reply: Response) {
    const responses = description.paths[path]?.[method]?.responses ?? {};
    const response = responses[String(reply.status)];
    if (!response) throw new Error(`${method} ${path} answered ${reply.status}, which is not described`);
    const name = response.$ref?.split('/').at(-1);
    const content = (name ? description.components.responses[name] : response)?.content;
    if (!content) return;
    const type = (reply.headers.get('content-type') ?? '').split(';')[0] ?? '';
    expect(Object.keys(content)).toContain(type);
    if (type !== 'application/json') return;
    const validate = ajv.compile(
      JSON.parse(JSON.stringify(content[type]?.schema).replaceAll('"#/', '"openapi#/')) as object,
    );
    const body = await reply.json();
    expect({ body, errors: validate(body) ? null : validate.errors }).toEqual({ body, errors: null });
  }

  const gets = Object.keys(description.paths).filter((path) => description.paths[path]?.get);
  test.each(gets)('is true of GET %s', async (path) => {
    const address = base + path.replace('{lesson}', 'n-plus-one');
    const reply = await fetch(address, { headers: { authorization: 'Bearer let-me-read-the-metrics' } });
    expect(reply.status).toBe(200);
    await expectDescribed(path, 'get', reply);
  });

  test('is true of the answers that are not 200', async () => {
    await expectDescribed('/lessons/{lesson}', 'get', await fetch(`${base}/lessons/no-such`));
    const inBrowser = await fetch(`${base}/lessons/no-such`, { headers: { accept: 'text/html,*/*' } });
    await expectDescribed('/lessons/{lesson}', 'get', inBrowser.clone());
    expect([inBrowser.status, await inBrowser.text()]).toEqual([404, expect.stringContaining('/lessons/n-plus-one')]);
    await expectDescribed('/metrics', 'get', await fetch(`${base}/metrics`));
    onPull = async () => {
      throw new Error('no');
    };
    await expectDescribed('/api/github/webhooks', 'post', await deliver(event));
    await expectDescribed('/api/github/webhooks', 'post', await deliver(event, { 'x-github-event': '' }));
    await expectDescribed('/api/github/webhooks', 'post', await deliver(event, { 'content-type': 'text/plain' }));
    onPull = async () => {};
    await expectDescribed('/api/github/webhooks', 'post', await deliver(event));
  });

  test('names every path that is served, and no path answers that it does not name', async () => {
    expect((await fetch(`${base}/api`)).status).toBe(404);
    expect((await fetch(`${base}/probot`)).status).toBe(404);
    expect((await fetch(`${base}/ping`)).status).toBe(404);
    expect((await fetch(`${base}/healthz`, { method: 'DELETE' })).headers.get('allow')).toBe('GET');
  });
});

describe('pages', () => {
  test('are answered with 304 when they have not changed', async () => {
    const etag = (await fetch(`${base}/lessons`)).headers.get('etag') ?? '';
    expect((await fetch(`${base}/lessons`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('run no script and load nothing from elsewhere', async () => {
    const reply = await fetch(`${base}/lessons/scale`);
    expect(reply.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(await reply.text()).not.toMatch(/<script|<link rel="stylesheet"|src="http/);
  });
});

describe('readiness', () => {
  test('ends when the queue stops, and the metrics go on', async () => {
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
    await parts.queue.stop({ drainSeconds: 0 });
    const reply = await fetch(`${base}/readyz`);
    expect(reply.status).toBe(503);
    expect(await reply.json()).toEqual({ status: 'not ready', missing: ['queue'] });
    await parts.database.close();
    expect(await (await fetch(`${base}/readyz`)).json()).toMatchObject({ missing: ['database', 'queue'] });
    const metrics = await fetch(`${base}/metrics`, { headers: { authorization: 'Bearer let-me-read-the-metrics' } });
    const text = await metrics.text();
    expect(text).toContain('hindsight_jobs_readable 0');
    expect(text).toMatch(
      /hindsight_http_request_seconds_count\{route="\/lessons\/\{lesson\}",method="GET",status="200"\}/,
    );
    expect(text).toMatch(/hindsight_webhook_ack_seconds_count\{event="pull_request",status="200"\} \d/);
  });
});
