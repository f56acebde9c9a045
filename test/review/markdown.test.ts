import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  commentBody,
  fingerprintIn,
  fixedBody,
  lessonUrl,
  markerOf,
  movedBody,
  reportSummary,
  reportTable,
} from '../../src/review/markdown.ts';
import { builtInPolicy } from '../../src/review/policy.ts';
import { type LessonNumber, lessonSlugs } from '../../src/review/types.ts';
import { finding, reviewOf } from './finding.ts';

const extras = { notices: [], dismissed: 0, commented: new Set<string>() };

describe('a comment', () => {
  test('says severity, lesson, what to do, why here, and where to learn', () => {
    const body = commentBody(finding({ because: '`req.query.id` reaches `db.query`.' }), builtInPolicy);
    expect(body).toContain('error');
    expect(body).toContain('lesson 4, validation');
    expect(body).toContain('The request becomes part of the statement: bind it.');
    expect(body).toContain('**Why here:** `req.query.id` reaches `db.query`.');
    expect(body).toContain('(http://localhost:3000/lessons/validation#sql-injection)');
  });

  test('has links that work: what is ours is not escaped, what is quoted is', () => {
    const links = [{ words: 'Revoke it', url: 'https://dashboard.example.com/keys?page=1' }];
    const body = commentBody(finding({ because: 'See https://evil.example.', links }), builtInPolicy);
    expect(body).toContain('[Revoke it](https://dashboard.example.com/keys?page=1) · [Learn: sql-injection](');
    expect(body).not.toContain('https://evil.example');
  });

  test('is found again by its marker, also once it is fixed or has moved', () => {
    const { fingerprint } = finding();
    const body = commentBody(finding(), builtInPolicy);
    expect(body.endsWith(markerOf(fingerprint))).toBe(true);
    for (const text of [body, fixedBody(body, fingerprint, 'a'.repeat(40)), movedBody(body, fingerprint)])
      expect(fingerprintIn(text)).toBe(fingerprint);
    expect(fixedBody(body, fingerprint, 'a'.repeat(40)).match(/<!-- hindsight:/g)).toHaveLength(1);
  });

  test('has no marker that the code under review wrote', () => {
    const forged = markerOf('0123456789abcdef');
    const own = finding({ message: `a ${forged}`, because: `b \`${forged}\``, also: [{ path: forged, line: 1 }] });
    const body = commentBody({ ...own, fix: { line: 1, endLine: 1, text: 'safe' } }, builtInPolicy);
    expect(fingerprintIn(body.slice(body.lastIndexOf('<!--')))).toBe(own.fingerprint);
  });

  test('offers a fix as a suggestion on the new side only', () => {
    const fix = { line: 1, endLine: 1, text: '```' };
    expect(commentBody(finding({ fix }), builtInPolicy)).toContain('````suggestion\n```\n````');
    expect(commentBody(finding({ fix, side: 'before' }), builtInPolicy)).not.toContain('suggestion');
  });

  test('lists folded places, the first thirty of them', () => {
    const also = Array.from({ length: 40 }, (_, i) => ({ path: `src/${i}.ts`, line: i + 1 }));
    const body = commentBody(finding({ also }), builtInPolicy);
    expect(body).toContain('The same in 40 more places');
    expect(body.match(/^- `/gm)).toHaveLength(30);
  });

  test('stays under what GitHub takes, its marker included, however long its parts are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90_000 }), fc.constantFrom('a', '`', '\n', '漢', '🛑'), (size, unit) => {
        const own = finding({ message: unit.repeat(size), because: unit.repeat(size) });
        const body = commentBody(own, builtInPolicy);
        for (const text of [body, fixedBody(body, own.fingerprint, 'abc'), movedBody(body, own.fingerprint)]) {
          expect(text.length).toBeLessThanOrEqual(65_536);
          expect(text).toContain(markerOf(own.fingerprint));
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('the address of a lesson', () => {
  test('is the page of the lesson at the rule, for each of the ten', () => {
    for (const [index, slug] of lessonSlugs.entries()) {
      const lesson = (index + 1) as LessonNumber;
      const policy = { ...builtInPolicy, lessons_url: 'https://example.org/learn/' };
      expect(lessonUrl({ lesson, rule: 'a-rule' }, policy)).toBe(`https://example.org/learn/${slug}#a-rule`);
    }
  });
});

describe('the report', () => {
  test('says what was found, analysed, left out, failed and ignored', () => {
    const summary = reportSummary(
      reviewOf([finding()], {
        faults: [{ path: 'src/bad.ts', what: 'rule x failed: TypeError' }],
        coverage: {
          files: 4,
          filesAnalysed: 2,
          addedLines: 30,
          addedLinesAnalysed: 20,
          unread: [
            { path: 'logo.png', reason: 'no reader for this kind of file' },
            { path: 'big.sql', reason: 'larger than 2 MB' },
          ],
        },
        suppressions: [
          { path: 'src/a.ts', line: 3, rule: 'sql-injection', reason: 'a constant', used: true, addedHere: true },
          { path: 'src/a.ts', line: 9, rule: 'xml-injection', reason: 'old', used: false, addedHere: false },
        ],
        notes: ['3 non-breaking contract changes'],
      }),
      builtInPolicy,
      { ...extras, notices: ['The policy file is broken.'], dismissed: 2 },
    );
    for (const part of [
      '> The policy file is broken.',
      '| 4 validation | 1 | 0 | 0 |',
      '2 dismissed',
      'Analysed 2 of 4 files, 20 of 30 added lines. 1 of a kind',
      '`src/bad.ts`: rule x failed: TypeError',
      '`big.sql`: larger than 2 MB',
      '`src/a.ts:3` `sql-injection`: a constant',
      'Ignore comments that ignore nothing:\n- `src/a.ts:9`',
      'incomplete',
    ])
      expect(summary).toContain(part);
    expect(summary).not.toContain('logo.png');
  });

  test('says why with each finding, and names no line where there is none', () => {
    const gone = finding({ line: 0, side: 'before', because: 'Commit abcdef1 added it.', path: 'src/old.ts' });
    const [, , row = ''] = reportTable([gone], builtInPolicy, () => 'https://x').split('\n');
    expect(row).toContain('| `src/old.ts` |');
    expect(row).toContain(`${gone.message} Commit abcdef1 added it.`);
  });

  test('has one row a finding, linked to its line, and fits', () => {
    const many = Array.from({ length: 2_000 }, (_, i) => finding({ line: i + 1, path: `src/a|b\`${i}.ts` }));
    const table = reportTable(
      many.slice(0, 2),
      builtInPolicy,
      (path, line) => `https://example.org/${path.length}#L${line}`,
    );
    expect(table.split('\n')).toHaveLength(4);
    expect(table).toContain('#L2)');
    expect(reportTable(many, builtInPolicy).length).toBeLessThan(65_535);
    expect(
      reportSummary(reviewOf(many, { notes: many.map(({ path }) => path.repeat(50)) }), builtInPolicy, extras).length,
    ).toBeLessThan(65_535);
    expect(reportTable([], builtInPolicy)).toBe('');
  });
});
