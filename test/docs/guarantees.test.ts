import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/guarantees.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (.+?) +\| `(test\/[^`]+)` +\| (.+?) +\|$/.exec(line))
  .filter((row) => row !== null);

test('each promise names a test that exists', () => {
  expect(rows.length).toBeGreaterThan(70);
  const missing = rows.filter(([, , file = '', name = '']) => {
    const path = join(root, file);
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(name);
  });
  expect(missing.map(([row]) => row)).toEqual([]);
});
