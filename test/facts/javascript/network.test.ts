import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

/** Calls as `client timeout target`, in order. */
function callsOf(code: string, context: Record<string, string> = {}): readonly string[] {
  return codeOf('src/calls.ts', code, context).networkCalls.map(
    ({ client, timeout, target }) => `${client} ${timeout} ${target}`,
  );
}

const url = "'https://a.example/x'";

describe('what ends a call over the network', () => {
  test.each([
    ['nothing', '', `fetch(${url});`, 'fetch none absolute'],
    ['a signal', '', `fetch(${url}, { signal });`, 'fetch given absolute'],
    ['options that nobody in sight wrote', '', `fetch(${url}, options);`, 'fetch unknown absolute'],
    ['a request that carries its own', '', `fetch(new Request(${url}, options));`, 'fetch unknown unknown'],
    ['a spread', '', `fetch(${url}, { ...options });`, 'fetch unknown absolute'],
    ['a constant that holds no end', '', `const o = { method: 'PUT' }; fetch(${url}, o);`, 'fetch none absolute'],
    ['a constant that is changed', '', `const o = {}; o.signal = s; fetch(${url}, o);`, 'fetch unknown absolute'],
    ['a constant that others get', '', `const o = {}; sign(o); fetch(${url}, o);`, 'fetch unknown absolute'],
    ['a race', '', `Promise.race([fetch(${url}), late()]);`, 'fetch given absolute'],
    ['a wrapper that says so', '', `withTimeout(() => fetch(${url}), 100);`, 'fetch given absolute'],
    ['the axios config', "import axios from 'axios';", `axios({ url: ${url}, timeout: 10 });`, 'axios given absolute'],
    [
      'an import that TypeScript compiled',
      'const axios_1 = __importDefault(require("axios"));',
      `axios_1.default.get(${url});`,
      'axios none absolute',
    ],
    [
      'a call that TypeScript compiled',
      'const node_fetch_1 = tslib_1.__importDefault(require("node-fetch"));',
      `(0, node_fetch_1.default)(${url});`,
      'fetch none absolute',
    ],
    [
      'an import that Babel compiled',
      'var _axios = _interopRequireDefault(require("axios"));',
      `_axios.default.get(${url});`,
      'axios none absolute',
    ],
    [
      'an import that esbuild compiled',
      'var import_got = __toESM(require("got"), 1);',
      `import_got.default(${url});`,
      'got none absolute',
    ],
    ['needle', "import needle from 'needle';", `needle('post', ${url}, data);`, 'needle none absolute'],
    [
      'needle, told',
      "import needle from 'needle';",
      `needle.get(${url}, { response_timeout: 5 });`,
      'needle given absolute',
    ],
    ['axios told by others', "import axios from 'axios';", 'axios(requestConfig);', 'axios unknown configured'],
    ['a timeout of zero', "import axios from 'axios';", `axios.get(${url}, { timeout: 0 });`, 'axios none absolute'],
    ["ky's own ten seconds", "import ky from 'ky';", `ky.get(${url});`, 'ky default absolute'],
    ['ky told to wait', "import ky from 'ky';", `ky.get(${url}, { timeout: false });`, 'ky none absolute'],
    [
      'superagent, told later',
      "import request from 'superagent';",
      `request.get(${url}).timeout(10);`,
      'superagent given absolute',
    ],
    [
      'request',
      "import request from 'request';",
      `request({ url: ${url}, timeout: 5 }, done);`,
      'request given absolute',
    ],
    ['this machine', '', "fetch('http://localhost:3000/x');", 'fetch none relative'],
  ])('%s', (_name, before, line, expected) => {
    expect(callsOf(`${before}\n${line}\n`)).toEqual([expected]);
  });

  test('undici gives up by itself, after five minutes', () => {
    const { networkCalls } = codeOf('src/a.ts', `import { request } from 'undici';\nrequest(${url});\n`);
    expect(networkCalls).toMatchObject([{ client: 'undici', timeout: 'none', waits: 300 }]);
  });

  test.each([
    [
      'no listener for the option’s event',
      "const r = https.request({ host: 'a.example', timeout: 5 }, take);",
      'http none absolute',
    ],
    [
      'a listener',
      "const r = https.request({ host: 'a.example', timeout: 5 }, take); r.on('timeout', end);",
      'http given absolute',
    ],
    [
      'setTimeout',
      "const r = https.request({ host: 'a.example' }, take); r.setTimeout(5, end);",
      'http given absolute',
    ],
    ['a signal', "https.get('https://a.example', { signal }, take);", 'http given absolute'],
    ['handed on', "const r = https.request({ host: 'a.example' }, take); watch(r);", 'http unknown absolute'],
    ['options of others', 'https.request(options, take).end();', 'http unknown unknown'],
  ])('node:https with %s', (_name, line, expected) => {
    expect(callsOf(`import https from 'node:https';\n${line}\n`).map((one) => one)).toEqual([expected]);
  });
});

