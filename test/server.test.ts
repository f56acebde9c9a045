import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../src/config.ts';
import type { Queue } from '../src/jobs/job.ts';
import { startServer } from '../src/server.ts';

const secret = 'not-a-real-secret-'.repeat(2);
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const folder = mkdtempSync(join(tmpdir(), 'hindsight-server-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** One data folder for all tests, one after the other: that each can start says that the one before gave it back. */
const config = readConfig({
  APP_ID: '1',
  PRIVATE_KEY: privateKey,
  WEBHOOK_SECRET: secret,
  HOST: '127.0.0.1',
  PORT: '0',
  DATA_DIR: folder,
  DRAIN_SECONDS: '60',
});

/** Delivers a pull request's event as GitHub does. */
function deliver(port: number, number: number) {
  const body = JSON.stringify({ action: 'opened', number, installation: { id: 1 }, repository: {}, pull_request: {} });
  return fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': crypto.randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  });
}

describe('stopping the server', () => {
  test('answers the webhook under way, lets the running job end, and only then closes the application', async () => {
    const order: string[] = [];
    const started = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const stopping = Promise.withResolvers<void>();
    const stored = Promise.withResolvers<void>();
    let theQueue: Queue | undefined;
    const server = await startServer(config, pino({ level: 'silent' }), async ({ queue }) => {
      theQueue = queue;
      await queue.work('review', { concurrency: 1, deadlineSeconds: 60 }, async () => {
        started.resolve();
        await stored.promise;
        order.push('job ended');
      });
      return {
        probotApp: (app) => {
          app.on('pull_request', async () => {
            arrived.resolve();
            await stopping.promise;
            await queue.send('later', {});
            order.push('webhook stored');
            stored.resolve();
          });
        },
        stop: async () => {
          order.push('application closed');
        },
      };
    });
    await theQueue?.send('review', {});
    await started.promise;
    const reply = deliver(server.port, 1);
    await arrived.promise;
    const stopped = server.stop();
    stopping.resolve();
    await stopped;
    expect((await reply).status).toBe(200);
    expect(order).toEqual(['webhook stored', 'job ended', 'application closed']);
    await expect(deliver(server.port, 2)).rejects.toThrow();
  });
});

test('what fails while starting closes what was opened, and is told', async () => {
  const failing = startServer(config, pino({ level: 'silent' }), async () => {
    throw new Error('the application cannot start');
  });
  await expect(failing).rejects.toThrow('the application cannot start');
  const server = await startServer(config, pino({ level: 'silent' }), async () => ({
    probotApp: () => {},
    stop: async () => {},
  }));
  await server.stop();
});

test('a burst of a hundred webhooks is stored and answered within seconds', async () => {
  const server = await startServer(config, pino({ level: 'silent' }), async ({ queue }) => ({
    probotApp: (app) => {
      app.on('pull_request', async ({ payload }) => {
        const { number } = payload as { number: number };
        await queue.send('review', { number }, { key: `head-${number}`, supersedes: `pull-${number}` });
      });
    },
    stop: async () => {},
  }));
  const before = performance.now();
  const replies = await Promise.all(Array.from({ length: 100 }, (_, number) => deliver(server.port, number)));
  const seconds = (performance.now() - before) / 1000;
  expect(replies.every(({ status }) => status === 200)).toBe(true);
  expect(seconds).toBeLessThan(20);
  await server.stop();
});
