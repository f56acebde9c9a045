import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { documentedOperations, isDocumented } from '../../../src/facts/contracts/documented-operations.ts';
import { contractReader } from '../../../src/facts/contracts/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import type { SourceFile } from '../../../src/review/types.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';

const head = 'openapi: 3.0.3\ninfo:\n  title: Parts\n  version: 1.0.0\n';

function projectOf(files: SourceFile[], context: Record<string, string> = {}) {
  return buildProject({
    head: 'h',
    base: 'b',
    files,
    context: Object.entries(context).map(([path, text]) => ({ path, text })),
    unread: [],
  });
}

function contractOf(path: string, before: string | undefined, after: string, context: Record<string, string> = {}) {
  const file = compareTexts({
    path,
    status: before === undefined ? 'added' : 'modified',
    after,
    ...(before !== undefined && { before }),
  });
  return contractReader.read(file, projectOf([file], context)).contract;
}

function rulesOf(before: string | undefined, after: string, path = 'openapi.yaml'): string[] {
  return (contractOf(path, before, after)?.problems ?? []).map((problem) => problem.rule);
}

const withSchema = (schema: string, where: 'request' | 'response') =>
  where === 'request'
    ? `${head}paths:\n  /a:\n    post:\n      requestBody:\n        content:\n          application/json:\n            schema:\n${schema.replace(/^/gm, '              ')}\n      responses:\n        '204':\n          description: Done\n`
    : `${head}paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: Done\n          content:\n            application/json:\n              schema:\n${schema.replace(/^/gm, '                ')}\n`;