describe('an instance of another file', () => {
  const maker = (options: string) => `import axios from 'axios';\nexport const api = axios.create(${options});\n`;
  const use = "import { api } from './api';\nexport const list = () => api.get('/items');\n";

  test('without a timeout its requests have none, and the place where it is made is known', () => {
    const { networkCalls } = codeOf('src/calls.ts', use, { 'src/api.ts': maker("{ baseURL: 'https://a.example' }") });
    expect(networkCalls).toMatchObject([{ client: 'axios', timeout: 'none', madeAt: { path: 'src/api.ts', line: 2 } }]);
  });

  test.each([
    ['a timeout', maker('{ timeout: 100 }')],
    ['options of others', `${maker('options')}`],
    ['a default that is set later', `${maker('{}')}api.defaults.timeout = 100;\n`],
    ['an interceptor that sets it', `${maker('{}')}api.interceptors.request.use((c) => ({ ...c, timeout: 5 }));\n`],
  ])('with %s they are silent', (_name, text) => {
    expect(callsOf(use, { 'src/api.ts': text })).not.toContain('axios none configured');
  });

  test('is found through a file that passes it on, in CommonJS and as the default', () => {
    const cases = [
      { 'src/api.ts': "export { made as api } from './made';", 'src/made.ts': maker('{}').replace('api =', 'made =') },
      { 'src/api.js': "const axios = require('axios');\nconst api = axios.create({});\nmodule.exports = { api };" },
    ];
    for (const context of cases)
      expect(callsOf(use, context as Record<string, string>)).toEqual(['axios none configured']);
    const whole = "import got from './api';\nexport const list = () => got('items');\n";
    expect(
      callsOf(whole, { 'src/api.ts': "import got from 'got';\nexport default got.extend({ retry: 1 });" }),
    ).toEqual(['got none configured']);
  });

  test('a file that does not parse, or leads in a circle, says nothing', () => {
    expect(callsOf(use, { 'src/api.ts': 'export const api = axios.create(' })).toEqual([]);
    expect(
      callsOf(use, { 'src/api.ts': "export { api } from './b';", 'src/b.ts': "export { api } from './api';" }),
    ).toEqual([]);
  });
});

describe('how long a client waits', () => {
  /** Clients as `of timeout setting`. */
  const clientsOf = (code: string) =>
    codeOf('src/clients.ts', code).clients.map(({ of, timeout, asked }) => `${of} ${timeout}${asked ? ' asked' : ''}`);

  test.each([
    ["import axios from 'axios';\naxios.create({}).get('/a');", ['axios.create none asked']],
    ["import axios from 'axios';\nconst a = axios.create({});\na.get('/a', { timeout: 5 });", ['axios.create unknown']],
    ["import axios from 'axios';\nexport const a = axios.create({ baseURL });", ['axios.create none']],
    ["import ky from 'ky';\nexport const a = ky.create({ prefixUrl });", ['ky.create given']],
    ["import { WebClient } from '@slack/web-api';\nnew WebClient(process.env.TOKEN);", ['WebClient none']],
    ["import { WebClient } from '@slack/web-api';\nnew WebClient(token, { timeout: 5 });", ['WebClient given']],
    ["import { S3Client } from '@aws-sdk/client-s3';\nnew S3Client({ requestHandler });", ['S3Client given']],
    ["import { S3Client } from '@aws-sdk/client-s3';\nnew S3Client(config);", ['S3Client unknown']],
    ['export const make = (axios) => axios.create({});', []],
    ["import Stripe from 'stripe';\nnew Stripe(key);", []],
    ["import { HttpModule } from '@nestjs/axios';\nexport const imports = [HttpModule];", ['HttpModule none']],
    [
      "import { HttpModule } from '@nestjs/axios';\nHttpModule.register({ timeout: 5 });",
      ['HttpModule.register given'],
    ],
  ])('%s', (code, expected) => {
    expect(clientsOf(code)).toEqual(expected);
  });
});
