import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkSync } from 'recheck';
import { patternsOf } from '../../../build/patterns-of.ts';
import { commands } from '../../../src/facts/secrets/commands.ts';
import { scanText } from '../../../src/facts/secrets/scan.ts';
import { tokenFormats } from '../../../src/facts/secrets/tokens.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';

const folder = join(import.meta.dirname, '../../../src/facts/secrets');

// The formats' patterns have a test of their own.
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.startsWith('formats'),
);

test.each(files)('no expression in %s can be made to explode', (file) => {
  const patterns = patternsOf(join(folder, file));
  const slow = patterns.filter(
    ({ source, flags }) => checkSync(source, flags, { timeout: 250 }).status === 'vulnerable',
  );
  expect(slow.map(({ source }) => source)).toEqual([]);
});

test.each(commands.map(({ form, words }) => [words[0], form] as const))(
  'the form of the command %s cannot be made to explode',
  (_, form) => {
    // Long counts take the checker minutes and change nothing: what explodes does so at four repeats.
    const short = form.source.replace(/\{(\d+),(\d+)\}/g, (_all, low: string, high: string) => {
      const least = Math.min(Number(low), 4);
      return `{${least},${Math.max(least, Math.min(Number(high), least + 4))}}`;
    });
    expect(checkSync(short, form.flags, { timeout: 1_000 }).status).not.toBe('vulnerable');
  },
);

test('every repeat of a token format is over one character class: no group that repeats holds a repeat', () => {
  const nested = tokenFormats.filter(({ shape }) => /[*+}]\)(?:[*+]|\{\d+,)/.test(shape.source));
  expect(nested.map(({ id }) => id)).toEqual([]);
});

test.each([
  'password',
  'key=',
  'a:b@',
  '://',
  'https://a:b@',
  'secret "',
  "token='",
  'eyJ',
  'eyJhbGciOi.',
  '-----BEGIN ',
  'Basic ',
  'AZDO',
  'AzCa',
  '.atlasv1.',
  'glpat-',
  '"a" == ',
  'sign(',
  'private ',
  'access_token_',
  'Password=;Server=',
  'sshpass ',
  '0x41,',
  '"d":"aaaaaaaaaaaaaaaaaaaaaaaa",',
  'kty',
  'value: ',
  'Z2hwX',
  ' Z2hwX1 ',
  '%3a%2f%2f',
  'sshpass -p ',
  'mysql -u a ',
  ' login -u x ',
  'openssl ',
  'mongo -u a ',
  'curl -u a:',
  'echo a | ',
  'echo | password-stdin ',
  'htpasswd -b a ',
  'sqlplus a/b',
  'jwt.encode(a, b, ',
  'hmac.new(',
  'mysqli(((',
  '.login("a@", ',
  'IDENTIFIED BY ',
  'a:b@tcp(',
  '${a:-',
  'password: ${a:',
  'Authorization: Basic AAAA1234AAAA5678 ',
  'default  = ',
  'token: aaaa1111AAAA2222 ',
])('a line made of %s costs no more than its length', (piece) => {
  const start = cpuMilliseconds();
  scanText('a.txt', piece.repeat(500_000 / piece.length));
  scanText('a.txt', piece.repeat(4_900 / piece.length));
  expect(cpuMilliseconds() - start).toBeLessThan(2_000);
});

test('ten megabytes in one line are looked through, and a token in them is found', () => {
  const token = ['gh', 'p_'].join('') + 'Zk4Tq8Wm'.repeat(5).slice(0, 36);
  const start = cpuMilliseconds();
  const facts = scanText('app.min.js', `${'var a=b;'.repeat(1_250_000)}"${token}"`);
  expect(facts.map(({ rule }) => rule)).toEqual(['provider-token']);
  expect(cpuMilliseconds() - start).toBeLessThan(3_000);
});