describe('a change of a schema', () => {
  test.each([
    ['type: integer', 'type: number', [], ['widened-response']],
    ['type: number', 'type: integer', ['narrowed-request'], []],
    ['type: string', 'type: string\nnullable: true', [], ['widened-response']],
    ['type: string\nminLength: 2', 'type: string\nminLength: 3', ['narrowed-request'], []],
    ['type: string\nminLength: 3', 'type: string\nminLength: 2', [], ['widened-response']],
    ['type: string\nenum: [a]', 'type: string\nenum: [a, b]', [], ['widened-response']],
    ['type: integer\nminimum: 1', 'type: integer\nexclusiveMinimum: 0', [], []],
    ['type: integer\nmaximum: 10', 'type: integer\nexclusiveMaximum: 10', ['narrowed-request'], []],
    ['type: number\nminimum: 0\nexclusiveMinimum: true', 'type: number\nexclusiveMinimum: 0', [], []],
    ['type: number\nminimum: 0', 'type: number\nexclusiveMinimum: 0', ['narrowed-request'], []],
    ['type: number\nexclusiveMaximum: 9', 'type: number\nmaximum: 9', [], ['widened-response']],
    ['type: string\nenum: [a, b]', 'type: string\nenum: [a]', ['narrowed-request'], []],
    ['type: string', 'type: string\npattern: ".*"', [], []],
    ['type: string', 'type: string\nformat: uuid', ['narrowed-request'], []],
    ['type: string', 'type: integer\nenum: [1, 2]', ['narrowed-request', 'narrowed-request'], ['widened-response']],
    ['type: string', 'type: object\nproperties: { a: { type: string } }', ['narrowed-request'], ['widened-response']],
    ['type: string\nenum: [a]', 'type: string', [], ['widened-response']],
    ['type: string\nenum: [a, b]', 'type: string\nenum: [a, b]\nconst: a', ['narrowed-request'], []],
    ['type: string\nenum: [a]', 'type: string\nconst: a', [], []],
    ['anyOf:\n  - type: string\n  - type: integer', 'type: string', ['narrowed-request'], []],
    ['anyOf:\n  - type: string\n  - type: integer', 'type: [string, integer]', [], []],
    ['type: string', 'type: string\ndescription: words', [], []],
    ['type: string', 'anyOf:\n  - type: string\n  - type: "null"', [], ['widened-response']],
    ['oneOf:\n  - type: string\n  - type: "null"', 'type: [string, "null"]', [], []],
    ['type: number', 'type: number\nmaxLength: 3\npattern: "^a"', [], []],
    ['type: number\nmaxLength: 3', 'type: number', [], []],
    ['type: object', 'type: object\nadditionalProperties:\n  nullable: true', [], []],
    ['type: object\nadditionalProperties: true', 'type: object\nadditionalProperties: { description: any }', [], []],
    ['type: object', 'type: object\nadditionalProperties: { type: string }', ['narrowed-request'], []],
    [
      'anyOf:\n  - type: string\n    nullable: true\n  - type: object',
      'anyOf:\n  - type: string\n  - {}',
      [],
      ['widened-response'],
    ],
    ['oneOf:\n  - type: string\n  - type: "null"', 'type: string', ['narrowed-request'], []],
    [
      'type: object\nrequired: [a]\nproperties: { a: { type: string } }',
      'anyOf:\n  - type: "null"\n  - type: object\n    required: [a]\n    properties: { a: { type: string } }',
      [],
      ['widened-response'],
    ],
    [
      'type: array\nitems:\n  type: string',
      'type: array\nitems:\n  type: boolean',
      ['narrowed-request'],
      ['widened-response'],
    ],
  ])('from %j to %j breaks what it breaks and no more', (before, after, request, response) => {
    expect(rulesOf(withSchema(before, 'request'), withSchema(after, 'request'))).toEqual(request);
    expect(rulesOf(withSchema(before, 'response'), withSchema(after, 'response'))).toEqual(response);
  });

  test('a property that moves into an allOf parent is no change', () => {
    const tail =
      '\ncomponents:\n  schemas:\n    Base:\n      type: object\n      properties:\n        id:\n          type: string\n';
    const flat = withSchema('type: object\nproperties:\n  id:\n    type: string', 'response') + tail;
    const composed = withSchema("allOf:\n  - $ref: '#/components/schemas/Base'", 'response') + tail;
    expect(rulesOf(flat, composed)).toEqual([]);
  });

  test('a property that is read-only or write-only no more, or newly so, is asked for or gone accordingly', () => {
    const id = (flag: string) => `type: object\nrequired: [id]\nproperties:\n  id:\n    type: string${flag}`;
    const change = (before: string, after: string, where: 'request' | 'response') =>
      rulesOf(withSchema(id(before), where), withSchema(id(after), where));
    expect(change('\n    readOnly: true', '', 'request')).toEqual(['required-request-input']);
    expect(change('', '\n    readOnly: true', 'request')).toEqual([]);
    expect(change('', '\n    writeOnly: true', 'response')).toEqual(['removed-response-data']);
    expect(change('\n    writeOnly: true', '', 'response')).toEqual([]);
  });

  test('a read-only property may become required in a request', () => {
    const before = withSchema('type: object\nproperties:\n  id:\n    type: string\n    readOnly: true', 'request');
    expect(
      rulesOf(
        before,
        before.replace('              type: object', '              type: object\n              required: [id]'),
      ),
    ).toEqual([]);
  });

  test('a parameter that is written otherwise breaks its clients; one that says what was meant does not', () => {
    const parameter = (text: string) =>
      `${head}paths:\n  /a:\n    get:\n      parameters:\n        - name: q\n          in: query\n${text.replace(/^/gm, '          ')}\n      responses:\n        '204':\n          description: Done\n`;
    const list = 'schema:\n  type: array\n  items:\n    type: string';
    const json = 'content:\n  application/json:\n    schema:\n      type: string';
    const change = (before: string, after: string) => rulesOf(parameter(before), parameter(after));
    expect(change(list, `${list}\nstyle: pipeDelimited`)).toEqual(['narrowed-request']);
    expect(change(list, `${list}\nexplode: false`)).toEqual(['narrowed-request']);
    expect(change(list, `${list}\nstyle: form\nexplode: true`)).toEqual([]);
    expect(change('schema:\n  type: string', 'schema:\n  type: string\nexplode: false')).toEqual([]);
    expect(change('schema:\n  type: string', json)).toEqual(['narrowed-request']);
  });

  test('a boolean of a URL that is called a string of its two words is written as it was', () => {
    const query = (schema: string) =>
      `${head}paths:\n  /a:\n    get:\n      parameters:\n        - { name: q, in: query, schema: ${schema} }\n      responses:\n        '204':\n          description: Done\n`;
    const change = (before: string, after: string) => rulesOf(query(before), query(after));
    expect(change('{ type: boolean }', "{ type: string, enum: ['true', 'false'] }")).toEqual([]);
    expect(change('{ type: integer }', '{ type: string }')).toEqual([]);
    expect(change('{ type: boolean }', "{ type: string, enum: ['yes', 'no'] }")).toEqual(['narrowed-request']);
    expect(change('{ type: string }', '{ type: integer }')).toEqual(['narrowed-request']);
  });

  test('a security scheme that is shown elsewhere breaks its clients', () => {
    const secured = (scheme: string) =>
      `${head}security:\n  - key: []\npaths:\n  /a:\n    get:\n      responses:\n        '204':\n          description: Done\n  /b:\n    get:\n      responses:\n        '204':\n          description: Done\ncomponents:\n  securitySchemes:\n    key: { ${scheme} }\n`;
    const inHeader = 'type: apiKey, in: header, name: X-Key';
    expect(rulesOf(secured(inHeader), secured('type: apiKey, in: query, name: X-Key'))).toEqual(['changed-security']);
    expect(rulesOf(secured(inHeader), secured('type: http, scheme: bearer'))).toEqual(['changed-security']);
    expect(rulesOf(secured(inHeader), secured(inHeader.replace('X-Key', 'x-key')))).toEqual([]);
  });

  test('a media type that goes is worse where the answer is a success', () => {
    const answers = (status: string, type: string) =>
      `${head}paths:\n  /a:\n    get:\n      responses:\n        '${status}':\n          description: Done\n          content: { ${type}: { schema: { type: string } } }\n`;
    const severities = (status: string) =>
      contractOf('openapi.yaml', answers(status, 'text/plain'), answers(status, 'text/html'))
        ?.problems.filter(({ rule }) => rule === 'removed-response-data')
        .map(({ severity }) => severity);
    expect(severities('200')).toEqual(['error']);
    expect(severities('404')).toEqual(['warning']);
  });

  test('a choice of one is the schema itself, whatever its name; one more or less is told where it comes or goes', () => {
    const contract = (choices: readonly string[], where: 'request' | 'response') =>
      `${withSchema(`description: Who rides\noneOf:\n${choices.map((name) => `  - $ref: '#/components/schemas/${name}'`).join('\n')}`, where)}components:\n  schemas:\n    Rider: { type: object, properties: { name: { type: string } } }\n    Person: { type: object, properties: { name: { type: string } } }\n    Van: { type: object, properties: { seats: { type: integer } } }\n`;
    const found = (old: readonly string[], now: readonly string[], where: 'request' | 'response') =>
      contractOf('openapi.yaml', contract(old, where), contract(now, where))?.problems.map(
        ({ rule, line, side = 'after' }) => `${rule} ${side} ${line}`,
      );
    expect(found(['Rider'], ['Person'], 'request')).toEqual([]);
    expect(found(['Rider'], ['Person'], 'response')).toEqual([]);
    expect(found(['Rider', 'Van'], ['Rider'], 'request')).toEqual(['narrowed-request before 15']);
    expect(found(['Rider'], ['Rider', 'Van'], 'response')).toEqual(['widened-response after 17']);
  });

  test('renaming a path parameter breaks nobody', () => {
    const of = (name: string) =>
      `${head}paths:\n  /a/{${name}}:\n    get:\n      parameters:\n        - name: ${name}\n          in: path\n          required: true\n          schema:\n            type: string\n      responses:\n        '200':\n          description: Done\n`;
    expect(rulesOf(of('x'), of('y'))).toEqual([]);
  });

  test('what breaks nobody is noted', () => {
    const contract = contractOf(
      'openapi.yaml',
      withSchema('type: object\nproperties:\n  a:\n    type: string', 'response'),
      withSchema('type: object\nproperties:\n  a:\n    type: string\n  b:\n    type: string', 'response'),
    );
    expect(contract?.problems).toEqual([]);
    expect(contract?.notes.join()).toContain('`b`');
  });
});

