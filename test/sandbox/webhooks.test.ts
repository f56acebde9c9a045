import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Repository } from '../../src/sandbox/types.ts';
import { appClient, clientOf } from './client.ts';

interface Received {
  readonly event: string;
  readonly guid: string;
  readonly signature: string;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: the payloads of many events
  readonly payload: any;
}

let sandbox: Sandbox;
let repository: Repository;
let receiver: Server;
let received: Received[];
let status: number;

beforeEach(async () => {
  received = [];
  status = 200;
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { headers } = request;
    received.push({
      event: String(headers['x-github-event']),
      guid: String(headers['x-github-delivery']),
      signature: String(headers['x-hub-signature-256']),
      body,
      payload: JSON.parse(body),
    });
    response.statusCode = status;
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  sandbox = await startSandbox({ webhookUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook` });
  repository = await sandbox.createRepository({ name: 'shop', files: { a: 'a\n' } });
});

afterEach(async () => {
  await sandbox.close();
  receiver.close();
});

const seen = () => received.map(({ event, payload }) => `${event} ${payload.action}`);
const open = (branch = 'x') => sandbox.openPull(repository, { branch, files: { a: `${branch}\n` } });

describe('deliveries', () => {
  test('are signed with the secret and carry who, where and what', async () => {
    const pull = await open();
    await sandbox.deliveries.idle();
    const [first] = received;
    const secret = sandbox.environment.WEBHOOK_SECRET;
    expect(first?.signature).toBe(
      `sha256=${createHmac('sha256', secret)
        .update(first?.body ?? '')
        .digest('hex')}`,
    );
    expect(first?.payload).toMatchObject({
      action: 'opened',
      number: 1,
      pull_request: {
        head: { sha: pull.headSha, repo: { full_name: 'acme/shop' } },
        base: { ref: 'main' },
        draft: false,
      },
      repository: { name: 'shop', owner: { login: 'acme' } },
      installation: { id: repository.installation?.id },
    });
  });

  test('can be lost, come twice, and come in another order', async () => {
    sandbox.deliveries.plan('lose', { event: 'pull_request', action: 'opened' });
    sandbox.deliveries.plan('duplicate', { action: 'synchronize' });
    sandbox.deliveries.plan('hold', { event: 'pull_request', action: 'closed' });
    sandbox.deliveries.plan('hold', { event: 'pull_request', action: 'reopened' });
    const pull = await open();
    await sandbox.pushToPull(pull, { files: { a: 'more\n' } });
    await sandbox.closePull(pull, pull.author);
    await sandbox.reopenPull(pull, pull.author);
    await sandbox.deliveries.release('reversed');
    await sandbox.deliveries.idle();
    const pulls = seen().filter((one) => one.startsWith('pull_request '));
    expect(pulls.sort()).toEqual([
      'pull_request closed',
      'pull_request reopened',
      'pull_request synchronize',
      'pull_request synchronize',
    ]);
    expect(seen().indexOf('pull_request reopened')).toBeLessThan(seen().indexOf('pull_request closed'));
    expect(
      new Set(received.filter(({ payload }) => payload.action === 'synchronize').map(({ guid }) => guid)).size,
    ).toBe(1);
  });

  test('that failed are in the log, and are delivered again under the same GUID when the app asks', async () => {
    status = 500;
    await open();
    await sandbox.deliveries.idle();
    status = 200;
    const app = appClient(sandbox);
    const { data } = await app.rest.apps.listWebhookDeliveries({ per_page: 1 });
    expect(data).toMatchObject([
      { event: 'pull_request', action: 'opened', status: 'Invalid HTTP Response: 500', status_code: 500 },
    ]);
    await app.rest.apps.redeliverWebhookDelivery({ delivery_id: data[0]?.id ?? 0 });
    while (received.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(received[1]?.guid).toBe(received[0]?.guid);
    const again = await app.rest.apps.listWebhookDeliveries({ per_page: 1 });
    expect(again.data).toMatchObject([{ redelivery: true, status: 'OK' }]);
    expect(again.headers.link).toContain('cursor=');
  });

  test('of events without their permission do not come', async () => {
    const pull = await open();
    await sandbox.commentAs(pull, 'ann', 'hello');
    await sandbox.deliveries.idle();
    expect(seen()).toEqual(['pull_request opened']);
  });
});

describe('a merge queue', () => {
  test('makes a branch a group, chained, and asks for checks on its head', async () => {
    const one = await open('one');
    const two = await sandbox.openPull(repository, { branch: 'two', files: { b: 'b\n' } });
    const first = await sandbox.enqueue(one);
    const second = await sandbox.enqueue(two, { behind: first, method: 'squash' });
    await sandbox.leaveQueue(first, 'merged');
    await sandbox.deliveries.idle();
    const groups = received.filter(({ event }) => event === 'merge_group').map(({ payload }) => payload);
    expect(groups.map(({ action, reason }) => [action, reason])).toEqual([
      ['checks_requested', undefined],
      ['checks_requested', undefined],
      ['destroyed', 'merged'],
    ]);
    expect(groups[1].merge_group).toMatchObject({
      base_sha: first.headSha,
      head_sha: second.headSha,
      base_ref: 'refs/heads/main',
      head_ref: `refs/heads/gh-readonly-queue/main/pr-2-${first.headSha}`,
    });
    const { data } = await clientOf(sandbox, repository).rest.repos.getCommit({
      owner: 'acme',
      repo: 'shop',
      ref: second.headSha,
    });
    expect(data.parents.map(({ sha }) => sha)).toEqual([first.headSha]);
    expect([one.state, await sandbox.world.commitOf(repository, 'main')]).toEqual(['closed', first.headSha]);
  });
});

describe('a fork', () => {
  test('opens a pull request whose head is readable through the base, and whose checks name no pull request', async () => {
    const fork = sandbox.fork(repository, 'stranger');
    const pull = await sandbox.openPull(repository, {
      branch: 'patch',
      from: fork,
      files: { a: 'forked\n' },
      author: 'stranger',
    });
    const client = clientOf(sandbox, repository);
    const at = { owner: 'acme', repo: 'shop' };
    const content = await client.rest.repos.getContent({ ...at, path: 'a', ref: pull.headSha });
    expect(content.data).toMatchObject({ content: `${Buffer.from('forked\n').toString('base64')}` });
    const run = await client.rest.checks.create({ ...at, name: 'Hindsight', head_sha: pull.headSha });
    expect(run.data.pull_requests).toEqual([]);
    expect(
      (await client.rest.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: pull.headSha })).data,
    ).toMatchObject([{ number: 1 }]);
  });
});

describe('faults and limits', () => {
  const list = () => clientOf(sandbox, repository).rest.pulls.list({ owner: 'acme', repo: 'shop' });

  test('strike as many requests as they say, and the log counts them', async () => {
    const fault = sandbox.faults.add({ method: 'GET', path: /\/pulls$/, skip: 1, times: 2, respond: { status: 502 } });
    const answers: number[] = [];
    for (let count = 0; count < 4; count++)
      answers.push(
        await list().then(
          ({ status }) => status,
          ({ status }) => status,
        ),
      );
    expect(answers).toEqual([200, 502, 502, 200]);
    expect(fault.struck).toBe(2);
    expect(sandbox.requests.counts()).toMatchObject({ 'GET /repos/{owner}/{repo}/pulls': 2 });
  });

  test('a lost answer has had its effect', async () => {
    const client = clientOf(sandbox, repository);
    await list();
    sandbox.faults.add({ method: 'POST', path: /check-runs/, respond: 'lost-answer' });
    sandbox.faults.add({ method: 'POST', path: /check-runs/, respond: 'drop' });
    const create = () =>
      client.rest.checks.create({ owner: 'acme', repo: 'shop', name: 'Hindsight', head_sha: 'main' });
    await expect(create()).rejects.toThrow();
    await expect(create()).rejects.toThrow();
    expect(repository.runs).toHaveLength(1);
    sandbox.faults.add({ method: 'POST', path: /check-runs/, respond: { status: 502, afterEffect: true } });
    await expect(create()).rejects.toMatchObject({ status: 502 });
    expect(repository.runs).toHaveLength(2);
  });

  test('the hourly limit and the secondary limit refuse with the headers that say when to come back', async () => {
    const small = await startSandbox({ limits: { requestsPerHour: 2, contentPerMinute: 1 } });
    const repo = await small.createRepository({ name: 'shop', files: { a: 'a' } });
    const pull = await small.openPull(repo, { branch: 'x', files: { a: 'b' } });
    const token = await appClient(small).rest.apps.createInstallationAccessToken({
      installation_id: repo.installation?.id ?? 0,
    });
    const review = () =>
      fetch(`${small.url}/api/v3/repos/acme/shop/pulls/${pull.number}/reviews`, {
        method: 'POST',
        headers: { authorization: `token ${token.data.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ event: 'COMMENT', body: 'x' }),
      });
    expect((await review()).status).toBe(200);
    const secondary = await review();
    expect([secondary.status, secondary.headers.get('retry-after')]).toEqual([403, '60']);
    const primary = await review();
    expect([primary.status, primary.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    small.advance(61 * 60_000);
    expect((await review()).status).toBe(401);
    await small.close();
  });
});
