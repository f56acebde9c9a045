import { describe, expect, test } from '@jest/globals';
import { analyse } from '../src/analysis.ts';
import { compareTexts } from '../src/review/diff.ts';
import { builtInPolicy, type Policy } from '../src/review/policy.ts';

const made = (...parts: string[]) => parts.join('');
const code = `export async function rate() {\n  return fetch('https://api.example.com/rates');\n}\nconst dbPassword = '${made('corr3ct', '-horse')}';\n`;

function rulesSaid(policy: Partial<Policy>, path = 'src/rates.ts'): string[] {
  const files = [compareTexts({ path, status: 'added', after: code })];
  const found = analyse({ head: 'h', base: 'b', files, context: [], unread: [] }, { ...builtInPolicy, ...policy });
  return found.findings.map((finding) => finding.rule).sort();
}

test('a file is looked at by every language that reads it', () => {
  expect(rulesSaid({})).toEqual(['assigned-secret', 'http-no-timeout']);
});

test('a language that the policy switches off is silent', () => {
  expect(rulesSaid({ languages: { javascript: false } })).toEqual(['assigned-secret']);
  expect(rulesSaid({ languages: { secrets: false } })).toEqual(['http-no-timeout']);
});

test('in a path that the policy calls generated only tokens are looked for', () => {
  expect(rulesSaid({ paths: { generated: ['src/*.ts'] } })).not.toContain('http-no-timeout');
});

test('a secret that one commit added and a later one removed is reported with its commit, without its text', () => {
  const value = made('corr3ct', '-horse');
  const burnt = [{ commit: 'abcdef1234567890', path: 'src/db.ts', text: `const dbPassword = '${value}';` }];
  const { findings } = analyse({ head: 'h', base: 'b', files: [], context: [], unread: [], burnt }, builtInPolicy);
  expect(findings).toMatchObject([{ rule: 'assigned-secret', path: 'src/db.ts', line: 0, side: 'before' }]);
  expect(findings[0]?.because).toContain('abcdef1');
  expect(JSON.stringify(findings)).not.toContain(value);
});

describe('a secret that a later commit moved', () => {
  const value = made('corr3ct', '-horse');
  const commit = 'abcdef1234567890';
  const saidOf = (head: Readonly<Record<string, string>>, burnt: readonly { path: string; text: string }[]) => {
    const files = Object.entries(head).map(([path, after]) => compareTexts({ path, status: 'added', after }));
    const snapshot = { head: 'h', base: 'b', files, context: [], unread: [] };
    const lines = burnt.map((one) => ({ commit, ...one }));
    return analyse({ ...snapshot, burnt: lines }, builtInPolicy).findings.map(({ path, line }) => `${path}:${line}`);
  };

  test.each([
    ['to another file', { 'src/settings.ts': `export const dbPassword = '${value}';\n` }],
    ['to another line', { 'src/db.ts': `\n\n  export const dbPassword = '${value}';\n` }],
    ['into a function', { 'src/db.ts': `\n\nfunction open() {\n  return connect({ password: '${value}' });\n}\n` }],
    ['into a URL', { 'src/db.ts': `\n\nconst url = 'postgres://app:${value}@db.acme.io/shop';\n` }],
  ])('%s is told once, where it stands now', (_, head) => {
    const said = saidOf(head, [{ path: 'src/db.ts', text: `const dbPassword = '${value}';` }]);
    expect(said).toEqual([expect.stringMatching(/:[1-9]/)]);
  });

  test('and a still later one removed is told once', () => {
    const text = `const dbPassword = '${value}';`;
    expect(
      saidOf({}, [
        { path: 'src/db.ts', text },
        { path: 'src/settings.ts', text: `export ${text}` },
      ]),
    ).toEqual(['src/db.ts:0']);
  });

  test('beside another one that was removed leaves that one to be told', () => {
    const other = made('st4ple', '-battery');
    const said = saidOf({ 'src/settings.ts': `export const dbPassword = '${value}';\n` }, [
      { path: 'src/db.ts', text: `const dbPassword = '${value}';\nconst mailPassword = '${other}';` },
    ]);
    expect(said).toEqual(['src/settings.ts:1', 'src/db.ts:0']);
  });
});
