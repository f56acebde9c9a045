import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../src/facts/build-project.ts';
import { operationsReader } from '../../src/facts/operations/reader.ts';
import type { LessonRule } from '../../src/lessons/define-rule.ts';
import { allRules } from '../../src/lessons/rules.ts';
import { compareTexts } from '../../src/review/diff.ts';
import type { Example } from '../../src/review/rule.ts';

function flaggedLines(rule: LessonRule, example: Example): number[] {
  const file = compareTexts({
    path: example.path ?? '',
    status: 'added',
    after: example.code.replace(/^>/gm, example.path === 'Dockerfile' ? '' : ' '),
  });
  const context = Object.entries(example.context ?? {}).map(([path, text]) => ({ path, text }));
  const project = buildProject({ head: 'h', base: 'b', files: [file], context, unread: [] });
  const facts = { file, kind: 'config' as const, project, secrets: [], ...operationsReader.read(file, project) };
  return [...rule.check(facts)].map((match) => match.line);
}
const marked = (code: string) => code.split('\n').flatMap((line, i) => (line.startsWith('>') ? [i + 1] : []));
const ofOperations = allRules.filter((rule) => rule.check.toString().includes('operationsProblems'));

describe('rules about operations files', () => {
  test('there are some', () => expect(ofOperations.length).toBeGreaterThan(4));

  test.each(ofOperations.map((rule) => [rule.id, rule] as const))('%s flags exactly its marked lines', (_id, rule) => {
    for (const example of rule.examples.bad) {
      expect(operationsReader.reads(example.path ?? '')).toBe(true);
      expect(marked(example.code).length).toBeGreaterThan(0);
      expect(flaggedLines(rule, example)).toEqual(marked(example.code));
    }
    for (const example of rule.examples.good) expect(flaggedLines(rule, example)).toEqual([]);
  });
});