describe('a contract split over files', () => {
  const root = `${head}paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: Done\n          content:\n            application/json:\n              schema:\n                $ref: 'schemas/order.yaml#/Order'\n`;

  test('is compared from its root when a part changes', () => {
    const before = 'Order:\n  type: object\n  properties:\n    id:\n      type: string\n';
    const problems = contractOf('schemas/order.yaml', before, before.replace('string', 'integer'), {
      'openapi.yaml': root,
    })?.problems;
    expect(problems).toMatchObject([{ rule: 'widened-response', line: 5 }]);
  });

  test('a YAML file that no contract refers to is not one', () => {
    expect(contractOf('config/app.yaml', 'a: 1\n', 'a: 2\n', { 'openapi.yaml': root })).toBeUndefined();
  });

  test('a reference that climbs out of the repository or into the network is not followed', () => {
    expect(rulesOf(undefined, root.replace('schemas/order.yaml', '../../../etc/order.yaml'))).toEqual([]);
    expect(rulesOf(undefined, root.replace('schemas/order.yaml', 'https://example.com/order.yaml'))).toEqual([]);
  });
});

describe('a hostile contract', () => {
  test('schemas that refer to each other in a circle end', () => {
    const tail =
      "\ncomponents:\n  schemas:\n    Node:\n      type: object\n      properties:\n        next:\n          $ref: '#/components/schemas/Node'\n        size:\n          type: integer\n";
    const before = withSchema("$ref: '#/components/schemas/Node'", 'response') + tail;
    expect(rulesOf(before, before.replace('integer', 'string'))).toEqual(['widened-response']);
    expect(
      rulesOf(
        before,
        before.replace("$ref: '#/components/schemas/Node'\n        size", "$ref: '#/nowhere'\n        size"),
      ),
    ).toContain('unresolved-reference');
  });

  test('an alias bomb is read in no time', () => {
    const lines = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)];
    const bomb = `${head}paths: {}\nx-bomb:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
    const start = cpuMilliseconds();
    contractOf('openapi.yaml', bomb, bomb.replace('Parts', 'Bomb'));
    expect(cpuMilliseconds() - start).toBeLessThan(2_000);
  });

  test('merge keys that copy a large map again and again are refused', () => {
    const keys = Array.from({ length: 1_000 }, (_, i) => `    k${i}: 1`).join('\n');
    const bomb = `${head}paths: {}\nx-a:\n  a: &a\n${keys}\n  b:\n${'    - <<: *a\n'.repeat(1_000)}`;
    expect(() => contractOf('openapi.yaml', undefined, bomb)).toThrow(RangeError);
  });

  test('the lines of a change are looked at a few times for each finding, not all of them for each', () => {
    const schema = (prefix: string) => {
      const properties = Array.from({ length: 1_000 }, (_, i) => `  ${prefix}${i}: {type: string}`).join('\n');
      return withSchema(`type: object\nproperties:\n${properties}`, 'request');
    };
    const [before, after] = [schema('a'), schema('b')];
    const lines = after.split('\n').flatMap((text, i) => (text.includes('{type: string}') ? [i + 1] : []));
    let looks = 0;
    const removed = new Proxy(lines, {
      get(list, key, receiver) {
        looks++;
        return Reflect.get(list, key, receiver);
      },
    });
    const file = { path: 'openapi.yaml', status: 'modified' as const, before, after, added: lines, removed, hunks: [] };
    expect(contractReader.read(file, projectOf([file])).contract?.problems).toHaveLength(1_000);
    expect(looks).toBeLessThan(100 * 1_000);
  });

  test('an endless base path is quoted by its beginning', () => {
    const withBase = (base: string) => `${head}servers:\n  - url: ${base}\npaths: {}\n`;
    const [problem] = contractOf('openapi.yaml', withBase('/a'), withBase(`/${'b`'.repeat(500)}`))?.problems ?? [];
    expect(problem?.because).toMatch(/^every path has moved: from `\/a` to `[^`]{1,60}`\.$/);
  });

  test('a pattern that backtracks for ever is not run', () => {
    const after = withSchema(`type: string\npattern: '^(a+)+$'\nexample: ${'a'.repeat(60)}!`, 'request');
    const start = cpuMilliseconds();
    contractOf('openapi.yaml', undefined, after);
    expect(cpuMilliseconds() - start).toBeLessThan(2_000);
  });

  test('nesting without end is refused, not followed', () => {
    const nested = `${'['.repeat(3_000)}${']'.repeat(3_000)}`;
    let answer: string;
    try {
      answer = rulesOf(undefined, `${head}paths: ${nested}`).join();
    } catch (error) {
      answer = String(error);
    }
    expect(answer).toMatch(/invalid-contract|too deep|call stack/);
  });

  test('a syntax error is a finding on its line', () => {
    expect(contractOf('openapi.yaml', undefined, `${head}paths:\n  /a: [1, 2\n  /b: {}\n`)?.problems[0]).toMatchObject({
      rule: 'invalid-contract',
    });
  });
});

