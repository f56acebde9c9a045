import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actions } from '../actions.ts';
import { fullName } from '../json/accounts.ts';
import type { Pull, Thread } from '../types.ts';
import type { World } from '../world.ts';
import { blobPage } from './blob-page.ts';
import { version } from './layout.ts';
import { listPage, missingPage } from './list-page.ts';
import { pullPage } from './pull-page.ts';
import { script, styles } from './styles.ts';

interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
  readonly location?: string;
}

const formBytes = 64 * 1024;
/** Who presses the buttons of the page: somebody who may write everywhere. */
const you = 'you';

/** The page to look at: lists, pull requests, and the few buttons a person has. */
export function createPages(
  world: World,
  actions: Actions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  async function answer(request: IncomingMessage): Promise<Reply> {
    const url = new URL(request.url ?? '/', world.url);
    // Only this machine's own names: a page elsewhere must not reach the sandbox under a name of its own.
    const host = request.headers.host ?? '';
    const own = new URL(world.url).port;
    if (host !== `127.0.0.1:${own}` && host !== `localhost:${own}`) return { status: 421, body: 'Not this host.' };
    if (request.method === 'POST') return post(request, url.pathname);
    if (url.pathname === '/') return { body: listPage(world) };
    if (url.pathname === '/page.css') return { type: 'text/css', body: styles };
    if (url.pathname === '/page.js') return { type: 'text/javascript', body: script };
    if (url.pathname === '/version') return { type: 'text/plain', body: version(world) };
    const body = await pageAt(decoded(url.pathname));
    return body === undefined ? { status: 404, body: missingPage(world) } : { body };
  }

  async function pageAt(path: string): Promise<string | undefined> {
    const pull = pullAt(path);
    if (pull) return pullPage(world, pull);
    const [, owner, name, commit = '', file = ''] = /^\/([^/]+)\/([^/]+)\/blob\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const repository = world.repositories.get(`${owner}/${name}`.toLowerCase());
    return repository && blobPage(world, repository, commit, file);
  }

  async function post(request: IncomingMessage, path: string): Promise<Reply> {
    const { origin, host } = request.headers;
    if (origin !== undefined && origin !== `http://${host}`) return { status: 403, body: 'From another page.' };
    const form = await readForm(request);
    const field = (name: string): string => form.get(name)?.trim() ?? '';
    if (path === '/review-local') {
      const asked = { path: field('path'), base: field('base'), head: field('head') };
      try {
        return { location: addressOf(await actions.reviewLocal(asked)) };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return { status: 422, body: listPage(world, { message, asked }) };
      }
    }
    const pull = pullAt(path);
    if (!pull) return { status: 404, body: missingPage(world) };
    actions.collaborator(pull.repository, you, 'write');
    await press(pull, path.split('/').at(-1) ?? '', field);
    return { location: addressOf(pull) };
  }

  async function press(pull: Pull, button: string, field: (name: string) => string): Promise<void> {
    const run = pull.repository.runs.find(({ id }) => id === Number(field('run')));
    const thread: Thread | undefined = pull.threads.find(
      ({ comments }) => comments[0]?.id === Number(field('comment')),
    );
    if (button === 'rerequest' && run) await actions.rerequestRun(run, you);
    if (button === 'click' && run) await actions.clickAction(run, field('identifier'), you);
    if (button === 'reply' && thread && field('body') !== '') await actions.replyAs(thread, you, field('body'));
    if (button === 'resolve' && thread?.resolvedBy) await actions.unresolveAs(thread, you);
    else if (button === 'resolve' && thread) await actions.resolveAs(thread, you);
  }

  function pullAt(path: string): Pull | undefined {
    const [, owner, name, number] = /^\/([^/]+)\/([^/]+)\/pull\/(\d+)(?:\/\w+)?$/.exec(path) ?? [];
    return world.repositories.get(`${owner}/${name}`.toLowerCase())?.pulls.get(Number(number));
  }

  return async (request, response) => {
    const { status = 200, type = 'text/html', body = '', location } = await answer(request);
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-type', `${type}; charset=utf-8`);
    if (location !== undefined) response.setHeader('location', location);
    response.statusCode = location === undefined ? status : 303;
    response.end(body);
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // No page of ours has such an address.
    return '';
  }
}

const addressOf = (pull: Pull): string => `/${fullName(pull.repository)}/pull/${pull.number}`;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > formBytes) throw new Error('The form is too long.');
  }
  return new URLSearchParams(text);
}
