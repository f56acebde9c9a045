import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startAppProcess } from '../src/sandbox/app-process.ts';
import { openSamplePull } from '../src/sandbox/sample.ts';
import { startSandbox } from '../src/sandbox/sandbox.ts';

/*
 * Takes the pictures of the README: the demo's pull request, reviewed by the server as it is now, in headless Chromium.
 * Needs a Chromium (CHROMIUM, /usr/bin/chromium by default) and fonts with emoji.
 */

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const root = fileURLToPath(new URL('..', import.meta.url));
const images = join(root, 'docs/images');
const reviewWithin = 60_000;

const dir = await mkdtemp(join(tmpdir(), 'hindsight-screenshot-'));
const sandbox = await startSandbox();
const app = await startAppProcess(sandbox, {
  entry: join(root, 'src/main.ts'),
  cwd: dir,
  env: { DATA_DIR: join(dir, 'data') },
});
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const pull = await openSamplePull(sandbox);
  const page = await browser.newPage({ viewport: { width: 1160, height: 1250 } });
  await page.goto(`${sandbox.url}/acme/ticket-office/pull/${pull.number}`);
  await page.locator('.check .top b[title]').first().waitFor({ timeout: reviewWithin });
  await page.screenshot({ path: join(images, 'demo.png') });
  const file = page.locator('.file', { hasText: 'src/routes/customers.ts' });
  await file.screenshot({ path: join(images, 'comments.png') });
} finally {
  await browser.close();
  await app.stop();
  await sandbox.close();
  await rm(dir, { recursive: true, force: true, maxRetries: 3 });
}
