import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { routesIn } from '../../../src/facts/contracts/code-routes.ts';
import { wantedContracts } from '../../../src/facts/contracts/contract-paths.ts';
import { contractReader } from '../../../src/facts/contracts/reader.ts';
import { lostRoutes } from '../../../src/facts/contracts/unserved-operations.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import type { SourceFile } from '../../../src/review/types.ts';

const named = (path: string, text: string) => routesIn(path, text).map(({ method, path }) => `${method} ${path}`);

describe('routes of the code', () => {
  test.each([
    ['a call of a router', 'src/a.ts', "router.get('/a/:id', auth, controller.one);", ['GET /a/{}']],
    ['a chain', 'src/a.ts', "app.route('/a').get(list).post(create);", ['GET /a', 'POST /a'].reverse()],
    ['options', 'src/a.ts', "fastify.route({ method: ['GET', 'HEAD'], url: '/a', handler });", ['GET /a', 'HEAD /a']],
    [
      'decorators',
      'src/a.ts',
      "@Controller('a')\nclass A {\n @Get(':id') one() {}\n @Post() add() {}\n}",
      ['GET /a/{}', 'POST /a'],
    ],
    [
      'a folder',
      'src/app/api/a/[id]/route.ts',
      'export async function GET() {}\nexport const PUT = f;',
      ['GET /api/a/{}', 'PUT /api/a/{}'],
    ],
    ['a client', 'src/a.ts', "axios.get('/a', options); cache.get('/a'); request.post('/a', body);", []],
    ['a text that does not parse', 'src/a.ts', "router.get('/a', => )", []],
  ])('are known by %s', (_name, path, text, expected) => {
    expect(named(path, text).sort()).toEqual([...expected].sort());
  });
});

const contract = (...paths: string[]) =>
  `openapi: 3.0.3\ninfo:\n  title: Orders\n  version: '1'\nservers:\n  - url: https://example.org/api/v1\npaths:\n${paths
    .map(
      (path) =>
        `  ${path}:\n    get:\n      operationId: get${path.replace(/\W/g, '')}\n      responses: { '200': { description: Done } }\n`,
    )
    .join('')}`;
const router = (...paths: string[]) =>
  `const router = express.Router();\n${paths.map((path) => `router.get('${path}', handle);\n`).join('')}`;

function projectOf(files: readonly SourceFile[], context: Readonly<Record<string, string>>) {
  const others = Object.entries(context).map(([path, text]) => ({ path, text }));
  return buildProject({ head: 'h', base: 'b', files, context: others, unread: [] });
}

function changed(path: string, before: string, after: string | undefined): SourceFile {
  return compareTexts({
    path,
    before,
    status: after === undefined ? 'removed' : 'modified',
    ...(after !== undefined && { after }),
  });
}

describe('a route that goes while the contract stays', () => {
  const openapi = { 'openapi.yaml': contract('/orders', '/orders/{id}/lines', '/refunds') };
  const lost = (
    after: string | undefined,
    others: readonly SourceFile[] = [],
    context: Readonly<Record<string, string>> = openapi,
  ) => {
    const file = changed('src/routes.ts', router('/orders', '/orders/:id/lines', '/refunds'), after);
    return lostRoutes(file, projectOf([file, ...others], context)).map(({ line }) => line);
  };

  test('is told on the line it stood on', () => {
    expect(lost(router('/orders', '/refunds'))).toEqual([3]);
    expect(lost(undefined)).toEqual([2, 3, 4]);
  });

  test('is told where another method of its path stays', () => {
    const both = contract('/orders').replace('    get:', '    delete:\n      responses: {}\n    get:');
    const before = "router.get('/orders', list);\nrouter.delete('/orders', clear);\n";
    const file = changed('src/routes.ts', before, before.replace(/^.*delete.*\n/m, ''));
    expect(lostRoutes(file, projectOf([file], { 'openapi.yaml': both })).map(({ line }) => line)).toEqual([2]);
  });

  test('is no loss where the contract never had it or another route serves it', () => {
    expect(lost(router('/orders', '/refunds'), [], { 'openapi.yaml': contract('/orders') })).toEqual([]);
    const other = { 'src/lines.ts': router('/:id/lines') };
    expect(lost(router('/orders', '/refunds'), [], { ...openapi, ...other })).toEqual([]);
  });

  test.each([
    ['docs/openapi.yaml', 1],
    ['api/openapi.yaml', 1],
    ['packages/contracts/openapi.yaml', 1],
    ['src/openapi.yaml', 1],
    ['services/billing/openapi.yaml', 0],
    ['packages/billing/openapi.yaml', 0],
  ])('is looked for in %s, if that may be about it', (path, found) => {
    const context = { [path]: openapi['openapi.yaml'] };
    expect(lost(router('/orders', '/refunds'), [], context)).toHaveLength(found);
  });

  test('may have moved: to another file of the change, or below a router', () => {
    const moved = compareTexts({ path: 'src/lines.ts', status: 'added', after: "lines.mount('order-lines', all);\n" });
    expect(lost(router('/orders', '/refunds'), [moved])).toEqual([]);
    expect(lost(`${router('/orders', '/refunds')}router.use('/orders/:id/lines', lines);\n`)).toEqual([]);
  });

  test('is not told of a text in which no route can be read any more', () => {
    expect(lost('export default createRouter(definitions);\n')).toEqual([]);
  });
});

describe('an operation that is new in the contract', () => {
  const old = ['/orders', '/orders/{id}/lines'];
  const unserved = (routes: Readonly<Record<string, string>>, added = '/orders/{id}/refund') => {
    const file = changed('openapi.yaml', contract(...old), contract(...old, added));
    const { contract: facts } = contractReader.read(file, projectOf([file], routes));
    return facts?.problems.filter(({ rule }) => rule === 'operation-without-route').map(({ line }) => line);
  };

  test('is told where the code in sight serves its neighbours and not it', () => {
    expect(unserved({ 'src/orders.ts': router('/', '/:id/lines', '/orders') })).toEqual([17]);
  });

  test('is not told where its route may be anywhere', () => {
    expect(unserved({})).toEqual([]);
    expect(unserved({ 'src/users.ts': router('/users', '/users/:id') })).toEqual([]);
    expect(unserved({ 'src/orders.ts': router('/orders', '/orders/:id/lines') }, '/invoices')).toEqual([]);
    expect(unserved({ 'src/orders.ts': router('/orders', '/orders/:id/lines', '/orders/:id/refund') })).toEqual([]);
    expect(
      unserved({ 'src/orders.ts': router('/orders', '/orders/:id/lines'), 'src/b.ts': 'serve(`refund`)' }),
    ).toEqual([]);
    expect(unserved({ 'src/orders.ts': `${router('/orders', '/orders/:id/lines')}bind('getordersidrefund')` })).toEqual(
      [],
    );
  });

  test('has the code of its resource read', () => {
    const file = changed('openapi.yaml', contract(...old), contract(...old, '/order-notes/{id}'));
    const tree = [
      'src/order-notes/routes.ts',
      'src/orderNotes.controller.ts',
      'src/users.ts',
      'test/order-notes.test.ts',
    ];
    const wanted = wantedContracts({ head: 'h', base: 'b', files: [file], context: [], tree, unread: [] });
    expect(wanted).toEqual(['src/order-notes/routes.ts', 'src/orderNotes.controller.ts']);
  });
});
