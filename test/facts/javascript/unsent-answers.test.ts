import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const unsent = (body: string, open = 'router.get("/parcels", async (req, res, next) => {', close = '});') =>
  codeOf(
    'src/a.ts',
    `import { Router } from 'express';\nconst router = Router();\n${open}\n${body}\n${close}`,
  ).unsentAnswers.map(({ line, of }) => `${line} ${of}`);

describe('a status that is never sent', () => {
  test.each([
    ['returned', 'if (lost) return res.status(404);\nres.json(1);', ['4 res.status(404)']],
    ['before a bare return', 'if (lost) {\nres.status(404);\nreturn;\n}\nres.json(1);', ['5 res.status(404)']],
    ['last in a catch', 'try {\nres.json(await a());\n} catch {\nres.status(500);\n}', ['7 res.status(500)']],
    ['with its headers', 'return res.set("x", "y").status(405);', ['4 res.set("x", "y").status(405)']],
  ])('is told: %s', (_, body, expected) => {
    expect(unsent(body)).toEqual(expected);
  });

  test.each([
    ['something is sent later', 'if (lost) res.status(404);\nres.json(1);'],
    ['a finally ends it', 'try {\nres.status(200);\n} finally {\nres.end();\n}'],
    ['a stream was given the response', 'file.pipe(res);\nreturn res.status(200);'],
    ['another handler goes on', 'next();\nreturn res.status(200);'],
    ['the other branch sends for both', 'if (a) {\nres.status(201);\n} else {\nres.status(200);\n}\nres.end();'],
  ])('is not told where %s', (_, body) => {
    expect(unsent(body)).toEqual([]);
  });

  test('is told of a middleware, and not of a helper that prepares the answer of its caller', () => {
    const body = 'if (!req.user) return res.status(401);';
    expect(unsent(`${body}\nnext();`, 'export function guard(req, res, next) {', '}')).toHaveLength(1);
    expect(unsent(body, 'export function prepare(req, res) {', '}')).toEqual([]);
  });

  test('is mended by an end', () => {
    const { unsentAnswers } = codeOf(
      'src/a.ts',
      'export const get = (req, res, next) => {\n  if (!a) return res.status(404);\n  next();\n};',
    );
    expect(unsentAnswers[0]?.repair).toEqual({ line: 2, endLine: 2, text: '  if (!a) return res.status(404).end();' });
  });
});

describe('an answer after a stream', () => {
  const late = (wait: string, failed: string) =>
    codeOf(
      'src/a.ts',
      `import { Router } from 'express';\nRouter().get('/a', async (req, res, next) => {\ntry {\n${wait};\n} catch (error) {\n${failed};\n}\n});`,
    ).lateAnswers.map(({ line, at }) => [line, at]);

  test('is told where the stream writes to the response, and not where it reads the request', () => {
    expect(late('await pipeline(rows, res)', 'res.status(500).json({})')).toEqual([[6, 4]]);
    expect(late('await new Promise((ok, no) => rows.on("error", no).pipe(res))', 'res.sendStatus(500)')).toEqual([
      [6, 4],
    ]);
    expect(late('await pipeline(req, file)', 'res.status(500).json({})')).toEqual([]);
  });

  test('is not told where the headers are asked for, the error goes on, or nothing but the end is left', () => {
    expect(late('await pipeline(rows, res)', 'if (!res.headersSent) res.status(500).json({})')).toEqual([]);
    expect(late('await pipeline(rows, res)', 'next(error)')).toEqual([]);
    expect(late('await pipeline(rows, res)', 'res.end()')).toEqual([]);
  });
});
