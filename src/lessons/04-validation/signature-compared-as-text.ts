import { defineRule } from '../define-rule.ts';

/** Signatures of incoming messages that are compared like any other text. */
export const signatureComparedAsText = defineRule({
  id: 'signature-compared-as-text',
  lesson: 4,
  severity: 'warning',
  summary:
    'A signature is compared with `===`: use `timingSafeEqual`, which takes as long for a wrong one as for a right one.',
  why: '`===` stops at the first character that differs, so that the answer’s time tells how much of a guess is right. Whoever may try often enough finds a valid signature piece by piece, and never needs your key.',
  fix: "Make buffers of both (`Buffer.from(signature, 'hex')`), compare their lengths, then `crypto.timingSafeEqual`.",
  examples: {
    bad: [
      {
        path: 'src/hooks.ts',
        code: `
  import crypto from 'node:crypto';
  import express from 'express';
  const app = express();
  app.post('/hooks/payments', express.raw({ type: 'application/json' }), (req, res) => {
    const expected = crypto.createHmac('sha256', process.env.HOOK_KEY ?? '').update(req.body).digest('hex');
>   if (req.headers['x-signature'] !== expected) return res.sendStatus(401);
    res.sendStatus(204);
  });`,
      },
      {
        path: 'src/links.js',
        code: `
  const { createHmac } = require('crypto');
  module.exports.isSigned = (link, key) =>
>   createHmac('sha256', key).update(link.path).digest('base64url') === link.signature;`,
      },
    ],
    good: [
      {
        path: 'src/hooks.ts',
        code: `
  import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
  export function isSigned(body: Buffer, signature: string, key: string) {
    const expected = createHmac('sha256', key).update(body).digest();
    const given = Buffer.from(signature, 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
  export const isUnchanged = (body: Buffer, known: string) =>
    createHash('sha256').update(body).digest('hex') === known;`,
      },
    ],
  },
  *check({ code }) {
    if (code?.browser) return;
    for (const { what, line, endLine } of code?.laxChecks ?? [])
      if (what === 'digest')
        yield { line, endLine, because: 'One side is the HMAC that only the key’s owner can make.' };
  },
});
