import { describe, expect, test } from '@jest/globals';
import { hashOf, setHashKey } from '../../../src/facts/secrets/mask.ts';
import { classifyName } from '../../../src/facts/secrets/name.ts';
import { scanText } from '../../../src/facts/secrets/scan.ts';
import { tokenFormats } from '../../../src/facts/secrets/tokens.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';

// Every value is made of parts at run time: this repository holds nothing that looks like a secret.
const made = (...parts: string[]) => parts.join('');
const random = made('q8Zr3LmX', '0vTb7KwY2nPd', '5sHf');

describe('a line with a secret is found', () => {
  test.each([
    ['src/db.ts', `const pool = new Pool({ password: '${made('hunt', 'er2')}' });`],
    ['src/app.js', `app.use(session({ secret: process.env.SESSION_SECRET || '${made('our-shop', '-2019')}' }));`],
    ['app/settings.py', `DB_PASSWORD = "${made('t0psy', 'turvy')}"`],
    ['main.go', `apiKey := "${random}"`],
    ['Config.java', `private static final String API_TOKEN = "${random}";`],
    ['deploy/prod.yaml', `  dbPassword: ${made('corr3ct', '-horse')}`],
    ['.env', `STRIPE_SECRET=${random}`],
    ['config.xml', `<password>${made('corr3ct', '-horse')}</password>`],
    ['run.sh', `export API_KEY=${random}`],
    ['src/db.ts', `const url = 'postgres://app:${made('t0psy', 'turvy')}@db.internal.acme.io/orders'`],
    ['notes.md', `curl -H "Authorization: Basic ${Buffer.from(made('app:', 'corr3ct-horse')).toString('base64')}"`],
  ])('%s: %s', (path, line) => {
    expect(scanText(path, line)).toHaveLength(1);
  });
});

describe('what only looks like a secret is left alone', () => {
  test.each([
    ['src/a.ts', `const password = process.env.DB_PASSWORD;`],
    ['src/a.ts', `const passwordField = 'current-password';`],
    ['src/a.ts', `const labels = { password: 'Password' };`],
    ['src/a.ts', `const labels = { password: 'Passwort', newPassword: 'Passord' };`],
    ['src/a.ts', `const TOKEN_URL = 'https://auth.acme.io/token';`],
    ['.env.example', 'API_KEY=your-api-key-here'],
    ['compose.yaml', '  POSTGRES_PASSWORD: $' + '{POSTGRES_PASSWORD}'],
    ['src/a.ts', `if (key === 'ArrowDown') move();`],
    ['users.sql', `password: $2a$10$${'abcdefghijklmnopqrstuv'}`],
    ['src/a.ts', `import { tokenize } from './secret-token-parser.ts';`],
  ])('%s: %s', (path, line) => {
    expect(scanText(path, line)).toEqual([]);
  });
});

test('a private key is found by its header and a body, never by a header alone', () => {
  const header = made('-----BEGIN ', 'RSA PRIVATE', ' KEY-----');
  expect(scanText('k.txt', `${header}\n${made('MIIEowIBAAKCAQEA', 'x7Vq0n8').repeat(3)}`)).toHaveLength(1);
  expect(scanText('k.ts', `const isKey = text.startsWith('${header}');`)).toEqual([]);
});

test('at least 150 documented token formats are known', () => {
  expect(tokenFormats.length).toBeGreaterThanOrEqual(150);
  expect(new Set(tokenFormats.map((format) => format.id)).size).toBe(tokenFormats.length);
});

test.each([
  [24, 'Stripe'],
  [42, 'Clerk'],
  [99, 'Stripe'],
])('sk_live_ and %d characters is a key of %s', (length, provider) => {
  const body = Array.from({ length }, (_, index) => 'k7QmZ2xV9cRb4TnJ'[(index * 7) % 16]).join('');
  const [fact] = scanText('src/pay.ts', `const key = '${made('sk_', 'live_', body)}';`);
  expect(JSON.stringify(fact)).toContain(provider);
});

test.each(['a', 'A1', '0', 'f', '-', 'a.', 'eyJ', 'x_'])('no token pattern is slow on %s repeated', (piece) => {
  const start = cpuMilliseconds();
  for (const format of tokenFormats) scanText('a.txt', `${format.word}${piece.repeat(20_000)}`);
  expect(cpuMilliseconds() - start).toBeLessThan(8_000);
});

test('hostile lines cost little: a megabyte of name-like text', () => {
  const start = cpuMilliseconds();
  for (const piece of ['password', 'key=', 'a:b@', '://', 'secret ', 'eyJ', '-----BEGIN '])
    scanText('a.txt', piece.repeat(1_000_000 / piece.length));
  expect(cpuMilliseconds() - start).toBeLessThan(5_000);
});

test('a fact holds a mask and a keyed hash, never the value', () => {
  const value = made('corr3ct', '-horse', '-battery');
  const [fact] = scanText('a.env', `DB_PASSWORD=${value}`);
  const text = JSON.stringify(fact);
  for (const form of [
    value,
    Buffer.from(value).toString('base64'),
    Buffer.from(value).toString('hex'),
    encodeURIComponent(value),
  ])
    expect(text).not.toContain(form);
  expect(fact?.hash).toBe(hashOf(value));
  setHashKey('another key');
  expect(hashOf(value)).not.toBe(fact?.hash);
});

test.each([
  ['dbPassword', 'password'],
  ['CLIENT_SECRET', 'secret'],
  ['passwordField', 'none'],
  ['publicKey', 'none'],
  ['csrfToken', 'none'],
  ['monkey', 'none'],
  ['apiKeyProd', 'secret'],
])('the head noun of %s says %s', (name, kind) => {
  expect(classifyName(name)).toBe(kind);
});
