import { describe, expect, test } from '@jest/globals';
import { analyse } from '../../src/analysis.ts';
import { compareTexts } from '../../src/review/diff.ts';
import { builtInPolicy } from '../../src/review/policy.ts';
import { cpuMilliseconds } from '../cpu-time.ts';

const other = compareTexts({
  path: 'db/migrations/2.sql',
  status: 'added',
  after: 'CREATE INDEX CONCURRENTLY a ON b (c);\nDELETE FROM sessions;\n',
});

/** What is said of a file, and whether the other file of the change was reviewed all the same. */
function review(path: string, after: string) {
  const files = [compareTexts({ path, status: 'added', after }), other];
  const { findings, faults } = analyse({ head: 'h', base: 'b', files, context: [], unread: [] }, builtInPolicy);
  return {
    said: [
      ...findings.filter((f) => f.path === path).map(({ rule, line }) => `${rule} ${line}`),
      ...faults.filter((f) => f.path === path).map(({ what }) => what),
    ],
    rest: findings.some((finding) => finding.path === other.path && finding.rule === 'all-rows-changed'),
  };
}

const openapi = "openapi: 3.0.3\ninfo: { title: a, version: '1' }\npaths:\n";

describe('a file that its language refuses', () => {
  test.each([
    ['openapi.yaml', `${openapi}  /a: [\n`, 'invalid-contract 4'],
    ['openapi.json', '{ "openapi": "3.0.3",\n  "paths": {\n', 'invalid-contract 2'],
    ['asyncapi.yaml', 'asyncapi: 3.0.0\nchannels: {\n', 'invalid-contract 2'],
    ['schema.graphql', 'type A {\n  b: Int\n  c:\n}\n', 'invalid-contract 4'],
    ['schema.graphql', 'type A {\n  b: Int\n', 'invalid-contract 2'],
    ['migrations/postgres/1.sql', 'SELECT 1;\nALTER TABEL a;\n', 'sql: syntax error in the statement of line 2'],
    ['migrations/1.sql', 'this is no SQL;\n', 'sql: SyntaxError'],
    ['prisma/schema.prisma', 'model A {\n  id Int @id(\n}\n', 'schema: '],
    ['compose.yaml', 'services: [\n', 'operations: SyntaxError at 2:1'],
    ['k8s/deployment.yaml', 'kind: Deployment\nspec: [\n', 'operations: SyntaxError at 3:1'],
    ['.github/workflows/a.yml', 'on: push\njobs: [\n', 'operations: SyntaxError at 3:1'],
    ['chart/values-prod.yaml', 'replicas: [\n', 'operations: SyntaxError at 2:1'],
    ['nginx/nginx.conf', 'server {\n  location / {\n', 'operations: SyntaxError at 2:1'],
    ['src/migrations/1.ts', 'export const up = (knex => {\n', 'javascript: '],
  ])('%s is told, and the rest of the review stands', (path, text, expected) => {
    const { said, rest } = review(path, text);
    expect(said.map((one) => one.slice(0, expected.length))).toContain(expected);
    expect(rest).toBe(true);
  });

  test.each([
    [
      'openapi.yaml',
      `${openapi}  /a:\n    get:\n      summary: a\n      description: b\n`,
      'summary: a',
      'summary: a: b',
    ],
    ['schema.graphql', 'type A {\n  b: Int\n}\n\ntype C {\n  d: Int\n}\n', 'b: Int\n}', 'b: Int\n'],
  ])('%s is told though the parser stumbles over a line that stays', (path, before, line, broken) => {
    const file = compareTexts({ path, status: 'modified', before, after: before.replace(line, broken) });
    const { findings } = analyse({ head: 'h', base: 'b', files: [file], context: [], unread: [] }, builtInPolicy);
    expect(findings.map(({ rule }) => rule)).toEqual(['invalid-contract']);
  });

  test('is quoted nowhere', () => {
    const word = 'horse';
    for (const path of ['compose.yaml', 'migrations/postgres/1.sql', 'prisma/schema.prisma', 'nginx/nginx.conf'])
      expect(review(path, `${word} [ {{{ ${word}\n`).said.join(' ')).not.toContain(word);
  });
});

describe('a file that is too much', () => {
  const line = 'x: 1 # words that make this line longer than it has to be\n';
  test.each([
    ['openapi.yaml', `${openapi}${'  /a: { get: {} }\n'.repeat(300_000)}`],
    ['schema.graphql', 'type A { b: Int }\n'.repeat(300_000)],
    ['migrations/postgres/1.sql', 'INSERT INTO a VALUES (1, 2, 3);\n'.repeat(170_000)],
    ['prisma/schema.prisma', 'model A {\n  id Int @id\n}\n'.repeat(250_000)],
    ['compose.yaml', line.repeat(90_000)],
    ['k8s/deployment.yaml', line.repeat(90_000)],
    ['.github/workflows/a.yml', line.repeat(90_000)],
    ['charts/a/templates/b.yaml', line.repeat(90_000)],
    ['nginx/nginx.conf', 'location / { return 200; }\n'.repeat(190_000)],
    ['haproxy.cfg', 'backend a\n server b c\n'.repeat(230_000)],
  ])('%s of five megabytes is refused at once', (path, text) => {
    expect(text.length).toBeGreaterThan(4_500_000);
    const started = cpuMilliseconds();
    const { rest } = review(path, text);
    expect(rest).toBe(true);
    expect(cpuMilliseconds() - started).toBeLessThan(10_000);
  });

  test.each([
    ['compose.yaml', 'a0: &a0 [x, x]\n', (i: number) => `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]\n`],
    [
      'k8s/deployment.yaml',
      'a0: &a0 { b: c }\n',
      (i: number) => `a${i}: &a${i} { <<: *a${i - 1}, b${i}: *a${i - 1} }\n`,
    ],
    ['openapi.yaml', `${openapi}x-a0: &a0 [x, x]\n`, (i: number) => `x-a${i}: &a${i} [*a${i - 1}, *a${i - 1}]\n`],
  ])('%s whose aliases double again and again ends', (path, first, more) => {
    const started = cpuMilliseconds();
    review(path, first + Array.from({ length: 60 }, (_, i) => more(i + 1)).join(''));
    expect(cpuMilliseconds() - started).toBeLessThan(5_000);
  });
});
