import { describe, expect, test } from '@jest/globals';
import { wantedFiles } from '../../../src/facts/javascript/wanted.ts';
import { codeOf } from './read-code.ts';

const store = `import { Pool } from 'pg';
const pool = new Pool();
export const byClause = (clause) => pool.query('SELECT id FROM orders WHERE ' + clause);
export const byBuyer = (buyer) => pool.query('SELECT id FROM orders WHERE buyer = $1', [buyer]);
export function word(text) {
  if (!/^[a-z]+$/.test(text)) throw new Error('no word');
  return text;
}
export function like(text) {
  return '%' + text + '%';
}
export const search = (request) => byClause(request.query.q);
export class Shelf {
  find(name) {
    return this.run(\`SELECT id FROM shelves WHERE name = '\${name}'\`);
  }
  run(sql) {
    return pool.query(sql);
  }
}
`;

/** The flows of a handler with this body, beside `store.js` and an index file that hands it on. */
function flowsIn(body: string, imports = `import { byClause, byBuyer, word, like, search, Shelf } from './store.js';`) {
  const text = `${imports}\nimport { Pool } from 'pg'; const pool = new Pool();\nexport async function handle(req, res) { ${body} }`;
  const { flows } = codeOf('src/app.js', text, {
    'src/store.js': store,
    'src/index.js': `export * from './store.js';`,
  });
  return flows.map(({ kind, certainty, via }) => `${kind} ${certainty}${via ? ` ${via.path}:${via.line}` : ''}`);
}

describe('an imported function that has the sink', () => {
  test('is one: the finding stands where the input is given to it', () => {
    expect(flowsIn('await byClause("buyer = " + req.query.b);')).toEqual(['sql request src/store.js:3']);
  });

  test('is none for what it binds, nor for constants', () => {
    expect(flowsIn('await byBuyer(req.query.b); await byClause("buyer = 1");')).toEqual([]);
  });

  test.each([
    ['is seen through an index file', `import { byClause } from './index.js';`, 'byClause(req.query.b)'],
    ['is seen through the whole module', `import * as store from './store.js';`, 'store.byClause(req.query.b)'],
    ['is seen through require', `const { byClause } = require('./store');`, 'byClause(req.query.b)'],
    ['is seen through an alias of the root', `import { byClause } from '@/store';`, 'byClause(req.query.b)'],
  ])('%s', (_name, imports, body) => {
    expect(flowsIn(body, imports)).toEqual(['sql request src/store.js:3']);
  });

  test('may be a method, and call the sink in another one', () => {
    expect(flowsIn('await new Shelf().find(req.query.b);')).toEqual(['sql request src/store.js:18']);
  });

  test('may be given the request itself', () => {
    expect(flowsIn('await search(req);')).toEqual(['sql request src/store.js:3']);
  });

  test('may be a method of what a class is given', () => {
    const { flows } = codeOf(
      'src/shelves.controller.ts',
      `import { Controller, Get, Query } from '@nestjs/common';
import { Shelf } from './store';
@Controller('shelves')
export class ShelvesController {
  constructor(private readonly shelf: Shelf) {}
  @Get()
  list(@Query('name') name: string) {
    return this.shelf.find(name);
  }
}`,
      { 'src/store.ts': store },
    );
    expect(flows).toMatchObject([{ kind: 'sql', certainty: 'request', line: 8, via: { path: 'src/store.ts' } }]);
  });

  test('says nothing of what its own file does with a request', () => {
    expect(flowsIn('await search({ query: { q: "id = 1" } });')).toEqual([]);
  });
});

describe('an imported function that makes the value', () => {
  test('ends the flow where it refuses what it does not know', () => {
    expect(flowsIn('await pool.query("SELECT a FROM t ORDER BY " + word(req.query.s));')).toEqual([]);
  });

  test('carries on what it hands through', () => {
    expect(flowsIn('await pool.query("SELECT a FROM t WHERE b LIKE \'" + like(req.query.s) + "\'");')).toEqual([
      'sql request',
    ]);
  });

  test('that does not parse is not known', () => {
    const text = `import { pick } from './pick.js'; import fs from 'node:fs';\nexport const handle = (req, res) => fs.readFileSync(pick(req.query.f));`;
    expect(codeOf('src/app.js', text, { 'src/pick.js': 'export const pick = (' }).flows).toEqual([]);
  });
});

test('files that are imported, and what index files hand on, are asked for where the tree has them', () => {
  const after = `import { a } from './lib'; import { b } from '@/util/b'; import pg from 'pg'; import './gone.js';`;
  const file = { path: 'src/app.ts', status: 'added' as const, after, added: [1], removed: [], hunks: [] };
  const snapshot = {
    head: 'head',
    base: 'base',
    files: [file],
    context: [{ path: 'src/lib/index.ts', text: `export { a } from './a';\nimport { c } from './c';` }],
    unread: [],
    tree: ['src/app.ts', 'src/lib/index.ts', 'src/lib/a.ts', 'src/lib/c.ts', 'src/util/b.ts'],
  };
  const code = wantedFiles(snapshot).filter((path) => !path.endsWith('package.json'));
  expect(code).toEqual(['src/lib/index.ts', 'src/util/b.ts', 'src/lib/a.ts']);
});
