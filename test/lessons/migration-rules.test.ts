import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../src/facts/build-project.ts';
import { sqlReader } from '../../src/facts/sql/reader.ts';
import { rules } from '../../src/lessons/03-query-limits/rules.ts';
import type { LessonRule } from '../../src/lessons/define-rule.ts';
import { compareTexts } from '../../src/review/diff.ts';
import type { Example } from '../../src/review/rule.ts';

function flaggedLines(rule: LessonRule, example: Example): number[] {
  const path = example.path ?? 'migrations/1.sql';
  const file = compareTexts({ path, status: 'added', after: example.code.replace(/^>/gm, ' ') });
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
  const facts = { file, kind: 'migration' as const, project, secrets: [], ...sqlReader.read(file, project) };
  const found = new Set<number>();
  for (const match of rule.check(facts)) for (let l = match.line; l <= (match.endLine ?? match.line); l++) found.add(l);
  return [...found].sort((a, b) => a - b);
}
const marked = (code: string) => code.split('\n').flatMap((line, i) => (line.startsWith('>') ? [i + 1] : []));
const ofSql = rules.filter((rule) => rule.examples.bad.every((e) => e.path?.endsWith('.sql')));

describe('rules about migrations', () => {
  test('there are some', () => expect(ofSql.length).toBeGreaterThan(15));

  test.each(ofSql.map((rule) => [rule.id, rule] as const))('%s flags exactly its marked lines', (_id, rule) => {
    for (const example of rule.examples.bad) {
      expect(marked(example.code).length).toBeGreaterThan(0);
      expect(flaggedLines(rule, example)).toEqual(marked(example.code));
    }
    for (const example of rule.examples.good) expect(flaggedLines(rule, example)).toEqual([]);
  });
});
