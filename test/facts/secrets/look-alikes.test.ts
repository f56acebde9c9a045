import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { secretsReader } from '../../../src/facts/secrets/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';

// Every value is made of parts at run time: this repository holds nothing that looks like a secret.
const made = (...parts: string[]) => parts.join('');
const pw = made('Kite', 'Lantern', '42');
const random = made('q8Zr3LmX', '0vTb7KwY2nPd', '5sHf');
const begin = made('-----BEGIN ', 'PRIVATE KEY-----');

function read(path: string, text: string) {
  const file = compareTexts({ path, status: 'added', after: text });
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
  return secretsReader.read(file, project).secrets ?? [];
}

describe('nothing is said of what only looks like a secret', () => {
  test.each([
    // Labels of a screen, in the language that a path names.
    ['public/language/de/user.json', '"password": "Passwort",'],
    ['locale_files/pt-BR/user.json', '"password": "Senha",'],
    ['resources/strings_nl.properties', 'login.password=Wachtwoord'],
    // What a grammar calls its parts, and calls that make or look at one.
    ['src/modes/shop.js', `rules.push({ regex: /[a-z]+/, token: "variable-2" });`],
    ['theme/tokens.json', `{"color": {"token": "color.primary.500"}}`],
    ['src/lexer.js', `return newToken('numeric', sign * 2);`],
    ['src/users.js', `await validatePassword('short');`],
    ['src/marker.js', `const _token = "token\\u200b";`],
    // A choice between two texts, and the end of a longer name.
    ['src/report.js', `result: passed ? 'Pass' : 'Fail'`],
    ['src/redact.js', `redact('items[1].secret', 'path["with-hyphen"]')`],
    // Media types, what is shown in a value's place, encodings of a digest, codes of errors, outcomes.
    ['src/tokens.js', `const JWT = 'application/answer+jwt';`],
    ['src/log.js', `shown.password = '(concealed)';`],
    ['src/cookie.js', `const mac = await createHMAC('SHA-256', 'base64urlnopad').sign(key, text);`],
    ['src/second-factor.js', `const answer = { error: text, code: '2FACodeExpired' };`],
    ['src/queue.js', `results.add(plugin, { pass: 'delivered' });`],
    // Names of constants, classes and functions.
    ['src/cache.js', 'this.configCacheKey = GraphQLConfigKey;'],
    ['src/cache.js', 'generateCacheKey = generateCacheKeyWithSha256;'],
    ['src/chart.js', `[{ key: "getYAxisForeColor", value: read }]`],
    // Looked up, not written down.
    ['src/jwt.js', `jwt.verify(token, config.get('sso.jwtSharedSecret'), options);`],
    ['deploy/compose.yaml', `command: run "{\\"master_password\\":\\"$$CACHE_PASSWORD\\"}"`],
    // A message is no key, nor is a picture, a hash, or a signature.
    ['src/sign.js', `const hash = CryptoJS.HmacSHA256("Message", key);`],
    [
      'src/png.js',
      `const PNG_SECRET = Buffer.from('${made('iVBORw0KGgo', 'AAAANSUhEUgAAAAEAAAABCAAAAAA6fptV')}', 'base64');`,
    ],
    [
      'users.yml',
      `    password: '${made('$argon2id$v=19$m=65536,t=3,p=4$', 'LcT0Bw2GcEbf97Zpa9e9Bg$', '1q4MNwRV4bRuXuxla6qCKqKWtJp3')}'`,
    ],
    ['src/upload.js', `signature: "${made('26c83a021bceb', 'e6f3ec906b2aa23ccd84afaa8c1')}",`],
    // Stands for one.
    ['src/errors.js', `const REDACTED_CREDENTIAL = '_SHOP_BLANK_07167752-1a71-43b1-bf8f-4f32252165db';`],
    ['README.md', `privateKey: privateKeyPkcs8,`],
    [
      'README.md',
      `"authorization": "basic ${Buffer.from('1234567890abcdef1234:1234567890abcdef1234567890').toString('base64')}"`,
    ],
    ['README.md', `parse('postgres://someuser:somepassword@somehost:381/somedatabase')`],
    ['src/Help.vue', `<p>sms://AccountSid:AuthToken@FromPhoneNo</p>`],
    ['README.md', `"url": "[redis:]//[[user][:password@]][host][?db=number[&password=bar[&option=value]]]"`],
    ['tools/check.sh', `TEST_JWT="${made('eyJhbGciOiJIUzI1NiJ9', '.eyJpZCI6ImFkbWluIn0', '.invalid_signature')}"`],
    ['deploy/check.sh', `log_skip "Skipping the signed ones (no --secret provided)"`],
    ['docker-compose.yml', '      MYSQL_PASSWORD: storefront'],
    ['src/login.js', `const hashedToken = "${random}";`],
    ['src/radio.js', 'network_key: [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13],'],
    ['src/auth.js', `headers: { header: "Basic ${Buffer.from('username:password').toString('base64')}" }`],
  ])('%s: %s', (path, text) => {
    expect(read(path, `${text}\n`)).toEqual([]);
  });

  test('a value that kubeseal has sealed is safe where it stands', () => {
    const sealed = made('AgBy', random.repeat(30), '==');
    expect(read('deploy/sealed.yaml', `spec:\n  encryptedData:\n    password: ${sealed}\n`)).toEqual([]);
    expect(read('deploy/sealed.yaml', `spec:\n  encryptedData:\n    password: ${random}\n`)).not.toEqual([]);
  });

  test('a picture in base64 is no token, however many letters of one kind it holds', () => {
    const picture = `R0lGODlhEAAQAPcAAAAAANPT0w${'A'.repeat(300)}`;
    expect(read('src/site.css', `li{background-image:url(data:image/gif;base64,${picture})}\n`)).toEqual([]);
  });

  test('a header of a private key with nothing behind it is no key because of another value below it', () => {
    const text = `createApp({\n  privateKey: "${begin}\\n...",\n  clientSecret: "${'1234567890abcdef'.repeat(2)}12345678",\n});\n`;
    expect(read('README.md', text).filter(({ rule }) => rule === 'private-key')).toEqual([]);
  });

  test('what a bundler wrote names everything with words', () => {
    const text = `var e=[${'"a",'.repeat(300)}];export const n={defaultToken:"source-1",password:"${pw}"};\n`;
    expect(read('src/bundle.js', text)).toEqual([]);
  });
});

