import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { markdown } from '../../src/sandbox/page/markdown.ts';
import { openSamplePull } from '../../src/sandbox/sample.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Pull } from '../../src/sandbox/types.ts';
import { clientOf } from './client.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.warn(`SKIPPED: the page is not looked at in a browser, there is no ${executablePath}`);
const inBrowser = hasBrowser ? describe : describe.skip;

let sandbox: Sandbox;
let pull: Pull;
let address: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  pull = await openSamplePull(sandbox);
  address = `${sandbox.url}/acme/ticket-office/pull/${pull.number}`;
  const octokit = clientOf(sandbox, pull.repository);
  const at = { owner: 'acme', repo: 'ticket-office' };
  await octokit.rest.pulls.createReview({
    ...at,
    pull_number: pull.number,
    event: 'COMMENT',
    body: '## Seen\n\n<!-- marker -->one place',
    comments: [
      {
        path: 'src/services/payments.ts',
        line: 1,
        body: '**A key** in the code.\n\n```suggestion\nconst paymentKey = process.env.PAYMENT_KEY;\n```',
      },
    ],
  });
  await octokit.rest.checks.create({
    ...at,
    name: 'Hindsight',
    head_sha: pull.headSha,
    conclusion: 'failure',
    output: {
      title: '1 error',
      summary: '| severity | count |\n| --- | --- |\n| error | 1 |',
      annotations: [
        {
          path: 'src/services/payments.ts',
          start_line: 1,
          end_line: 1,
          annotation_level: 'failure',
          message: 'A key.',
        },
      ],
    },
    actions: [{ label: 'Accept', description: 'Accept as known', identifier: 'accept' }],
  });
});

afterAll(() => sandbox.close());

describe('Markdown', () => {
  test.each([
    ['a script', '<script>alert(1)</script>', /<script/],
    ['an attribute on a harmless tag', '<details onclick="x()">y</details>', /<details onclick/],
    ['a link that runs', '[x](javascript:alert(1))', /href/],
    ['an image that is fetched', '![x](http://example.com/x.png)', /<img/],
    ['a script in code', '`<script>`', /<script/],
    ['a comment', 'a <!-- hindsight:1234 --> b', /hindsight/],
    ['a direction override', 'a \u202e b', /\u202e/],
  ])('lets through no %s', (_, text, forbidden) => {
    expect(markdown(text).html).not.toMatch(forbidden);
  });

  test('keeps what reviews are made of', () => {
    const text =
      'a **b** <details><summary>c</summary>\n\n| d | e |\n|--|--|\n| f | g |\n\n</details>\n\n[h](https://example.com)';
    const tags = [...markdown(text).html.matchAll(/<(\w+)/g)].map(([, tag]) => tag);
    expect(tags).toEqual(expect.arrayContaining(['strong', 'details', 'summary', 'table', 'a']));
  });
});

describe('the page', () => {
  test('answers only under its own name, and forms only from itself', async () => {
    const { hostname, port } = new URL(sandbox.url);
    const { request } = await import('node:http');
    const status = (headers: Record<string, string>, method = 'GET', path = '/') =>
      new Promise<number | undefined>((resolve) => {
        request({ hostname, port, method, path, headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).end();
      });
    expect(await status({ host: `evil.example:${port}` })).toBe(421);
    expect(await status({ host: `127.0.0.1:${port}` })).toBe(200);
    const form = { host: `127.0.0.1:${port}`, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await status({ ...form, origin: 'http://evil.example' }, 'POST', '/review-local')).toBe(403);
  });

  test('shows a file at a commit, a line an address', async () => {
    const file = `${sandbox.url}/acme/ticket-office/blob/${pull.headSha}/src/server.ts`;
    expect(await (await fetch(file)).text()).toContain(
      '<tr id="L1"><td class="n">1</td><td>import express from &#39;express&#39;;</td>',
    );
    const missing = await fetch(`${file}x`);
    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('All pull requests')]);
    expect((await fetch(`${sandbox.url}/%`)).status).toBe(404);
  });

  test('opens a pull request from a repository on this machine, and says what is wrong with one that is not', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'hindsight-mine-'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', dir, '-c', 'user.name=me', '-c', 'user.email=me@localhost', ...args]);
    git('init', '-q', '-b', 'main');
    writeFileSync(join(dir, 'a.ts'), 'one\n');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    writeFileSync(join(dir, 'a.ts'), 'two\n');
    git('commit', '-q', '-a', '-m', 'two');
    const post = (fields: Record<string, string>) =>
      fetch(`${sandbox.url}/review-local`, { method: 'POST', body: new URLSearchParams(fields) });
    const good = await post({ path: dir, base: 'HEAD~1', head: 'main' });
    expect([good.url, await good.text()]).toEqual([
      expect.stringContaining('/local/'),
      expect.stringContaining('a.ts'),
    ]);
    const noRepository = mkdtempSync(join(tmpdir(), 'hindsight-none-'));
    for (const [bad, words] of [
      [{ path: '/nowhere' }, 'There is no directory /nowhere.'],
      [{ path: '~/no-such-folder' }, `There is no directory ${join(homedir(), 'no-such-folder')}`],
      [{ path: 'relative' }, 'must be absolute'],
      [{ path: noRepository }, 'not a git repository'],
      [{ base: 'no-such' }, 'its newest branches are main.'],
      [{ head: '--upload-pack=x' }, 'is not a name of a commit'],
      [{ base: 'HEAD' }, 'HEAD and main are the same commit'],
    ] as const) {
      const answer = await post({ path: dir, base: 'HEAD~1', head: 'main', ...bad });
      const [, wrong] = /<div class="wrong" role="alert">([^<]*)</.exec(await answer.text()) ?? [];
      expect([answer.status, wrong]).toEqual([422, expect.stringContaining(words)]);
    }
    rmSync(noRepository, { recursive: true });
    rmSync(dir, { recursive: true });
  });
});

inBrowser('in a browser, the page', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
  });
  afterAll(() => browser.close());

  test('shows the check, the comment on its line and the button that the check offers', async () => {
    await page.goto(address);
    expect(await page.locator('.check .top').textContent()).toMatch(/Hindsight\s+1 error\s+failure/);
    expect(await page.locator('.check table').textContent()).toContain('error');
    const above = page.locator('tr.added', { has: page.locator('xpath=following-sibling::tr[1][@class="talk"]') });
    expect(await above.textContent()).toContain('const paymentKey');
    expect(await page.locator('.talk .suggestion pre').textContent()).toBe(
      'const paymentKey = process.env.PAYMENT_KEY;',
    );
    expect(await page.getByRole('button', { name: 'Accept' }).count()).toBe(1);
  });

  test('shows a new comment by itself, and takes a reply', async () => {
    await page.goto(address);
    const [thread] = pull.threads;
    if (!thread) throw new Error('no thread');
    await sandbox.replyAs(thread, 'ann', 'Are you sure?');
    await page.getByText('Are you sure?').waitFor();
    await page.locator('.reply textarea').fill('Quite sure.');
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.getByText('Quite sure.').waitFor();
    expect(thread.comments.map(({ author }) => author.login)).toEqual(['hindsight[bot]', 'ann', 'you']);
  });

  test('lists the pull requests with their checks', async () => {
    await page.goto(sandbox.url);
    await page.getByRole('link', { name: pull.title }).click();
    expect(page.url()).toBe(address);
  });
});
