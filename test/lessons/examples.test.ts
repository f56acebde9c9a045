import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { analyse } from '../../src/analysis.ts';
import type { LessonRule } from '../../src/lessons/define-rule.ts';
import { allRules } from '../../src/lessons/rules.ts';
import { compareTexts } from '../../src/review/diff.ts';
import { builtInPolicy, type Policy } from '../../src/review/policy.ts';
import type { Example } from '../../src/review/rule.ts';
import type { Review, SourceFile } from '../../src/review/types.ts';

const lessonsFolder = join(import.meta.dirname, '../../src/lessons');

/** An example's text as it stands in a file, and which of its lines carry the mark. */
function unmark(text: string, path: string): { text: string; marked: number[] } {
  const lines = text.split('\n');
  // A mark takes the place of a column of indentation; a Dockerfile's instructions have none.
  const margin = basename(path).startsWith('Dockerfile') ? '' : ' ';
  return {
    text: lines.map((line) => (line.startsWith('>') ? margin + line.slice(1) : line)).join('\n'),
    marked: lines.flatMap((line, index) => (line.startsWith('>') ? [index + 1] : [])),
  };
}

/** Only this rule speaks: findings of the same lesson on the same lines are otherwise merged into the worst. */
function only(rule: LessonRule): Policy {
  const others = allRules.filter((other) => other.id !== rule.id).map((other) => [other.id, 'off'] as const);
  return { ...builtInPolicy, rules: Object.fromEntries(others) };
}

function reviewOf(file: SourceFile, policy: Policy, context: Example['context'] = {}): Review {
  return analyse(
    {
      head: 'head',
      base: 'base',
      files: [file],
      context: Object.entries(context).map(([path, text]) => ({ path, text })),
      unread: [],
    },
    policy,
  );
}

function pathOf(rule: LessonRule, example: Example): string {
  const path = example.path ?? rule.examples.bad[0]?.path ?? rule.examples.good[0]?.path;
  return path ?? 'src/routes/orders.ts';
}

/** Runs an example the whole way a pull request goes and lists the lines, as `after 3` or `before 7`. */
function runExample(rule: LessonRule, example: Example) {
  const path = pathOf(rule, example);
  const after = unmark(example.code, path);
  const before = example.before === undefined ? undefined : unmark(example.before, path);
  const file = compareTexts({
    path,
    status: before ? 'modified' : 'added',
    after: after.text,
    ...(before && { before: before.text }),
  });
  const { findings, faults } = reviewOf(file, only(rule), example.context);
  const flagged = findings
    .filter((finding) => finding.rule === rule.id)
    .flatMap(({ side, line, endLine }) =>
      Array.from({ length: endLine - line + 1 }, (_, index) => `${side} ${line + index}`),
    );
  const marked = [
    ...after.marked.map((line) => `after ${line}`),
    ...(before?.marked ?? []).map((line) => `before ${line}`),
  ];
  return { flagged: [...new Set(flagged)].sort(), marked: marked.sort(), faults };
}

const rulesById = allRules.map((rule) => [rule.id, rule] as const);

describe('the examples of the rules', () => {
  test.each(rulesById)('%s flags exactly the marked lines of its bad examples', (_id, rule) => {
    expect(rule.examples.bad.length).toBeGreaterThan(0);
    for (const example of rule.examples.bad) {
      const { flagged, marked, faults } = runExample(rule, example);
      expect(marked).not.toEqual([]);
      expect({ code: example.code, flagged, faults }).toEqual({ code: example.code, flagged: marked, faults: [] });
    }
  });

  test.each(rulesById)('%s is silent on its good examples', (_id, rule) => {
    expect(rule.examples.good.length).toBeGreaterThan(0);
    for (const example of rule.examples.good) {
      const { flagged, marked, faults } = runExample(rule, example);
      expect(marked).toEqual([]);
      expect({ code: example.code, flagged, faults }).toEqual({ code: example.code, flagged: [], faults: [] });
    }
  });

  test('an example that lies is caught', () => {
    const rule = allRules.find(({ examples }) => examples.bad[0] && !examples.bad[0].before);
    const [bad] = rule?.examples.bad ?? [];
    if (!rule || !bad) throw new Error('no rule has an example of a new file');
    const unmarked = { ...bad, code: bad.code.replace(/^>/gm, ' ') };
    expect(runExample(rule, unmarked).flagged).not.toEqual(runExample(rule, unmarked).marked);
  });
});

describe('the rules together', () => {
  test('every id is kebab-case and unique', () => {
    const ids = allRules.map((rule) => rule.id);
    expect(ids.filter((id) => !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('every rule stands in the file of its name in its lesson, and no file with a rule is forgotten', () => {
    const written = readdirSync(lessonsFolder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
      const found = /^(\d\d)-[a-z0-9-]+[/\\]([a-z0-9-]+)\.ts$/.exec(path);
      const declares = found && readFileSync(join(lessonsFolder, path), 'utf8').includes('defineRule({');
      return declares ? [`${Number(found[1])} ${found[2]}`] : [];
    });
    expect(written.sort()).toEqual(allRules.map(({ id, lesson }) => `${lesson} ${id}`).sort());
  });

  test('every ignore comment that a lesson shows names a rule of that lesson, with a reason', () => {
    const pages = readdirSync(lessonsFolder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.md'),
    );
    const shown = pages.flatMap((page) =>
      [...readFileSync(join(lessonsFolder, page), 'utf8').matchAll(/hindsight-ignore-next-line(.*)/g)].map(
        ([, rest]) => `${Number(page.slice(0, 2))} ${/^ ([a-z0-9-]+) -- \S/.exec(rest ?? '')?.[1]}`,
      ),
    );
    const named = allRules.map(({ id, lesson }) => `${lesson} ${id}`);
    expect(shown.length).toBeGreaterThanOrEqual(10);
    expect(shown.filter((one) => !named.includes(one))).toEqual([]);
  });

  test('every rule teaches: a summary of one sentence, a why and a fix', () => {
    for (const { id, summary, why, fix } of allRules) {
      expect({ id, ok: /^\S.*[.:!)`]$/s.test(summary) && why.length > 30 && fix.length > 10 }).toEqual({
        id,
        ok: true,
      });
    }
  });
});

describe('hostile files', () => {
  /** One path of every kind that some rule reads. */
  const paths = [...new Set(allRules.flatMap((rule) => rule.examples.bad.map((example) => pathOf(rule, example))))];

  const hostile: readonly (readonly [string, string])[] = [
    ['an empty file', ''],
    ['blank lines only', '\n'.repeat(500)],
    ['a very long line', 'a'.repeat(200_000)],
    ['deep brackets', '('.repeat(5_000)],
    ['deep braces', '{"a":'.repeat(5_000)],
    ['an unclosed string', `const a = "${'x'.repeat(10_000)}`],
    ['control characters', '\u0000\u0001\u202e\ufeff\ud800\r\r\n\u2028'],
    ['names of the prototype', '__proto__: {constructor: {toString: 1}}\nhasOwnProperty: __proto__'],
  ];

  test.each(hostile)('every reader and rule survives %s', (_name, text) => {
    for (const path of paths) {
      const added = compareTexts({ path, status: 'added', after: text });
      const emptied = compareTexts({ path, status: 'modified', before: text, after: '' });
      for (const file of [added, emptied]) {
        const { faults } = reviewOf(file, builtInPolicy);
        expect(faults.filter((fault) => fault.what.startsWith('rule '))).toEqual([]);
      }
    }
  });
});
