import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { contractReader } from '../../../src/facts/contracts/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import type { SourceFile } from '../../../src/review/types.ts';

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
    const started = performance.now();
    expect(problemsOf(files).every((problems) => problems?.length === 20)).toBe(true);
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  test('without a type of its own is a client, and not a contract', () => {
    expect(problemsOf([modified('queries.graphql', 'query A { a }', 'query A { b }')])).toEqual([undefined]);
  });
});
