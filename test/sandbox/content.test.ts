import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Octokit } from '@octokit/rest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Repository } from '../../src/sandbox/types.ts';
import { clientOf, refusal } from './client.ts';

let sandbox: Sandbox;
let repository: Repository;
let octokit: Octokit;
const at = { owner: 'acme', repo: 'shop' };
const strange = 'dir with space/ä "quoted".ts';

beforeAll(async () => {
  sandbox = await startSandbox({ limits: { graphqlTextBytes: 10, contentsBytes: 20 } });
  repository = await sandbox.createRepository({
    name: 'shop',
    files: {
      small: 'one\r\ntwo',
      large: 'x'.repeat(30),
      [strange]: 'strange',
      link: { symlink: 'small' },
      sub: { submodule: '1'.repeat(40) },
    },
  });
  octokit = clientOf(sandbox, repository);
});

afterAll(() => sandbox.close());

const content = async (path: string) => (await octokit.rest.repos.getContent({ ...at, path })).data;

describe('contents by REST', () => {
  test('are base64, byte for byte, also under strange names', async () => {
    expect(await content('small')).toMatchObject({
      type: 'file',
      content: Buffer.from('one\r\ntwo').toString('base64'),
    });
    expect(await content(strange)).toMatchObject({ content: Buffer.from('strange').toString('base64') });
  });

  test('say what is no file, and what is too large, and what is not there', async () => {
    expect(await content('link')).toMatchObject({ type: 'symlink', target: 'small' });
    expect(await content('sub')).toMatchObject({ type: 'submodule', sha: '1'.repeat(40) });
    expect(await content('large')).toMatchObject({ encoding: 'none', content: '', size: 30 });
    expect(await refusal(content('nothing'))).toMatchObject({ status: 404 });
  });

  test('come raw as a blob where the contents are too large', async () => {
    const { data } = await octokit.rest.git.getTree({ ...at, tree_sha: 'main' });
    const large = data.tree.find(({ path }) => path === 'large');
    const blob = await octokit.rest.git.getBlob({ ...at, file_sha: large?.sha ?? '', mediaType: { format: 'raw' } });
    expect(Buffer.from(blob.data as unknown as ArrayBuffer).toString()).toBe('x'.repeat(30));
  });
});

describe('contents by GraphQL', () => {
  test('are cut, and say so', async () => {
    const query = `query ($strange: String!) { repository(owner: "acme", name: "shop") {
      large: object(expression: "main:large") { ... on Blob { text isTruncated byteSize } }
      small: object(expression: "main:small") { ... on Blob { text isTruncated } }
      strange: object(expression: $strange) { ... on Blob { text } }
      sub: object(expression: "main:sub") { __typename } } }`;
    expect(await octokit.graphql(query, { strange: `main:${strange}` })).toEqual({
      repository: {
        large: { text: 'x'.repeat(10), isTruncated: true, byteSize: 30 },
        small: { text: 'one\r\ntwo', isTruncated: false },
        strange: { text: 'strange' },
        sub: null,
      },
    });
  });
});

describe('an installation', () => {
  test('that is suspended gets no token and no events; removed, it is gone', async () => {
    const own = await sandbox.createRepository({ owner: 'other', name: 'api', files: { a: 'a' } });
    const { installation } = own;
    if (!installation) throw new Error('not installed');
    sandbox.suspend(installation);
    const before = sandbox.deliveries.log.length;
    await sandbox.openPull(own, { branch: 'x', files: { a: 'b' } });
    expect(sandbox.deliveries.log.length).toBe(before);
    expect(await refusal(clientOf(sandbox, own).rest.repos.get({ owner: 'other', repo: 'api' }))).toMatchObject({
      status: 403,
    });
    sandbox.uninstall(installation);
    expect(await refusal(clientOf(sandbox, own).rest.repos.get({ owner: 'other', repo: 'api' }))).toMatchObject({
      status: 404,
    });
    expect(sandbox.deliveries.log.slice(-2).map(({ event, action }) => `${event} ${action}`)).toEqual([
      'installation suspend',
      'installation deleted',
    ]);
  });
});

describe('a person', () => {
  test('presses the buttons of a check, only those that it offers', async () => {
    const pull = await sandbox.openPull(repository, { branch: 'y', files: { small: 'changed' } });
    const actions = [{ label: 'Accept', description: 'Known debt', identifier: 'accept' }];
    await octokit.rest.checks.create({
      ...at,
      name: 'Hindsight',
      head_sha: pull.headSha,
      conclusion: 'failure',
      actions,
    });
    const [run] = repository.runs;
    if (!run) throw new Error('no run');
    await sandbox.rerequestRun(run, 'ann');
    await sandbox.clickAction(run, 'accept', 'ann');
    await expect(sandbox.clickAction(run, 'explode', 'ann')).rejects.toThrow('it offers: accept');
    const [rerun, click] = sandbox.deliveries.log.slice(-2).map(({ body }) => JSON.parse(body));
    expect(rerun).toMatchObject({
      action: 'rerequested',
      check_run: { id: run.id, head_sha: pull.headSha, app: { id: 4242 } },
    });
    expect(click).toMatchObject({
      action: 'requested_action',
      requested_action: { identifier: 'accept' },
      sender: { login: 'ann' },
    });
  });
});