describe('what a person makes up in a file that shows how something is set is a line in the check, no comment', () => {
  test.each([
    ['README.md', `    password: '${pw}',`],
    ['docs/setup.yaml', `password: ${pw}`],
    ['config/settings.example.json', `"password": "${pw}"`],
    ['config/config.development.json', `"pass": "${pw}"`],
    ['api/openapi.yaml', `  password: ${pw}`],
  ])('%s', (path, text) => {
    expect(read(path, `${text}\n`).map(({ confidence }) => confidence)).toEqual([0.5]);
  });

  test.each([
    ['test/login.test.ts', `const masterSecret = '${random}';`],
    ['drivers/mysql/test.js', `  password: '${pw}',`],
    ['test/url.test.ts', `parse('https://cherry:${pw}@shop.io/basket')`],
    ['src/ldap.js', ` *     "password": "${pw}"`],
  ])('the same holds for a test, and for what documents a function: %s', (path, text) => {
    expect(read(path, `${text}\n`).map(({ confidence }) => confidence)).toEqual([0.5]);
  });

  test('a private key of a test is a line in the check as well', () => {
    const body = Buffer.from(random.repeat(4)).toString('base64').slice(0, 64);
    const [key] = read('test/sign.test.ts', `const key = \`${begin}\n${body}\n${body}\n`);
    expect(key).toMatchObject({ rule: 'private-key', confidence: 0.5 });
  });

  test('what a generator made is one there as well', () => {
    expect(read('README.md', `apiKey: '${random}',\n`).map(({ confidence }) => confidence)).toEqual([0.5]);
  });
});

test('a password put together from one that is told already is not told again', () => {
  const text = `const password = '${pw}';\nlogin({ password: \`\${password}-old\` });\n`;
  expect(read('src/users.js', text).map(({ line }) => line)).toEqual([1]);
});

test('a private key in a log is found behind the time of each line', () => {
  const body = Buffer.from(random.repeat(4)).toString('base64').slice(0, 64);
  const lines = [begin, body, body].map((line) => `2026-04-26 12:36:01 ${line}`);
  expect(read('build.log', `${lines.join('\n')}\n`).map(({ rule }) => rule)).toContain('private-key');
});

describe('what a backend really holds beside its secrets', () => {
  const hex = made('9f3ac1e07b2d48', '56a1c0de7788b2f4e1');
  const basic = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString('base64');
  const most = (path: string, text: string) =>
    Math.max(0, ...read(path, `${text}\n`).map(({ confidence }) => confidence));

  test.each([
    ['src/seed.js', `const u = { passwordSalt: '${hex}',\n passwordHash: '${hex}x' };`],
    ['docs/users.md', `"derived_key": "${hex}",`],
    ['README.md', `[![ok](https://badges.acme.io/x/badge.svg?token=${random})](https://acme.io)`],
    [
      'docs/api.md',
      '| [**revokeSessionKey**](docs/KeysApi.md) | **POST** /v2alpha1/admin/importedApiKeys/ | Revoke a key |',
    ],
    ['docs/types.md', '# SharedOAuth2JwtBearerJsonWebKey'],
    ['src/errors.ts', `const e = { code: '2FADisableFailed' };`],
    ['config/users.yaml', `password: ${createHash('sha1').update('test').digest('hex')}`],
    ['src/feeds.js', `const feed = { code: '%E4%B8%93%E6%A0%8F', secret: '%E7%83%AD%E9%97%A8' };`],
    ['migrate/keys.js', `const JOURNAL_KEY = Buffer.from('00006d69677261', 'hex');`],
    ['docs/bot.md', `run BOT=${made('xox', 'b-1234-5678', '-91011-00e4dd')} ./bot`],
    ['k8s/sealed.yaml', `    password: AgB${random.repeat(8)}`],
    ['README.md', '"http://localhost:1337@8675309"'],
    ['.env.sample', 'DB_PASSWORD=jouw-wachtwoord\nMAIL_PASSWORD=dein_passwort'],
  ])('%s is silent on %s', (path, text) => {
    expect(most(path, text)).toBe(0);
  });

  test.each([
    ['test/login.test.js', `.set('Authorization', 'Basic ${basic('thora', 'longevening')}')`],
    ['bench/load.js', `headers: { Authorization: 'Basic ${basic('loadtest', 'loadtest')}' }`],
    ['api/methods.json', `  "description": "Send it as a header: {\\"X-Access-Token\\": \\"${hex}\\"}",`],
    ['src/web.ts', `const web = { apiKey: 'AIza${random}k2Jx9Qw7Lp4', authDomain: 'shop.firebaseapp.com' };`],
    ['src/user.js', `//   password: '${pw}',`],
  ])('%s: no more than a line in the check', (path, text) => {
    expect(most(path, text)).toBeLessThanOrEqual(0.5);
  });
});
