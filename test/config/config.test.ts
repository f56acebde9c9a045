import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../src/config.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const complete = { APP_ID: '42', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'a'.repeat(32) };
const folder = mkdtempSync(join(tmpdir(), 'hindsight-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function faultsOf(env: Record<string, string | undefined>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('it was accepted');
}

describe('the configuration', () => {
  test('needs three values and has a default for every other', () => {
    expect(readConfig(complete)).toMatchObject({
      appId: 42,
      port: 3000,
      host: 'localhost',
      apiUrl: 'https://api.github.com',
      logLevel: 'info',
      databaseUrl: undefined,
      dataDir: './data',
      lessonsUrl: 'http://localhost:3000/lessons',
    });
  });

  test('says what to do next when there are no credentials at all', () => {
    const message = faultsOf({ LOG_LEVEL: 'info' });
    expect(message).toContain('npm run demo');
    expect(message).toContain('docs/operating.md');
  });

  test('names every missing and malformed variable at once', () => {
    const message = faultsOf({
      APP_ID: 'Iv1.abc',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      GHE_HOST: 'https://ghe.example.com/',
    });
    for (const name of ['APP_ID', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET', 'PORT', 'LOG_LEVEL', 'GHE_HOST']) {
      expect(message).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
  });

  test.each([[''], ['development'], ['short']])('refuses the webhook secret %j', (secret) => {
    expect(faultsOf({ ...complete, WEBHOOK_SECRET: secret })).toContain('WEBHOOK_SECRET');
  });

  test('never repeats a secret in a complaint', () => {
    const message = faultsOf({ ...complete, PORT: 'x', PRIVATE_KEY: 'ThisIsNotAKey' });
    expect(message).not.toContain(complete.WEBHOOK_SECRET);
    expect(message).not.toContain('ThisIsNotAKey');
  });

  test('takes a variable set to nothing for not set', () => {
    expect(readConfig({ ...complete, GHE_HOST: '', DATABASE_URL: ' ' })).toMatchObject({ gheHost: undefined });
  });

  test('reads the key from a file, with escaped newlines, and in base64', () => {
    const path = join(folder, 'key.pem');
    writeFileSync(path, privateKey);
    const { PRIVATE_KEY: _, ...rest } = complete;
    const expected = readConfig(complete).privateKey;
    expect(expected).toContain('BEGIN PRIVATE KEY');
    expect(readConfig({ ...rest, PRIVATE_KEY_PATH: path }).privateKey).toBe(expected);
    expect(readConfig({ ...rest, PRIVATE_KEY: privateKey.replaceAll('\n', '\\n') }).privateKey).toBe(expected);
    expect(readConfig({ ...rest, PRIVATE_KEY: Buffer.from(privateKey).toString('base64') }).privateKey).toBe(expected);
    expect(faultsOf({ ...rest, PRIVATE_KEY_PATH: join(folder, 'none.pem') })).toContain('cannot be read');
  });

  test('reaches GitHub Enterprise Server by host and protocol', () => {
    const config = readConfig({ ...complete, GHE_HOST: 'localhost:4000', GHE_PROTOCOL: 'http' });
    expect(config.apiUrl).toBe('http://localhost:4000/api/v3');
  });

  test('derives the key of fingerprints from the webhook secret unless one is given', () => {
    const derived = readConfig(complete).hashKey;
    expect(derived).toHaveLength(32);
    expect(readConfig(complete).hashKey).toEqual(derived);
    expect(readConfig({ ...complete, HASH_KEY: 'b'.repeat(32) }).hashKey).not.toEqual(derived);
  });
});
