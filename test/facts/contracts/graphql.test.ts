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
