import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pathFilter } from '../../src/review/path-filter.ts';
import { builtInPolicy, layPolicy } from '../../src/review/policy.ts';
import { parsePolicyFile, policyJsonSchema } from '../../src/review/policy-file.ts';

const errorOf = (text: string) => {
  const parsed = parsePolicyFile('.github/hindsight.yml', text);
  return 'error' in parsed ? parsed.error : undefined;
};

describe('laying policies over each other', () => {
  test('later layers win, records key by key, lists whole', () => {
    const { policy } = layPolicy(builtInPolicy, [
      { rules: { a: 'off', b: 'error' }, paths: { exclude: ['one'], include: ['x'] }, max_comments: 5 },
      { rules: { b: 'notice' }, paths: { exclude: ['two'] } },
    ]);
    expect(policy.rules).toEqual({ a: 'off', b: 'notice' });
    expect(policy.paths).toEqual({ exclude: ['two'], include: ['x'] });
    expect([policy.max_comments, policy.fail_on]).toEqual([5, 'error']);
  });

  test('what an organisation enforces, a repository cannot change, and it is told', () => {
    const { policy, refused } = layPolicy(builtInPolicy, [
      { fail_on: 'warning', enforced: ['fail_on', 'lessons'] },
      { fail_on: 'never', lessons: { secrets: 'off' }, max_comments: 1 },
    ]);
    expect(policy).toMatchObject({ fail_on: 'warning', lessons: {}, max_comments: 1 });
    expect(refused).toEqual(['lessons', 'fail_on']);
  });
});

describe('reading a policy file', () => {
  test('an empty file and a file of comments change nothing', () => {
    for (const text of ['', '# nothing\n']) expect(parsePolicyFile('p', text)).toEqual({ layer: {} });
  });

  test('an unknown key is an error with its line, at any depth', () => {
    expect(errorOf('fail_on: error\nfail_onn: never\n')).toMatchObject({ line: 2, message: 'fail_onn: unknown key' });
    expect(errorOf('# top\npaths:\n  exclude: [a]\n  exlude: [b]\n')).toMatchObject({ line: 4 });
  });

  test('a wrong value is an error with its line', () => {
    expect(errorOf('drafts: skip\n\nmax_comments: 999\n')).toMatchObject({ line: 3 });
    expect(errorOf('rules:\n  sql-injection: loud\n')).toMatchObject({ line: 2 });
    expect(errorOf('lessons_url: javascript:alert(1)\n')).toMatchObject({ line: 1 });
    expect(errorOf('baseline: ../../etc/passwd\n')).toMatchObject({ line: 1 });
  });

  test('broken YAML, a key given twice and a list at the top are errors', () => {
    expect(errorOf('a: [\n')?.message).toContain('no valid YAML');
    expect(errorOf('fail_on: error\nfail_on: never\n')).toMatchObject({ line: 2 });
    expect(errorOf('- a\n')).toBeDefined();
  });

  test('aliases and oversized files are refused at once', () => {
    expect(errorOf('paths:\n  exclude: &a [x]\n  include: *a\n')?.message).toContain('aliases');
    expect(errorOf(`# ${'x'.repeat(64_000)}`)?.message).toContain('larger');
  });

  test('any text gives a layer or an error with a line of the file', () => {
    const lines = fc.constantFrom(
      'fail_on: never',
      'rules:',
      '  a: off',
      '- x',
      '&a',
      '*a',
      '? {',
      '"',
      'é: \u0000',
      '!!js',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string()), { maxLength: 8 }), (parts) => {
        const text = parts.join('\n');
        const error = errorOf(text);
        if (error) expect(error.line).toBeGreaterThanOrEqual(1);
        if (error) expect(error.line).toBeLessThanOrEqual(text.split('\n').length);
      }),
    );
  });

  test('the published schema knows every key and refuses others', () => {
    const schema = policyJsonSchema() as { properties: object; additionalProperties: unknown };
    expect(Object.keys(schema.properties).sort()).toEqual([...Object.keys(builtInPolicy), 'enforced'].sort());
    expect(schema.additionalProperties).toBe(false);
  });
});

describe('the paths of a policy', () => {
  test('are those included, without those excluded, dot folders too', () => {
    const included = pathFilter({ include: ['services/**'], exclude: ['**/legacy/**'] });
    expect(['services/.config/a.ts', 'services/legacy/a.ts', 'web/a.ts'].map(included)).toEqual([true, false, false]);
    expect(pathFilter({})('anything')).toBe(true);
  });
});
