import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../src/facts/build-project.ts';
import { readFacts } from '../../src/facts/read.ts';
import { rules } from '../../src/lessons/10-api-contract/rules.ts';
import type { LessonRule } from '../../src/lessons/define-rule.ts';
import { compareTexts } from '../../src/review/diff.ts';
import type { Example } from '../../src/review/rule.ts';

/** Removes the marks and says which lines had one. */
function marked(text: string): { text: string; lines: number[] } {
  const lines = text.split('\n');
  const marks = lines.flatMap((line, i) => (line.startsWith('>') ? [i + 1] : []));
  return { text: lines.map((line) => (line.startsWith('>') ? ` ${line.slice(1)}` : line)).join('\n'), lines: marks };
}

function flaggedLines(rule: LessonRule, example: Example): { found: string[]; expected: string[] } {
  const after = marked(example.code);
  const before = example.before === undefined ? undefined : marked(example.before);
  const path = example.path ?? 'openapi.yaml';
  const file = compareTexts({
    path,
    status: before ? 'modified' : 'added',
    after: after.text,
    ...(before && { before: before.text }),
  });
  const context = Object.entries(example.context ?? {}).map(([contextPath, text]) => ({ path: contextPath, text }));
  const project = buildProject({ head: 'h', base: 'b', files: [file], context, unread: [] });
  const { facts } = readFacts(file, project);
  const found = new Set<string>();
  for (const match of rule.check(facts))
    for (let line = match.line; line <= (match.endLine ?? match.line); line++)
      found.add(`${match.side ?? 'after'} ${line}`);
  const expected = [
    ...(before?.lines ?? []).map((line) => `before ${line}`),
    ...after.lines.map((line) => `after ${line}`),
  ];
  return { found: [...found].sort(), expected: expected.sort() };
}

const contractRules = rules.filter(
  (rule) => rule.id === 'route-without-contract' || rule.check.toString().includes('contractProblems'),
);

describe('rules about contract files', () => {
  test('there are some', () => expect(contractRules.length).toBeGreaterThan(20));

  test.each(contractRules.map((rule) => [rule.id, rule] as const))(
    '%s flags exactly the marked lines of its bad examples',
    (_id, rule) => {
      expect(rule.examples.bad.length).toBeGreaterThan(0);
      for (const example of rule.examples.bad) {
        const { found, expected } = flaggedLines(rule, example);
        expect(expected.length).toBeGreaterThan(0);
        expect(found).toEqual(expected);
      }
    },
  );

  test.each(contractRules.map((rule) => [rule.id, rule] as const))('%s is silent on its good examples', (_id, rule) => {
    expect(rule.examples.good.length).toBeGreaterThan(0);
    for (const example of rule.examples.good) expect(flaggedLines(rule, example).found).toEqual([]);
  });
});
