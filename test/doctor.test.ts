import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lacking, readManifest } from '../src/app-manifest.ts';
import { diagnoseApp } from '../src/doctor.ts';
import { createGitHub } from '../src/github/octokit.ts';

describe('app.yml', () => {
  const wanted = readManifest();

  test('asks for the smallest set of permissions', () => {
    expect(wanted.permissions).toEqual({
      metadata: 'read',
      contents: 'read',
      pull_requests: 'write',
      checks: 'write',
      merge_queues: 'read',
    });
  });

  test('is satisfied by an App that may more', () => {
    const more = { permissions: { ...wanted.permissions, contents: 'write' }, events: [...wanted.events, 'push'] };
    expect(lacking(wanted, more)).toEqual([]);
  });

  test('names each permission and event that an App lacks', () => {
    const live = {
      permissions: { metadata: 'read', contents: 'read', pull_requests: 'read' },
      events: ['pull_request'],
    };
    expect(lacking(wanted, live)).toEqual([
      'The permission pull_requests: write is missing (it is read).',
      'The permission checks: write is missing (it is not granted).',
      'The permission merge_queues: read is missing (it is not granted).',
      'The event pull_request_review_comment is not subscribed.',
      'The event pull_request_review_thread is not subscribed.',
      'The event check_run is not subscribed.',
      'The event check_suite is not subscribed.',
      'The event merge_group is not subscribed.',
    ]);
  });
});

describe('the doctor', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const wanted = readManifest();
  let answers: Record<string, unknown> = {};
  let server: Server;
  let apiUrl: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = answers[(request.url ?? '').split('?')[0] ?? ''];
      response.writeHead(answer ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { message: 'A JSON web token could not be decoded' }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  const examine = () => diagnoseApp(createGitHub({ appId: 1, privateKey, apiUrl }).app, { apiUrl });

  test('finds nothing wrong with an App that is set up as app.yml asks', async () => {
    answers = {
      '/app': { name: 'Hindsight', html_url: 'https://github.com/apps/hindsight', ...wanted },
      '/app/hook/config': { url: 'https://hindsight.example.com/api/github/webhooks' },
      '/app/installations': [{ id: 1, account: { login: 'octo-org' }, suspended_at: null, ...wanted }],
    };
    expect((await examine()).filter(({ ok }) => !ok)).toEqual([]);
  });

  test('says what is missing, where, and what to do', async () => {
    answers = {
      '/app': { name: 'Hindsight', html_url: 'https://github.com/apps/hindsight', ...wanted, events: [] },
      '/app/hook/config': { url: 'https://hindsight.example.com/' },
      '/app/installations': [
        { id: 1, account: { login: 'octo-org' }, html_url: 'https://github.com/x', ...wanted, permissions: {} },
        { id: 2, account: { login: 'asleep' }, suspended_at: '2026-01-01T00:00:00Z', permissions: {}, events: [] },
      ],
    };
    const wrong = (await examine()).filter(({ ok }) => !ok);
    expect(wrong.map(({ what }) => what)).toEqual([
      ...wanted.events.map((event) => `The event ${event} is not subscribed.`),
      'Webhooks go to https://hindsight.example.com/.',
      expect.stringMatching(/^octo-org: The permission metadata: read is missing/),
    ]);
    expect(wrong.every(({ todo }) => todo !== undefined)).toBe(true);
  });

  test('names the likely reason when GitHub does not accept the credentials', async () => {
    answers = {};
    expect(await examine()).toEqual([
      expect.objectContaining({ ok: false, todo: expect.stringContaining('private key do not belong together') }),
    ]);
  });
});