describe('the text of a contract', () => {
  test('a key that stands twice in one map is a finding on its second line; one that a merge brings in is not', () => {
    const text = `${head}x-a: &a\n  get: 1\npaths:\n  /a:\n    <<: *a\n    get:\n      responses: {'204': {description: Done}}\n`;
    expect(contractOf('openapi.yaml', undefined, text)?.problems).toEqual([]);
    const twice = contractOf('openapi.yaml', undefined, `${text}  /b: {}\n  /b: {}\n`)?.problems;
    expect(twice).toMatchObject([{ rule: 'invalid-contract', line: 13 }]);
  });

  test('an alias means the latest anchor of its name', () => {
    const schema = (type: string) => withSchema(`x-a: &t string\nx-b: &t ${type}\ntype: *t`, 'response');
    expect(rulesOf(schema('integer'), schema('boolean'))).toEqual(['widened-response']);
  });
});

describe('routes and contracts', () => {
  test('a route is known by its method and template, below a base path or a router', () => {
    const project = projectOf([], {
      'docs/openapi.yaml': `${head}servers:\n  - url: https://example.com/v1\npaths:\n  /orders/{id}:\n    get:\n      responses: {}\n`,
    });
    const operations = documentedOperations(project);
    expect(isDocumented(operations, 'get', '/v1/orders/:id')).toBe(true);
    expect(isDocumented(operations, 'GET', '/orders/[id]')).toBe(true);
    expect(isDocumented(operations, 'post', '/orders/:id')).toBe(false);
    expect(isDocumented(operations, 'get', '/invoices')).toBe(false);
  });
});
