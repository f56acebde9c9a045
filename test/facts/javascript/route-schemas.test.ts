import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const head = `import fs from 'node:fs'; import { exec } from 'node:child_process'; import pg from 'pg';
const pool = new pg.Pool();`;

/** Kinds and certainties of the flows of a file. */
function flowsOf(code: string): string[] {
  return codeOf('src/app.ts', `${head}\n${code}`).flows.map(({ kind }) => kind);
}

describe('a field that its route’s schema lists is harmless in a text', () => {
  test.each([
    [
      'tRPC, by a pattern',
      'export const r = publicProcedure.input(z.object({ host: z.string().regex(/^[a-z.]+$/) })).query(({ input }) => exec(`dig ${input.host}`));',
    ],
    [
      'Fastify, by a JSON schema under a name',
      'const opts = { querystring: { type: "object", properties: { by: { enum: ["name", "age"] } } } };\nexport default async (app) => { app.get("/l", { schema: opts }, async (request) => { const { by } = request.query; return pool.query(`SELECT id FROM t ORDER BY ${by}`); }); };',
    ],
    [
      'hapi, by Joi',
      'server.route({ method: "GET", path: "/l/{file}", options: { validate: { params: Joi.object({ file: Joi.string().alphanum() }) } }, handler: (request) => fs.readFileSync("/srv/l/" + request.params.file) });',
    ],
    [
      'express-validator',
      'app.get("/l", query("by").isIn(["name", "age"]), (req, res) => { pool.query(`SELECT id FROM t ORDER BY ${req.query.by}`); });',
    ],
  ])('%s', (_name, code) => {
    expect(flowsOf(code)).toEqual([]);
  });

  test.each([
    [
      'text of any form',
      'export const r = publicProcedure.input(z.object({ host: z.string() })).query(({ input }) => exec(`dig ${input.host}`));',
      ['command'],
    ],
    [
      'another field’s rule',
      'export const r = publicProcedure.input(z.object({ kind: z.enum(["a"]), host: z.string() })).query(({ input }) => exec(`dig ${input.host}`));',
      ['command'],
    ],
    [
      'anything at all',
      'export const r = publicProcedure.input(z.any()).mutation(({ input, ctx }) => ctx.prisma.post.create({ data: input }));',
      ['write'],
    ],
  ])('but %s is not', (_name, code, kinds) => {
    expect(flowsOf(code)).toEqual(kinds);
  });
});

test.each([
  [
    'a model that hangs on the application',
    'return app.prisma.user.update({ where: { id: 1 }, data: req.body });',
    ['write'],
  ],
  ['an object that was made for it', 'const all = {}; Object.assign(all, req.body); res.json(all);', []],
  ['a filter that takes lists only', 'await User.find({ role: { $in: req.body.roles } });', []],
  ['a filter by a value', 'await User.find({ role: req.body.role });', ['nosql']],
])('whole bodies and filters: %s', (_name, body, kinds) => {
  const { flows } = codeOf('src/app.ts', `export async function handle(req, res) { ${body} }`);
  expect(flows.map(({ kind }) => kind).filter((kind) => kind !== 'input')).toEqual(kinds);
});

test.each([
  ['stores nothing', 'import { Letter } from "letters";', 'res.json(new Letter(req.body).text());', []],
  ['is saved', 'import { User } from "@acme/models";', 'await new User(req.body).save();', ['write']],
])('a class of a package that %s', (_name, imports, body, kinds) => {
  const { flows } = codeOf('src/app.ts', `${imports}\nexport async function handle(req, res) { ${body} }`);
  expect(flows.map(({ kind }) => kind)).toEqual(kinds);
});
