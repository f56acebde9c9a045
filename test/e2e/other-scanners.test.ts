import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CheckRun, Pull } from '../../src/sandbox/types.ts';
import { checkOn, type Stage, startStage } from './in-process.ts';

// Made of parts at run time: this repository holds nothing that looks like a secret.
const value = (n: number) => ['q8Zr3LmX', `0vTb7KwY${n}nPd`, '5sHf'].join('');
const line = (n: number) => `export const apiToken = "${value(n)}";\n`;
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const baselineOf = (path: string, n: number) =>
  JSON.stringify({ results: { [path]: [{ type: 'Secret Keyword', hashed_secret: sha1(value(n)), line_number: 1 }] } });

let stage: Stage;
let pull: Pull;
let run: CheckRun;

beforeAll(async () => {
  stage = await startStage({ realRules: true });
  const repository = await stage.sandbox.createRepository({
    name: 'switching',
    files: {
      'README.md': '# Here\n',
      '.secrets.baseline': baselineOf('src/known.ts', 1),
      '.gitleaksignore': 'src/placed.ts:generic-api-key:1\n',
    },
  });
  pull = await stage.sandbox.openPull(repository, {
    branch: 'a',
    files: {
      'src/known.ts': line(1),
      'src/placed.ts': line(2),
      'src/own.ts': line(3),
      'src/also-own.ts': line(4),
      'src/said.ts': line(5).replace(';\n', '; // gitleaks:allow\n'),
      // What a change says of its own secrets.
      '.secrets.baseline': baselineOf('src/own.ts', 3),
      '.gitleaksignore': 'src/also-own.ts:generic-api-key:1\n',
    },
  });
  run = await checkOn(pull);
});
afterAll(() => stage.close());

describe('a team that comes from another scanner', () => {
  test('keeps the baselines of its base branch, and the check counts what they know', () => {
    expect(run.summary).toContain('src/known.ts: 1 known to .secrets.baseline of the base branch');
    expect(run.summary).toContain('src/placed.ts: 1 known to .gitleaksignore of the base branch');
    const places = pull.threads.map(({ path }) => path);
    expect(places).not.toContain('src/known.ts');
    expect(places).not.toContain('src/placed.ts');
  });

  test('cannot weaken the review of a pull request by baselines that the pull request writes', () => {
    expect(pull.threads.map(({ path }) => path).sort()).toEqual(['src/also-own.ts', 'src/own.ts']);
    expect(run.conclusion).toBe('failure');
  });

  test('sees each comment of the other scanner in the check', () => {
    expect(run.summary).toContain('Ignore comments added in this pull request');
    expect(run.summary).toMatch(/src\/said\.ts:1.*assigned-secret.*gitleaks:allow/);
  });
});
