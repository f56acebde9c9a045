import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { contractReader } from '../../../src/facts/contracts/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import type { SourceFile } from '../../../src/review/types.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';

function problemsOf(files: readonly SourceFile[], context: Readonly<Record<string, string>> = {}) {
  const others = Object.entries(context).map(([path, text]) => ({ path, text }));
  const project = buildProject({ head: 'h', base: 'b', files, context: others, unread: [] });
  return files.map((file) =>
    contractReader
      .read(file, project)
      .contract?.problems.map(({ rule, line, side = 'after' }) => `${rule} ${side} ${line}`),
  );
}

const modified = (path: string, before: string, after: string) =>
  compareTexts({ path, status: 'modified', before, after });

const order = 'type Order {\n  id: ID!\n  note: String\n}\n';
const user = 'type User {\n  orders: [Order!]!\n  name: String!\n}\n';

describe('a GraphQL schema', () => {
  test('that is split over files has each change stated in the file that makes it', () => {
    const files = [
      modified('schema/order.graphql', order, order.replace('  note: String\n', '')),
      modified('schema/user.graphql', user, user.replace('name: String!', 'name: String')),
    ];
    expect(problemsOf(files)).toEqual([['breaking-graphql-change before 3'], ['breaking-graphql-change after 3']]);
  });

  test.each([
    ['TYPE_REMOVED', 'type A { a: Int }\ntype B { a: Int }', 'type A { a: Int }'],
    ['TYPE_CHANGED_KIND', 'type A { a: Int }', 'interface A { a: Int }'],
    ['TYPE_REMOVED_FROM_UNION', 'union U = A | B', 'union U = A'],
    ['VALUE_REMOVED_FROM_ENUM', 'enum E { A\n B }', 'enum E { A }'],
    ['REQUIRED_INPUT_FIELD_ADDED', 'input I { a: Int }', 'input I { a: Int\n b: Int! }'],
    [
      'IMPLEMENTED_INTERFACE_REMOVED',
      'interface N { a: Int }\ntype A implements N { a: Int }',
      'interface N { a: Int }\ntype A { a: Int }',
    ],
    ['FIELD_REMOVED', 'type A { a: Int\n b: Int }', 'type A { a: Int }'],
    ['FIELD_CHANGED_KIND', 'type A { a: Int }', 'type A { a: String }'],
    ['REQUIRED_ARG_ADDED', 'type A { a: Int }', 'type A { a(b: Int!): Int }'],
    ['ARG_REMOVED', 'type A { a(b: Int): Int }', 'type A { a: Int }'],
    ['ARG_CHANGED_KIND', 'type A { a(b: Int): Int }', 'type A { a(b: String): Int }'],
    ['DIRECTIVE_REMOVED', 'directive @d on FIELD\ntype A { a: Int }', 'type A { a: Int }'],
    ['DIRECTIVE_ARG_REMOVED', 'directive @d(a: Int) on FIELD', 'directive @d on FIELD'],
    ['REQUIRED_DIRECTIVE_ARG_ADDED', 'directive @d on FIELD', 'directive @d(a: Int!) on FIELD'],
    ['DIRECTIVE_REPEATABLE_REMOVED', 'directive @d repeatable on FIELD', 'directive @d on FIELD'],
    ['DIRECTIVE_LOCATION_REMOVED', 'directive @d on FIELD | QUERY', 'directive @d on QUERY'],
  ])('%s is an error', (_kind, before, after) => {
    const found = problemsOf([modified('schema.graphql', `${before}\n`, `${after}\n`)])[0] ?? [];
    expect([...new Set(found.map((problem) => problem.split(' ')[0]))]).toEqual(['breaking-graphql-change']);
  });

  test.each([
    ['the default of an input', 'input I { a: Int = 1 }', 'input I { a: Int = 2 }'],
    ['the default of an input', 'input I { a: [Int] = [1] }', 'input I { a: [Int] }'],
    ['VALUE_ADDED_TO_ENUM', 'enum E { A }', 'enum E { A\n B }'],
    ['TYPE_ADDED_TO_UNION', 'union U = A', 'union U = A | B'],
    [
      'IMPLEMENTED_INTERFACE_ADDED',
      'interface N { a: Int }\ntype A { a: Int }',
      'interface N { a: Int }\ntype A implements N { a: Int }',
    ],
    ['ARG_DEFAULT_VALUE_CHANGE', 'type A { a(b: Int = 1): Int }', 'type A { a(b: Int = 2): Int }'],
  ])('%s is dangerous', (_kind, before, after) => {
    const found = problemsOf([modified('schema.graphql', `${before}\n`, `${after}\n`)])[0] ?? [];
    expect(found.map((problem) => problem.split(' ')[0])).toEqual(['dangerous-graphql-change']);
  });

  test.each([
    ['an optional argument', 'type A { a: Int }', 'type A { a(b: Int): Int }'],
    ['an optional input field', 'input I { a: Int }', 'input I { a: Int\n b: Int }'],
    [
      "a schema's own directive",
      'directive @d(a: Int) repeatable on OBJECT | OBJECT\ntype A { a: Int }',
      'type A { a: Int }',
    ],
    ["a place of a schema's directive", 'directive @d on OBJECT | FIELD', 'directive @d on FIELD'],
  ])('%s that comes or goes breaks nobody', (_what, before, after) => {
    expect(problemsOf([modified('schema.graphql', `${before}\n`, `${after}\n`)])).toEqual([[]]);
  });

  test('a value that only clients send surprises none of them; one that is answered may', () => {
    const asked = 'type Query { parcels(by: Order): [Int] }\nenum Order { AGE }\n';
    const answered = `${asked}type Parcel { by: Order }\n`;
    const change = (text: string) =>
      problemsOf([modified('schema.graphql', text, text.replace('AGE', 'AGE\n WEIGHT'))]);
    expect(change(asked)).toEqual([[]]);
    expect(change(answered)).toEqual([['dangerous-graphql-change after 3']]);
  });

  test('a field that goes takes its own types along: one finding', () => {
    const before = 'type Query { a: Int }\ntype Mutation {\n  keep: Int\n  send(input: SendInput!): SendPayload\n}\n';
    const types = 'input SendInput { a: Int }\ntype SendPayload { a: Int }\n';
    const after = before.replace('  send(input: SendInput!): SendPayload\n', '');
    expect(problemsOf([modified('schema.graphql', before + types, after)])).toEqual([
      ['breaking-graphql-change before 4'],
    ]);
    expect(problemsOf([modified('schema.graphql', `${after}type Lone { a: Int }\n`, after)])[0]).toHaveLength(1);
  });

  test('as long as the longest that are published is read; a longer one is not called wrong', () => {
    const long = (fields: number) =>
      `type Query {\n${Array.from({ length: fields }, (_, i) => `  f${i}(a: Int, b: Int): Int\n`).join('')}}\n`;
    expect(problemsOf([modified('schema.graphql', long(5_001), long(5_000))])).toEqual([
      ['breaking-graphql-change before 5002'],
    ]);
    expect(() => problemsOf([modified('schema.graphql', long(15_001), long(15_000))])).toThrow(RangeError);
  });

  test('may name types of files that do not change, or that are not in sight', () => {
    const file = modified(
      'schema/user.graphql',
      user,
      user.replace('orders: [Order!]!', 'orders(first: Int!): [Order!]!'),
    );
    expect(problemsOf([file])).toEqual([['breaking-graphql-change after 2']]);
    expect(problemsOf([file], { 'schema/order.graphql': order })).toEqual([['breaking-graphql-change after 2']]);
  });

  test('that moves to another file and loses nothing breaks nobody; one that loses a field on the way does', () => {
    const moved = (after: string) =>
      compareTexts({
        path: 'schema/orders.graphql',
        previousPath: 'order.graphql',
        status: 'renamed',
        before: order,
        after,
      });
    expect(problemsOf([moved(order)])).toEqual([[]]);
    expect(problemsOf([moved(order.replace('  note: String\n', ''))])).toEqual([['breaking-graphql-change before 3']]);
  });

  test('in the templates of code is compared as any other, on the lines of the code', () => {
    const code = (sdl: string, more = '') =>
      `import gql from 'graphql-tag';\nexport const typeDefs = gql\`\n${sdl}\`;\n${more}`;
    const client = 'const q = gql`\n  query { orders { note } }\n`;\n';
    const removed = order.replace('  note: String\n', '');
    expect(problemsOf([modified('src/schema.ts', code(order), code(removed))])).toEqual([
      ['breaking-graphql-change before 5'],
    ]);
    expect(problemsOf([modified('src/page.ts', client, client.replace('note', 'id'))])).toEqual([undefined]);
    expect(problemsOf([modified('src/schema.ts', code(order), code(order, client))])).toEqual([[]]);
    const moved = [
      modified('src/schema.ts', code(order), 'export const typeDefs = read("order.graphql"); // type Order'),
      compareTexts({ path: 'src/order.graphql', status: 'added', after: order }),
    ];
    expect(problemsOf(moved)[1]).toEqual([]);
    expect(problemsOf(moved)[0] ?? []).toEqual([]);
  });

  test('in a template with holes keeps its lines, and one that is no schema without them is left alone', () => {
    const code = (note: string) =>
      `const typeDefs = \`\n  $\{shared}\n  $\{[\n    user,\n  ]}\n  ${order.replace('note', note)}\`;\n`;
    expect(problemsOf([modified('src/a.ts', code('note'), code('text'))])).toEqual([
      ['breaking-graphql-change before 8'],
    ]);
    const holed = (note: string) => `const typeDefs = \`\ntype A {\n  $\{field}: Int ${note}: }\n\`;\n`;
    expect(problemsOf([modified('src/a.ts', holed('a'), holed('b'))])).toEqual([undefined]);
  });

  test('of many files is compared once', () => {
    const part = (i: number, field: string) =>
      Array.from({ length: 20 }, (_, k) => `type T${i}x${k} {\n  ${field}: Int\n}\n`).join('');
    const files = Array.from({ length: 60 }, (_, i) => modified(`schema/p${i}.graphql`, part(i, 'a'), part(i, 'b')));
    const started = cpuMilliseconds();
    expect(problemsOf(files).every((problems) => problems?.length === 20)).toBe(true);
    expect(cpuMilliseconds() - started).toBeLessThan(4_000);
  });

  test('without a type of its own is a client, and not a contract', () => {
    expect(problemsOf([modified('queries.graphql', 'query A { a }', 'query A { b }')])).toEqual([undefined]);
  });
});
