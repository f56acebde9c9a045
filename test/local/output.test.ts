import { describe, expect, test } from '@jest/globals';
import { batchFinding, parseChangeSet, snapshotOf } from '../../src/local/batch.ts';
import { toSarif } from '../../src/local/sarif.ts';
import { printReview } from '../../src/local/terminal.ts';
import { compareTexts } from '../../src/review/diff.ts';
import type { Snapshot } from '../../src/review/types.ts';
import { finding, reviewOf } from '../review/finding.ts';

const lessonsUrl = 'https://example.org/lessons';

describe('a line of the batch format', () => {
  test('becomes a snapshot: sides say whether a file is new, changed or gone', () => {
    const parsed = parseChangeSet(
      JSON.stringify({
        id: 7,
        files: [
          { path: 'a.ts', after: 'x\n' },
          { path: 'b.ts', status: 'added', before: 'x\n', after: 'y\n' },
          { path: 'c.ts', status: 'nonsense', before: 'x\n' },
          { path: 'e.ts', previousPath: 'd.ts', status: 'renamed', before: 'x\n', after: 'x\n' },
        ],
        context: [{ path: 'package.json', text: '{}' }],
      }),
    );
    if (!('set' in parsed)) throw new Error(parsed.error);
    const { head, files, context } = snapshotOf(parsed.set);
    expect([head, files.map(({ status }) => status)]).toEqual(['7', ['added', 'modified', 'removed', 'renamed']]);
    expect([files[3]?.previousPath, context.length]).toEqual(['d.ts', 1]);
  });

  test.each([
    ['not JSON', '{"id":', null],
    ['not an object', '[]', null],
    ['without an id', '{"files":[]}', null],
    ['without files', '{"id":"x"}', 'x'],
    ['with a file that has no path', '{"id":"x","files":[{"after":""}]}', 'x'],
    ['with a path of the wrong type', '{"id":3,"files":[{"path":1}]}', 3],
  ])('%s is an error that keeps the id as far as there is one', (_name, line, id) => {
    const parsed = parseChangeSet(line);
    expect(parsed).toMatchObject({ id });
    expect('error' in parsed && parsed.error.length).toBeGreaterThan(5);
  });

  test('gives a finding the pages that help', () => {
    const links = [{ words: 'Revoke it', url: 'https://example.com/keys' }];
    expect(batchFinding(finding({ links }))).toMatchObject({
      message: expect.stringMatching(/ Revoke it: https:\/\/example\.com\/keys$/),
    });
  });

  test('gives a finding its evidence, and its side only where that is the old one', () => {
    expect(batchFinding(finding({ because: 'Here.' }))).toMatchObject({ message: expect.stringMatching(/ Here\.$/) });
    expect(batchFinding(finding())).not.toHaveProperty('side');
    expect(batchFinding(finding({ side: 'before' }))).toMatchObject({ side: 'before' });
  });
});

