import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { contractReader } from '../../../src/facts/contracts/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';

function problemsOf(before: string, after: string): string[] | undefined {
  const file = compareTexts({ path: 'asyncapi.yaml', status: 'modified', before, after });
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
  return contractReader
    .read(file, project)
    .contract?.problems.map(({ rule, line, side = 'after' }) => `${rule} ${side} ${line}`);
}

const two = (verb: string, payload: string) =>
  `asyncapi: 2.6.0\ninfo: { title: Orders, version: 1.0.0 }\nchannels:\n  orders/placed:\n    ${verb}:\n      message:\n        name: placed\n        payload:\n          type: object\n${payload.replace(/^(?=.)/gm, '          ')}`;
const three = (action: string, payload: string) =>
  `asyncapi: 3.0.0\ninfo: { title: Orders, version: 1.0.0 }\nchannels:\n  placed:\n    address: orders/placed\n    messages:\n      placed:\n        $ref: '#/components/messages/placed'\noperations:\n  onPlaced:\n    action: ${action}\n    channel:\n      $ref: '#/channels/placed'\n    messages:\n      - $ref: '#/channels/placed/messages/placed'\ncomponents:\n  messages:\n    placed:\n      payload:\n        type: object\n${payload.replace(/^(?=.)/gm, '        ')}`;
const total = 'properties:\n  total: { type: number }\n';
const whole = 'properties:\n  total: { type: integer }\n';
const required = `required: [total]\n${total}`;

describe('an AsyncAPI document', () => {
  test('may not ask more of what its consumers send', () => {
    expect(problemsOf(two('publish', total), two('publish', whole))).toEqual(['narrowed-request after 11']);
    expect(problemsOf(two('publish', total), two('publish', required))).toEqual(['required-request-input after 10']);
    expect(problemsOf(three('receive', total), three('receive', required))).toEqual([
      'required-request-input after 21',
    ]);
  });

  test('may not promise less of what they receive', () => {
    expect(problemsOf(two('subscribe', whole), two('subscribe', total))).toEqual(['widened-response after 11']);
    expect(problemsOf(two('subscribe', total), two('subscribe', whole))).toEqual([]);
    expect(problemsOf(three('send', required), three('send', total))).toEqual(['removed-response-data before 21']);
    expect(problemsOf(three('send', total), three('send', required))).toEqual([]);
  });

  test('may not lose a channel or an operation', () => {
    const more = `${two('publish', total)}  orders/paid:\n    publish:\n      message: { payload: { type: object } }\n`;
    expect(problemsOf(more, two('publish', total))).toEqual(['removed-operation before 13']);
    expect(problemsOf(two('publish', total), more)).toEqual([]);
    expect(problemsOf(three('send', total), three('receive', total))).toEqual(['removed-operation before 11']);
  });

  test('has a message renamed without harm, and other schema languages left alone', () => {
    const before = two('publish', total);
    expect(problemsOf(before, before.replace('name: placed', 'name: created'))).toEqual([]);
    const avro = (type: string) =>
      `asyncapi: 2.6.0\nchannels:\n  a:\n    publish:\n      message:\n        schemaFormat: application/vnd.apache.avro;version=1.9.0\n        payload: { type: ${type} }\n`;
    expect(problemsOf(avro('string'), avro('int'))).toEqual([]);
  });

  test('that is no YAML is told on its line', () => {
    expect(problemsOf(two('publish', total), `${two('publish', total)}  - [\n`)?.[0]).toMatch(
      /^invalid-contract after 1\d$/,
    );
  });
});
