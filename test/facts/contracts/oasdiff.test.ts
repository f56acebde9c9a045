import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { contractReader } from '../../../src/facts/contracts/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import { type Place, schemaChecks } from './oasdiff-checks.ts';
import { operationChecks, uncovered } from './oasdiff-operations.ts';

function rulesOf(before: string, after: string): string[] {
  const file = compareTexts({ path: 'openapi.yaml', status: 'modified', before, after });
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
  return (contractReader.read(file, project).contract?.problems ?? []).map(({ rule }) => rule);
}

const head = 'openapi: 3.1.0\ninfo:\n  title: Parts\n  version: 1.0.0\npaths:\n  /a:\n    post:\n';
const done = "      responses:\n        '204':\n          description: Done\n";
const media = (schema: string, indent: string) =>
  `${indent}content:\n${indent}  application/json:\n${indent}    schema: ${schema}\n`;
const property = (schema: string) => `{ type: object, properties: { p: ${schema} } }`;
const answer = (rest: string) => `${head}      responses:\n        '200':\n          description: Done\n${rest}`;
const documents: Readonly<Record<Place, (schema: string) => string>> = {
  'request-body': (schema) => `${head}      requestBody:\n${media(schema, '        ')}${done}`,
  'request-property': (schema) => documents['request-body'](property(schema)),
  'request-parameter': (schema) =>
    `${head}      parameters:\n        - name: q\n          in: query\n          schema: ${schema}\n${done}`,
  'response-body': (schema) => answer(media(schema, '          ')),
  'response-property': (schema) => documents['response-body'](property(schema)),
  'response-header': (schema) => answer(`          headers:\n            X-A:\n              schema: ${schema}\n`),
};

describe("oasdiff's checks of a schema", () => {
  for (const { name, places, before, after, rule } of schemaChecks)
    for (const place of places)
      test(`${place}-${name}`, () => {
        const of = documents[place];
        expect(rulesOf(of(before), of(after))).toContain(rule);
        expect(rulesOf(of(after), of(after))).toEqual([]);
      });
});

describe("oasdiff's other checks", () => {
  for (const { id, before, after, rule } of operationChecks)
    test(id, () => {
      expect(rulesOf(before, after)).toContain(rule);
    });
});

test('the documentation names each of the checks, covered or not', () => {
  const page = readFileSync(new URL('../../../docs/coverage.md', import.meta.url), 'utf8');
  const names = [
    ...schemaChecks.map(({ name }) => name),
    ...operationChecks.map(({ id }) => id),
    ...Object.keys(uncovered),
  ];
  expect(names.filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
});
