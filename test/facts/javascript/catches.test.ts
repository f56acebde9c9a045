import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

describe('what a catch is about', () => {
  const guardsOf = (code: string) => codeOf('src/catches.ts', code).catches.flatMap(({ guards }) => guards);

  test.each([
    [
      'keys that are tried one by one',
      'for (const k of ks) { try { out = await unseal(k); break; } catch {} }',
      'probe',
    ],
    ['a connection that is tried again at once', 'while (true) { try { await dial(); break; } catch {} }', 'other'],
    ['what this runtime has', "try { if (typeof Deno !== 'undefined') return Deno.env; } catch {}", 'probe'],
    ['the environment of a request', 'try { await push(process.env.HOOK); } catch {}', 'other'],
    ['a lock on a stream that is given back', 'try { reader.releaseLock(); } catch {}', 'probe'],
    ['listeners of an event', "try { this.events.emit('polled'); } catch {}", 'attempt'],
    ['a promise that its owner rejects', 'slot.promise.catch(() => {});', 'held'],
    ['a promise somebody gave', 'function quiet(given) { Promise.resolve(given).catch(() => {}); }', 'held'],
    ['a write', 'orders.insert(row).catch(() => {});', 'other'],
  ])('%s', (_, code, kind) => {
    expect(guardsOf(code)).toEqual([kind]);
  });

  test('a yes that keeps somebody out opens nothing', () => {
    const opens = (name: string) =>
      codeOf('src/gates.ts', `function ${name}(a) { try { return ask(a); } catch { return true; } }`).catches[0]?.opens;
    expect([opens('isAllowed'), opens('isPrivateAddress'), opens('isExpired'), opens('hasAccess')]).toEqual([
      true,
      undefined,
      undefined,
      true,
    ]);
  });
});

describe('promises nobody needs to hear', () => {
  const floatingOf = (code: string) => codeOf('src/floating.ts', code).unhandledPromises.map(({ of }) => of);

  test('lines of a log, steps of a workflow, a window that opens, and calls that take `resolve`', () => {
    expect(
      floatingOf(`
import { when } from '@medusajs/framework/workflows-sdk';
import { app } from 'electron';
class Chain {
  async open() { await this.logger.info('open'); await this.client.flush(); await this.store.sync(); }
  close() { this.logger.info('closed'); this.client.flush(resolve); this.store.sync(); }
}
export const flow = (input) => { when(input, (i) => i.ok).then(() => step(input)); };
export const show = () => { app.whenReady().then(open); };`),
    ).toEqual(['this.store.sync()']);
  });
});

describe('callbacks that never read their error', () => {
  const ignoredOf = (code: string) =>
    codeOf('src/callbacks.ts', code).omissions.flatMap(({ kind, asked }) =>
      kind === 'callback-error' ? [asked ? 'asked' : 'blind'] : [],
    );

  test.each([
    ['a result that is used at once', 'store.read(id, (err, row) => { send(row.name); });', ['blind']],
    [
      'a result that may be missing',
      'store.read(id, (err, row) => { if (!row) return add(id); send(row); });',
      ['asked'],
    ],
    [
      'a result that may be empty',
      'store.list((err, rows) => { if (_.isEmpty(rows)) return; send(rows); });',
      ['asked'],
    ],
    ['a hook that does nothing yet', 'this.onFailure = (error) => {};', []],
    ['a method', 'Page.prototype.notReady = function (err, res) { res.end(); };', []],
    ['a step of a test', "it('stops', (done) => { node.stop((err, result) => { done(); }); });", []],
    ['what a promise of the old kind says of its failure', 'version().fail(function (err) { return none(); });', []],
  ])('%s', (_, code, ignored) => {
    expect(ignoredOf(code)).toEqual(ignored);
  });
});

describe('parses that throw', () => {
  const parsesOf = (code: string) =>
    codeOf('src/parses.ts', code).throwingParses.map(({ of, reason }) => `${of} ${reason}`);

  test('a request of a client, and none that this program sends', () => {
    expect(parsesOf('export const take = (request: Request) => JSON.parse(request.body);')).toEqual([
      'JSON.parse request',
    ]);
    expect(parsesOf('export const give = (request: KeyQueryRequest) => JSON.parse(request.body);')).toEqual([]);
  });

  test('texts of a list, unless each has an outcome of its own', () => {
    const parsed = (all: string) =>
      parsesOf(`export const read = (lines) => Promise.${all}(lines.map(async (line) => store(JSON.parse(line))));`);
    expect([parsed('all'), parsed('allSettled')]).toEqual([['JSON.parse element'], []]);
  });

  test('addresses of a list, unless whoever checks them throws by itself', () => {
    const loop = (check: string) =>
      `export function hosts(urls: string[]) { const all = []; for (const url of urls) { const parsed = new URL(url); ${check} all.push(parsed.host); } return all; }`;
    expect(parsesOf(loop(''))).toEqual(['new URL element']);
    expect(parsesOf(loop("if (parsed.protocol !== 'amqp:') throw new Error('no queue');"))).toEqual([]);
  });
});

describe('files for browsers', () => {
  test('thunks and elements of a page, but no handler, and no page that a program drives', () => {
    const isForBrowser = (code: string) => codeOf('src/pages.js', code).browser;
    expect(isForBrowser('export const load = () => (dispatch, getState) => api.list().then(dispatch);')).toBe(true);
    expect(isForBrowser("export const add = () => document.head.append(document.createElement('link'));")).toBe(true);
    expect(isForBrowser("export const shoot = (page) => page.evaluate(() => document.querySelector('h1'));")).toBe(
      false,
    );
    expect(isForBrowser("export const show = (req, res) => res.send(document.createElement('p'));")).toBe(false);
  });
});
