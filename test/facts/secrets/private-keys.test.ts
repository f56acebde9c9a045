import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { scanText } from '../../../src/facts/secrets/scan.ts';

// Made for this run: this repository holds no key.
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const sec1 = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const cipher = { cipher: 'aes-256-cbc', passphrase: 'for this run' } as const;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const putty = (encryption: string) => `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: ${encryption}\nComment: shop\n`;
const openssh = (head: string) =>
  ['-----BEGIN OPENSSH', ' PRIVATE KEY-----\n', `${head}${base64(pkcs8).slice(100, 140)}\n`].join('');

const found = (text: string) => scanText('src/key.txt', `${text}\n`).map(({ rule, confidence }) => [rule, confidence]);

describe('a private key is found in every form that it is written in', () => {
  test.each([
    ['PKCS#8', pkcs8],
    ['SEC 1', sec1],
    ['escaped in one line', `KEY="${pkcs8.replaceAll('\n', '\\n')}"`],
    ['in JSON', JSON.stringify({ key: pkcs8 })],
    ['put together from literals', `k = "${pkcs8.trim().split('\n').join('\\n" +\n  "')}"`],
    [
      'as a list of lines',
      `[\n${pkcs8
        .trim()
        .split('\n')
        .map((line) => `  "${line}",`)
        .join('\n')}\n]`,
    ],
    ['PKCS#8 in base64', `KEY: ${base64(pkcs8)}`],
    ['SEC 1 in base64', `KEY: ${base64(sec1)}`],
    ['of PuTTY', putty('none')],
    ['of OpenSSH', openssh('b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE')],
  ])('%s', (_form, text) => {
    expect(found(text)).toEqual([['private-key', 0.95]]);
  });
});

describe('one that is sealed with a pass phrase is a warning', () => {
  test.each([
    ['PKCS#8', privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString()],
    ['SEC 1', privateKey.export({ type: 'sec1', format: 'pem', ...cipher }).toString()],
    ['PKCS#8 in base64', `KEY: ${base64(privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString())}`],
    ['of PuTTY', putty('aes256-cbc')],
    ['of OpenSSH', openssh('b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIA')],
  ])('%s', (_form, text) => {
    expect(found(text)).toEqual([['private-key', 0.7]]);
  });
});

test('a public key is none, in base64 neither', () => {
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(found(pem)).toEqual([]);
  expect(found(`certificate: ${base64(pem)}`)).toEqual([]);
});
