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
