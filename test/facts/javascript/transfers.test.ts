import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const head = `import OpenAI from 'openai';
import { parse } from 'csv-parse/sync';
import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
const openai = new OpenAI();
`;

function transfersIn(body: string) {
  return codeOf('src/api/work.ts', `${head}${body}`).transfers.map(({ form }) => form);
}

describe('work on as many things as there are', () => {
  test('is a write for each row of a file, not one for all of them', () => {
    const rows = 'const rows = parse(text);';
    expect(
      transfersIn(
        `export async function put(text) { ${rows} for (const row of rows) await prisma.a.create({ data: row }); }`,
      ),
    ).toEqual(['rows']);
    expect(
      transfersIn(`export async function put(text) { ${rows} await prisma.a.createMany({ data: rows }); }`),
    ).toEqual([]);
  });

  test('is a service asked for each element, not a conversation of a few turns', () => {
    const ask = (given: string) => `await openai.chat.completions.create({ messages: ${given} })`;
    expect(transfersIn(`export async function all(texts) { for (const text of texts) ${ask('[text]')}; }`)).toEqual([
      'elements',
    ]);
    expect(transfersIn(`export async function talk(m) { for (let i = 0; i < 5; i++) m.push(${ask('m')}); }`)).toEqual(
      [],
    );
  });

  test('is a function that imports and calls itself for the next page', () => {
    const run = (next: string) => `export async function importAll(shop, cursor) {
      const page = await fetch('https://shop.example/' + cursor);
      if (page.more) return importAll(shop, ${next});
    }`;
    expect(transfersIn(run('page.nextCursor'))).toEqual(['pages']);
    expect(transfersIn(run('shop.parent'))).toEqual([]);
  });
});

describe('mail that a file two imports away sends', () => {
  test('is slow work of whoever waits for it', () => {
    const { slowCalls } = codeOf(
      'src/routes/members.ts',
      `import { join } from '../join';
export async function post(req, res) { await join(req.body); res.end(); }`,
      {
        'src/join.ts': `import { welcome } from './mail';
export async function join(member) { await welcome(member); }`,
        'src/mail.ts': `import nodemailer from 'nodemailer';
const transport = nodemailer.createTransport({});
export async function welcome(to) { await transport.sendMail({ to }); }`,
      },
    );
    expect(slowCalls.map(({ what, call }) => `${what}: ${call}`)).toEqual([
      'mail: join → welcome → transport.sendMail',
    ]);
  });

  test('is found once where files import each other', () => {
    const { slowCalls } = codeOf('src/a.ts', `import { b } from './b';\nexport async function a() { await b(); }`, {
      'src/b.ts': `import { c } from './c';\nexport async function b() { await c(); }`,
      'src/c.ts': `import { b } from './b';\nexport async function c() { await b(); }`,
    });
    expect(slowCalls).toEqual([]);
  });
});
