import { expect, test } from '@jest/globals';
import { explanationOf } from '../src/explanation.ts';

const at = 'https://example.org/lessons';

test('a rule is explained with its examples as code, without margin and marks, and its place in the lesson', () => {
  const words = explanationOf('required-request-input', at);
  expect(words).toContain('\n                item:\n                  type: string\n                currency:\n');
  expect(words).not.toMatch(/^>/m);
  expect(words.endsWith(`[Lesson 10](${at}/api-contract#required-request-input)`)).toBe(true);
});

test('an unknown rule leads to the lessons', () => {
  expect(explanationOf('no-such-rule', at)).toBe(`The lessons are at ${at}.`);
});
