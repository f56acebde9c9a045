import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { loggedError } from '../src/log.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hindsight-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a file of the project in an empty folder, with nothing in the environment but what is given. */
function run(file: string, args: string[] = [], env: Record<string, string> = {}) {
  const options = { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env }, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, file), ...args], options);
}

describe('the server', () => {
  test('without credentials says what to do next and ends with 1, without a stack', () => {
    const { status, stderr, stdout } = run('src/main.ts');
    expect(status).toBe(1);
    expect(stderr).toContain('npm run demo');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
  });

  test('names everything that is wrong with its configuration and ends with 1', () => {
    const { status, stderr } = run('src/main.ts', [], { APP_ID: '1', PORT: 'x' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/PORT must be .*\n/);
    expect(stderr).toMatch(/WEBHOOK_SECRET is missing/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('the launcher', () => {
  test('passes arguments and the exit code on', () => {
    expect(run('bin/hindsight.js', ['--help']).stdout).toContain('Usage: hindsight');
    expect(run('bin/hindsight.js', ['no-such-command']).status).not.toBe(0);
  });
});

describe('what the log says of an error', () => {
  test('is its name, message, code and causes, and nothing that a library hung on it', () => {
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', request: { headers: { a: 'b' } } });
    const error = Object.assign(new Error('no answer', { cause }), { status: 502, event: { payload: 'all of it' } });
    expect(loggedError(error)).toEqual({
      type: 'Error',
      message: 'no answer',
      stack: expect.stringContaining('no answer'),
      code: undefined,
      status: 502,
      causes: [expect.objectContaining({ message: 'refused', code: 'ECONNREFUSED' })],
    });
    expect(JSON.stringify(loggedError(error))).not.toMatch(/all of it|headers/);
  });

  test('ends, although errors may cause one another', () => {
    const error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(loggedError(error)).length).toBeLessThan(20_000);
  });
});
