import { describe, expect, test } from '@jest/globals';
import { scanText } from '../../../src/facts/secrets/scan.ts';

// Every value is made of parts at run time: this repository holds nothing that looks like a secret.
const made = (...parts: string[]) => parts.join('');
const pw = made('Harvest', 'Moon', '77');
const other = made('quiet', 'River', '5!');
const random = made('q8Zr3LmX', '0vTb7KwY2nPd', '5sHf');
const digest = made('$2b$10$', 'N9qo8uLOickgx2ZMRZoMye', 'IjZAgcfl7p92ldGxad68LJZdL17lhWy');
const linesOf = (path: string, text: string) => scanText(path, text).map(({ line }) => line);

describe('a password in a table is found on its own line', () => {
  test.each([
    [
      'rows below the head of a statement',
      'seed.sql',
      [
        'INSERT INTO users (id, mail, password) VALUES',
        `  (1, 'a@acme.io', '${pw}'),`,
        `  (2, 'b@acme.io', '${other}');`,
      ],
      [2, 3],
    ],
    [
      'a head in two lines, a call in a cell',
      'seed.sql',
      ['insert into users (created, "password")', 'values', `(now(), '${pw}');`],
      [3],
    ],
    [
      'CSV under a heading',
      'accounts.csv',
      ['id,mail,password', `1,a@acme.io,${pw}`, `2,b@acme.io,"${other}"`],
      [2, 3],
    ],
    ['a column of tokens', 'clients.tsv', ['name\tapi_token', `till\t${random}`], [2]],
    ["PgBouncer's list", 'pgbouncer/userlist.txt', [`"shop" "${pw}"`], [1]],
    [
      "PostgreSQL's password file",
      'ops/pgpass.conf',
      ['# host:port:database:user:password', `db.acme.io:5432:shop:shop:${pw}`],
      [2],
    ],
  ])('%s', (_, path, lines, expected) => {
    expect(linesOf(path, `${lines.join('\n')}\n`)).toEqual(expected);
  });

  test.each([
    ['hashes', 'seed.sql', ['INSERT INTO users (mail, password) VALUES', `('a@acme.io', '${digest}');`]],
    [
      'words that stand for one',
      'seed.sql',
      ['INSERT INTO users (mail, password) VALUES', "('a@acme.io', 'changeme'), ('b@acme.io', 'secret');"],
    ],
    ['another column', 'seed.sql', ['INSERT INTO users (password_hint, name) VALUES', `('${pw}', 'x');`]],
    ['a column of tokens that are words', 'words.csv', ['token,count', 'blue-chair,3']],
    ['a row that holds the separator', 'accounts.csv', ['mail,password', `"Acme, Inc",x,${pw}`]],
    ['hashes in a list of users', 'userlist.txt', [`"shop" "md5${'0f1e2d3c4b5a6978'.repeat(2)}"`]],
    ['a statement that never ends', 'dump.sql', ['INSERT INTO users (mail, password) VALUES', "('a@acme.io', 'open"]],
  ])('%s: nothing', (_, path, lines) => {
    expect(linesOf(path, `${lines.join('\n')}\n`)).toEqual([]);
  });

  test('heads without an end cost no square', () => {
    const text = "insert into users (password) values\n('".repeat(20_000);
    const start = performance.now();
    expect(linesOf('dump.sql', text)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('files of other programs', () => {
  test.each([
    ['redis/users.acl', [`user app on >${pw} ~app:* +@all`], [1]],
    ['haproxy.cfg', [`  stats auth ops:${pw}`], [1]],
    ['inventory', [`web01 ansible_host=10.0.0.4 ansible_ssh_pass=${pw}`], [1]],
    ['ios/App.plist', ['  <key>ApiSecret</key>', `  <string>${random}</string>`], [2]],
    ['app.py', [`app.secret_key = '${made('three small', ' words 12')}'`], [1]],
    ['redis/users.acl', ['user app on nopass ~* +@all', `user ops on #${'0f1e2d3c'.repeat(8)} ~*`], []],
    ['postfix/sasl_passwd', [`[smtp.acme.io]:587 mailer:${pw}`], [1]],
    ['src/directory.js', [`client.bind('cn=app,dc=acme', '${pw}', done);`], [1]],
    ['src/directory.js', [`client.bind('message', 'Handler22');`], []],
    ['src/app.ts', [`app.register(fastifyCookie, { secret: '${made('biscuits', '-are-', 'tasty')}' });`], [1]],
    ['src/theme.ts', [`const t = { fontToken: 'heading-02', labelToken: 'blue-soft-100' };`], []],
    ['renovate.json', [`{ "token": "wcFMA${random.repeat(5)}" }`], []],
    ['.env.template', ['AUTH_SECRET="generate-with-openssl-rand-32"'], []],
    ['haproxy.cfg', ['  stats auth ops:${STATS_PASSWORD}'], []],
    ['ios/App.plist', ['  <key>CFBundleName</key>', '  <string>Shop</string>'], []],
  ])('%s', (path, lines, expected) => {
    expect(linesOf(path, `${lines.join('\n')}\n`)).toEqual(expected);
  });
});
