import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const logged = (code: string) =>
  codeOf('src/a.ts', code).logCalls.flatMap(({ values }) => values.map(({ name }) => name));

describe('what goes into the log', () => {
  test.each([
    ['a secret', 'log.info(apiToken);', ['apiToken']],
    ['the same in its test', 'if (apiToken) log.info(apiToken);', ['apiToken']],
    ['what a test found missing', 'if (!apiToken) log.warn({ apiToken });', []],
    [
      'a default that a test named',
      'if (options.tokenSecret === defaults.tokenSecret) log.warn(options.tokenSecret);',
      [],
    ],
    ['what was made harmless before', 'log.warn({ desensitizedToken, sanitizedPassword });', []],
    ['where secrets are kept', 'log.info(project.files.credentials);', []],
  ])('%s', (_, code, expected) => {
    expect(logged(code)).toEqual(expected);
  });
});

describe('what a catch does', () => {
  const guardsOf = (code: string) =>
    codeOf('src/a.ts', code).catches.map(({ guards, opens }) => (opens ? 'opens' : guards[0]));

  test.each([
    ['work', 'try { await send(order); } catch {}', 'other'],
    [
      'a way that another one follows',
      'function bytes(n) { try { return native(n); } catch {} return slow(n); }',
      'attempt',
    ],
    ['a value that may be missing', 'let mode; try { mode = settings.mode(); } catch {}', 'attempt'],
    ['a value that is waited for', 'let user; try { user = await users.one(id); } catch {}', 'other'],
    ['a look at what may not be there', 'let ip; try { ip = socket.handshake.address; } catch {}', 'probe'],
    ['the end of a read', 'await reader.cancel().catch(() => {});', 'probe'],
    ['a file that compiled code looks for', 'try { await (0, promises_1.access)(path); } catch {}', 'probe'],
    ['a count of visitors', "app.telemetry.send('started').catch(() => {});", 'probe'],
    [
      'the last of a queue',
      'const last = queues.get(key); const mine = last.catch(() => undefined).then(work);',
      'held',
    ],
    [
      'a check that answers yes',
      'async function isAllowed(u) { try { return await ask(u); } catch { return true; } }',
      'opens',
    ],
    [
      'a check for what is broken',
      'async function isBroken(f) { try { await read(f); return false; } catch { return true; } }',
      'attempt',
    ],
    [
      'a check that asks a second time',
      'async function hasVersion(v) { try { await ask(v); return true; } catch { try { if (await look(v)) return true; } catch (e) { throw e; } } }',
      'attempt',
    ],
  ])('%s', (_, code, expected) => {
    expect(guardsOf(code)[0]).toBe(expected);
  });
});

describe('what kind of program a file is part of', () => {
  test.each([
    ['a shebang', "#!/usr/bin/env node\nconsole.log('hello');"],
    ['a library for commands', "import { Command } from 'commander';\nexport const program = new Command();"],
    ['arguments', 'export const [, , name] = process.argv;'],
    [
      'a file that only runs',
      "import { pads } from './pads.js';\n(async () => { for (const pad of await pads()) console.log(pad); })();",
    ],
  ])('talks to a terminal: %s', (_, code) => {
    expect(codeOf('src/a.ts', code).terminal).toBe(true);
  });

  test.each([
    ['a module', 'export const f = async () => 1;'],
    ['a server', "import express from 'express';\nconst app = express();\napp.listen(process.argv[2]);"],
  ])('does not: %s', (_, code) => {
    expect(codeOf('src/a.ts', code).terminal).toBe(false);
  });

  test('a logger of the file and one of the project', () => {
    const context = { 'package.json': '{"dependencies":{"winston":"3"}}' };
    expect(codeOf('src/a.ts', "export const f = () => console.log('a');", context).hasLogger).toBe('installed');
    expect(codeOf('src/a.ts', "export const f = () => logger.info('a');", context).hasLogger).toBe('yes');
  });

  test('a component with a state runs in a browser', () => {
    const component = (hook: string) => `import { ${hook} } from 'react';\nexport const Page = () => ${hook}(1);`;
    expect(codeOf('src/page.ts', component('useState')).browser).toBe(true);
    expect(codeOf('src/page.ts', component('cache')).browser).toBe(false);
  });

  test('a page for jQuery runs in a browser', () => {
    const page = "$('#a').hide(); $('#b').show(); $('#c').hide(); $('#d').show();";
    expect(codeOf('src/a.js', page).browser).toBe(true);
    expect(codeOf('src/a.js', `const $ = require('cheerio');\n${page}`).browser).toBe(false);
  });
});
