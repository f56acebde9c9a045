import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const demo = fileURLToPath(new URL('../../src/demo.ts', import.meta.url));

test('npm run demo -- --once shows the review and the check, and leaves nothing running', async () => {
  const child = execFile(process.execPath, [demo, '--once', '--port', '0'], { timeout: 200_000 });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'exit');
  expect([code, output]).toEqual([0, expect.stringMatching(/Check “Hindsight”\s+failure/)]);
  expect(output).toContain('openapi.yaml:10');
  const [, page = ''] = /(http:\/\/127\.0\.0\.1:\d+\/acme\/ticket-office\/pull\/1)/.exec(output) ?? [];
  await expect(fetch(page)).rejects.toThrow('fetch failed');
});