describe('SARIF', () => {
  const rule = { id: 'sql-injection', lesson: 4, summary: 'Bind it.', why: 'Because.', fix: 'Do.' };
  const found = reviewOf(
    [
      finding({ path: 'src/a b.ts', line: 3, endLine: 5 }),
      finding({ line: 9, severity: 'notice', side: 'before' }),
      finding({ rule: 'unknown-rule', line: 0, lesson: 7, severity: 'warning', side: 'before' }),
    ],
    { faults: [{ path: 'bad.ts', what: 'rule x failed: TypeError' }] },
  );
  // biome-ignore lint/suspicious/noExplicitAny: SARIF is read here as its consumers read it, as JSON
  const sarif = toSarif(found, [rule], lessonsUrl) as any;
  const [run] = sarif.runs;

  test('is version 2.1.0 with the rules that were used and where to learn of them', () => {
    expect([sarif.version, sarif.runs.length]).toEqual(['2.1.0', 1]);
    expect(run.tool.driver.rules.map((used: { id: string }) => used.id)).toEqual(['sql-injection', 'unknown-rule']);
    expect(run.tool.driver.rules[0].helpUri).toBe('https://example.org/lessons/validation#sql-injection');
  });

  test('points every result at its rule, level, place and fingerprint', () => {
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.partialFingerprints['hindsight/v1']).toMatch(/^[0-9a-f]{16}$/);
    }
    expect(run.results.map((result: { level: string }) => result.level)).toEqual(['error', 'note', 'warning']);
    const [{ physicalLocation }] = run.results[0].locations;
    expect(physicalLocation).toEqual({
      artifactLocation: { uri: 'src/a%20b.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, endLine: 5 },
    });
  });

  test('names no line for what stands in no line of the head', () => {
    for (const result of run.results.slice(1)) expect(result.locations[0].physicalLocation.region).toBeUndefined();
  });

  test('tells of files that failed, and quotes no code', () => {
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1);
    expect(JSON.stringify(sarif)).not.toContain('snippet');
  });
});

describe('the terminal', () => {
  const file = compareTexts({
    path: 'src/a.ts',
    status: 'added',
    after: 'one\r\ntwo\r\n\u202ethree\r\nfour\r\nfive\r\nsix\r\n',
  });
  const snapshot: Snapshot = { head: 'h', base: 'b', files: [file], context: [], unread: [] };
  const print = (...findings: Parameters<typeof reviewOf>[0]) =>
    printReview(reviewOf(findings), snapshot, { lessonsUrl, colour: false });

  test('shows a finding with its code, its line marked, and where to learn', () => {
    expect(print(finding({ line: 4, because: 'It is `four`.' }))).toBe(
      [
        'error src/a.ts:4 sql-injection',
        '  2 | two',
        '  3 | \\u{202e}three',
        '> 4 | four',
        '  5 | five',
        '  6 | six',
        '  The request becomes part of the statement: bind it.',
        '  Why here: It is `four`.',
        '  lesson 4, validation: https://example.org/lessons/validation#sql-injection',
        '',
        '1 error. Analysed 1 of 1 files, 10 of 10 added lines.',
        '',
      ].join('\n'),
    );
  });

  test('shows no line with a secret in the frame of another finding', () => {
    const both = print(finding({ line: 1 }), finding({ line: 2, lesson: 7, rule: 'a-secret' }));
    expect(both).toContain('(not shown: it holds a secret)');
    expect(both).not.toMatch(/two/);
  });

  test('shows no code of a secret', () => {
    expect(print(finding({ line: 2, lesson: 7, rule: 'a-secret' }))).not.toMatch(/two|three/);
  });

  test('lets a path or a line send nothing to the terminal', () => {
    const sequence = '\u001b]0;owned\u0007';
    const hostile = compareTexts({ path: `src/${sequence}.ts`, status: 'added', after: `${sequence}\n` });
    const text = printReview(
      reviewOf([finding({ path: hostile.path, because: sequence })], {
        faults: [{ path: sequence, what: 'failed' }],
        notes: [sequence],
        coverage: { ...reviewOf([]).coverage, unread: [{ path: sequence, reason: 'binary' }] },
      }),
      { ...snapshot, files: [hostile] },
      { lessonsUrl, colour: false },
    );
    expect(text).not.toContain('\u001b');
  });

  test('names what failed and what was not analysed', () => {
    const text = printReview(
      reviewOf([], {
        faults: [{ path: 'bad.ts', what: 'rule x failed' }],
        coverage: { ...reviewOf([]).coverage, unread: [{ path: 'big.sql', reason: 'larger than 2 MB' }] },
      }),
      snapshot,
      { lessonsUrl, colour: false },
    );
    expect(text).toContain('Could not be analysed: bad.ts: rule x failed');
    expect(text).toContain('Not analysed: big.sql: larger than 2 MB');
  });
});
