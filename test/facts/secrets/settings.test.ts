import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { hashOf } from '../../../src/facts/secrets/mask.ts';
import { secretsReader } from '../../../src/facts/secrets/reader.ts';
import { scanText } from '../../../src/facts/secrets/scan.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import type { SourceFile } from '../../../src/review/types.ts';

// Every value is made of parts at run time: this repository holds nothing that looks like a secret.
const made = (...parts: string[]) => parts.join('');
const password = made('corr3ct', '-horse');
const random = made('q8Zr3LmX', '0vTb7KwY2nPd', '5sHf');
const base64 = (text: string) => Buffer.from(text).toString('base64url');

const rulesOf = (path: string, text: string) => scanText(path, text).map(({ rule }) => rule);

function read(path: string, text: string | undefined, context: Readonly<Record<string, string>> = {}) {
  const file =
    text === undefined
      ? { path, status: 'added' as const, added: [], removed: [], hunks: [] }
      : compareTexts({ path, status: 'added', after: text });
  const project = buildProject({
    head: 'h',
    base: 'b',
    files: [file],
    context: Object.entries(context).map(([name, content]) => ({ path: name, text: content })),
    unread: [],
  });
  return secretsReader.read(file, project).secrets ?? [];
}

describe('a secret is told by its setting, in any syntax', () => {
  test.each([
    ['a.js', `if ("${password}" === dbPassword) {`],
    ['a.py', `if passwd != "${password}":`],
    ['a.py', `def connect(password="${password}"):`],
    ['a.ts', `const password = isDev ? '${password}' : other;`],
    ['a.ts', `const url = "https://api.acme.io/v1?token=${made('hl2OA', 'IXXZ60')}";`],
    ['a.ts', `const tokenFromHeader = "${random}";`],
    ['a.go', `var signingKey = []byte("${random}")`],
    // hindsight-ignore-next-line assigned-secret -- made at run time, protects nothing
    ['a.go', `secret := []byte{201, 9, 100, 114, 245, 164, 134, 217, 225, 26, 0, 172}`],
    ['a.json', `{"log": "{\\"password\\": \\"${password}\\"}"}`],
    ['a.xml', `<string name="api_key">${random}</string>`],
    ['a.config', `<add key="ClientSecret" value="${random}" />`],
    ['A.java', `System.setProperty("db.password", "${password}");`],
    ['A.java', `details.setClientSecret("${random}");`],
    ['a.rb', `token = ENV.fetch('API_TOKEN', '${random}')`],
    ['a.kt', `val apiKey: String = "${random}"`],
    ['a.tf', `  admin_password = "${password}"`],
    ['deploy.sh', `sshpass -p ${password} ssh root@10.0.0.1`],
    ['deploy.sh', `curl -u deploy:${password} https://ci.acme.io`],
    ['notes.txt', `the acme key is ${random}, do not tell`],
    ['app.log', `[DEBUG] Using Key=${random}`],
    ['main.go', `req.SetBasicAuth("robot", "${password}")`],
    ['app.rb', `http.basic_auth "robot", "${password}"`],
    ['client.py', `session.auth = ("robot", "${password}")`],
    ['db.php', `$db = new PDO('mysql:host=db', 'shop', '${password}');`],
    ['A.cs', `client.Credentials = new NetworkCredential("svc", "${password}");`],
    ['A.cs', `var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("${password}"));`],
    ['a.ps1', `ConvertTo-SecureString "${password}" -AsPlainText -Force`],
    ['a.sql', `CREATE USER app IDENTIFIED BY '${password}';`],
    ['deploy.sh', `mysql -u root -p${password} shop`],
    ['redis.conf', `requirepass ${password} # of the cache`],
    ['.netrc', `  password ${password}`],
    ['main.go', `dsn := "host=db user=app password=${password} dbname=shop"`],
    ['Web.config', `connectionString="Server=db1;User Id=sa;Password=${password};"`],
    ['a.cs', `var text = "Server=db1; User Id=sa; Password = ${made('Winter', 'Sale')};";`],
    ['a.py', `dsn = "host=db1 user=app password=${password} dbname=app", 5`],
    [
      'a.yaml',
      `client-key-data: ${Buffer.from(made('-----BEGIN RSA ', 'PRIVATE KEY-----\n', 'MIIEow'.repeat(12))).toString('base64')}`,
    ],
  ])('%s: %s', (path, line) => {
    expect(rulesOf(path, line).length).toBe(1);
  });
});

describe('a value whose name stands beside it', () => {
  test.each([
    ['deploy/app.yaml', `env:\n  - name: DB_PASSWORD\n    value: ${password}\n`, 3],
    ['deploy/app.yaml', `env:\n  - name: "DB_PASSWORD"\n    value: "${password}"\n`, 3],
    ['task.json', `{"environment": [{"name": "API_TOKEN", "value": "${random}"}]}`, 1],
    ['task.json', `{\n  "name": "API_TOKEN",\n  "value": "${random}"\n}`, 3],
    ['main.tf', `environment {\n  name  = "API_TOKEN"\n  value = "${random}"\n}`, 3],
  ])('%s: %j', (path, text, line) => {
    expect(scanText(path, text)).toMatchObject([{ rule: 'assigned-secret', line }]);
  });

  test.each([
    ['deploy/app.yaml', 'env:\n  - name: DB_PASSWORD\n    value: $(DB_PASSWORD)\n'],
    ['deploy/app.yaml', 'env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: db\n'],
    ['deploy/app.yaml', 'env:\n  - name: PASSWORD_FIELD\n    value: current\n'],
    ['deploy/app.yaml', `env:\n  - name: DB_PASSWORD\n  - name: MODE\n    value: ${made('str', 'ict1')}\n`],
    ['main.tf', 'environment {\n  name  = "API_TOKEN"\n  value = var.api_token\n}'],
    ['form.ts', "const field = { name: 'password', value: 'initial1' };"],
  ])('%s: %j holds none', (path, text) => {
    expect(scanText(path, text)).toEqual([]);
  });
});

describe('a private JSON Web Key', () => {
  const part = made('870MB6gfuTJ4HtUn', 'UvYMyJpr5eUZNP4B', 'k43bVdj3eAE');
  test.each([
    [`{\n  "kty": "EC",\n  "crv": "P-256",\n  "d": "${part}"\n}`, 4],
    [`{"kty":"RSA","e":"AQAB","d":"${part}"}`, 1],
    [`{"keys":[{"k":"${part}","kty":"oct"}]}`, 1],
    [`export const key = { kty: 'OKP', crv: 'Ed25519', d: '${part}' };`, 1],
  ])('%s', (text, line) => {
    expect(scanText('src/keys.ts', text)).toMatchObject([{ rule: 'private-key', line }]);
  });

  test.each([
    `{"kty":"EC","x":"${part}","y":"${part}"}`,
    `{"kty":"EC","k":"${part}"}`,
    `{"d":"${part}"}`,
    `[{"kty":"EC","x":"a"},{"d":"${part}"}]`,
  ])('%s is none', (text) => {
    expect(scanText('src/keys.ts', text)).toEqual([]);
  });
});

describe('what is encoded once', () => {
  const token = made('gh', 'p_', 'Zk4Tq8Wm'.repeat(5).slice(0, 36));
  const url = `postgres://app:${made('t0psy', 'turvy')}@db.acme.io/orders`;
  test.each([
    ['base64', `const t = atob('${Buffer.from(token).toString('base64')}');`, 'provider-token'],
    ['hex', `const t = Buffer.from('${Buffer.from(token).toString('hex')}', 'hex');`, 'provider-token'],
    ['base64', `  url: ${Buffer.from(url).toString('base64')}`, 'credentials-in-url'],
    ['percent', `open('/connect?to=${encodeURIComponent(url)}');`, 'credentials-in-url'],
  ])('in %s: %s', (encoding, line, rule) => {
    const [fact, ...more] = scanText('src/a.ts', line);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({ rule, what: expect.stringContaining(`(in ${encoding})`) });
    expect(fact?.hash).toBe(hashOf(rule === 'provider-token' ? token : made('t0psy', 'turvy')));
  });

  test.each([
    `const t = atob('${Buffer.from('ghp_ is how they begin, and so on').toString('base64')}');`,
    `const u = '${encodeURIComponent('https://www.acme.io/a?b=c')}';`,
    `const image = 'data:image/png;base64,${'Z2hwXAAB'.repeat(20)}';`,
  ])('%s holds none', (line) => {
    expect(scanText('src/a.ts', line)).toEqual([]);
  });
});

describe('a literal argument that a call uses as its key', () => {
  test.each([
    // hindsight-ignore-start assigned-secret -- protects nothing
    ["import jwt from 'jsonwebtoken';", "jwt.sign({ id, roles: [1, 2] }, 'shhh');"],
    ["import { sign } from 'jsonwebtoken';", "sign(payload, 'shhh');"],
    ["import { createHmac } from 'node:crypto';", "createHmac('sha256', 'shhh').update(body);"],
    // hindsight-ignore-end assigned-secret
  ])('%s %s is found', (head, call) => {
    expect(scanText('a.ts', `${head}\n${call}`).map(({ line }) => line)).toEqual([2]);
  });

  test.each([
    'jwt.sign(payload, process.env.JWT_SECRET);',
    'jwt.verify(token, publicKey);',
    "document.sign(page, 'bottom');",
    "createHmac('sha256', key).update('hello');",
  ])('%s is not', (call) => {
    expect(scanText('a.ts', call)).toEqual([]);
  });
});

describe('what is no secret', () => {
  test.each([
    ['a.ts', `const key = 'mailer_smtp_oauth2_client_id';`],
    ['a.md', `uses: acme/accessibility-bot@${'531a7430c6930a39cae5a0aab2d165284468060f'} # v1`],
    ['a.md', `Merged in commit ${'531a7430c6930a39cae5a0aab2d165284468060f'}, see the token guide`],
    ['a.ts', `const stripeKey = '${made('pk_li', 've_51H8xQwGkLmNoPqRsTuVwX')}';`],
    ['a.conf', `password: ${'$2a$10$'}LoRPzN3GtF2pNX5QgCBBHeUr6`],
    ['a.md', 'postgres://user:password@localhost:5432/app'],
    ['Dockerfile', 'ENV DATABASE_URL="postgresql://placeholder:placeholder@localhost:5432/placeholder"'],
    ['package.json', '    "passport-jwt": "^4.0.1",'],
    ['pnpm-workspace.yaml', '  passport-jwt: ~4.0.1'],
    ['a.yml', 'DATABASE_URL: postgres://postgres:postgres@postgres:5432/test'],
    ['a.html', `<input name="authenticity_token" value="${random}">`],
    // The name of a template is given nothing.
    ['a.sh', 'curl -H "X-Token: ${' + 'TOKEN}" "https://a.acme.io/q8Zr3LmX0vTb7KwY2nPd"'],
    ['a.ts', `const session = { secret: 'development' };`],
    ['a.md', 'pass `slave` as the replication mode'],
    ['a.md', 'Pass `-Dname=no` to the build'],
    ['a.py', 'a library identified by "zlib".'],
    ['deploy.sh', 'mysqldump -u root -p shop > dump.sql'],
    ['pam.conf', 'password required pam_unix.so'],
    ['nsswitch.conf', 'passwd:         files systemd'],
    ['a.py', 'password = password.encode("latin1")'],
    ['a.f90', "'OPTIONAL', 'PASS', 'PAUSE', 'POINTER'"],
    ['a.yml', `secret: ENC(${made('kf8Jd02m', 'Ns8DKf92')})`],
    ['a.ts', `const token = { nextPageToken: '${random}' };`],
    ['.github/workflows/ci.yml', '  PGPASSWORD: test4scram'],
    ['docker-compose.yml', `  POSTGRES_PASSWORD: ${made('pass', 'word12')}`],
    ['a.md', `https://app:${made('t0psy', '7urvy')}@example.com/x`],
    // Published by RFC 6749.
    ['a.md', `refresh_token: ${made('tGzv3JOkF0XG', '5Qx2TlKWIA')}`],
    // Named arguments are given variables, not passwords.
    // hindsight-ignore-start credentials-in-url -- no secret in files of their own kind, which this is not
    ['a.py', 'conn = psycopg2.connect(host=host, password=password)'],
    ['a.py', 'conn = connect(host=host, password=self.cfg.password, database=db)'],
    ['a.md', 'const password = encodeURIComponent("the password"); // of the database'],
    ['a.md', 'postgres://user:pass@YOUR.HOST.rds.amazonaws.com:5432/app'],
    // hindsight-ignore-end credentials-in-url
    ['a.ts', `const anon = '${base64('{"alg":"HS256"}')}.${base64('{"role":"anon"}')}.${'a1B2'.repeat(8)}';`],
    ['a.txt', `${made('eyJ')}AAAAAAAAAAAAA.BBBBBBBBBBBBBBB.CCCCCCCCCCCCCCCCCCCCCCC`],
  ])('%s: %s', (path, line) => {
    expect(rulesOf(path, line)).toEqual([]);
  });
});

describe('what stands where such passwords are thrown away is reported when it is not one of them', () => {
  test.each([
    ['.github/workflows/ci.yml', `  DEPLOY_PASSWORD: ${password}`],
    ['docker-compose.yml', `  POSTGRES_PASSWORD: ${password}`],
    ['docker-compose.prod.yml', `  POSTGRES_PASSWORD: ${made('pass', 'word12')}`],
  ])('%s: %s', (path, line) => {
    expect(rulesOf(path, line)).toEqual(['assigned-secret']);
  });
});

test('base64 with slashes is no path, and no name makes it one', () => {
  const value = made('vR3/kQ9zLm7X', 'b2TnY5wP/c8Hd', '1Gf4Js6Ke0UaViBq');
  expect(rulesOf('a.go', `awsSecretKey := "${value}"`)).toEqual(['assigned-secret']);
  expect(rulesOf('a.go', `secretPath := "${value}"`)).toEqual(['assigned-secret']);
  expect(rulesOf('a.go', `secretPath := "/v1/kv/data/Shop/Production/database/main"`)).toEqual([]);
});

describe('files that are secrets as a whole', () => {
  test.each([
    ['release.jks', undefined],
    ['deploy/id_ed25519', undefined],
    ['.env.production', `API_TOKEN=${random}`],
    ['infra/terraform.tfstate', '{"version": 4, "resources": []}'],
  ])('%s is reported', (path, text) => {
    expect(read(path, text).map(({ rule }) => rule)).toContain('committed-secret-file');
  });

  test.each([
    ['.env.example', `API_TOKEN=${random}`],
    ['.env', 'LOG_LEVEL=debug'],
    ['test/fixtures/release.jks', undefined],
    ['logo.png', undefined],
  ])('%s is not', (path, text) => {
    expect(read(path, text).map(({ rule }) => rule)).not.toContain('committed-secret-file');
  });
});

describe("other scanners' suppressions let a team switch", () => {
  const line = `apiKey := "${random}"`;

  test.each([
    `${line} // gitleaks:allow`,
    `${line} # pragma: allowlist secret`,
    `# pragma: allowlist nextline secret\n${line}`,
    `${line} // trufflehog:ignore`,
  ])('a pragma: %s', (text) => {
    expect(scanText('main.go', text)).toEqual([]);
  });

  test('a pragma is stated with its own words and its line, so that the check can list it', () => {
    const file = compareTexts({
      path: 'main.go',
      status: 'added',
      after: `# pragma: allowlist nextline secret\n${line}`,
    });
    const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
    expect(secretsReader.read(file, project)).toMatchObject({
      secrets: [],
      allowed: [{ rule: 'assigned-secret', line: 1, by: 'pragma: allowlist nextline secret' }],
    });
  });

  test('no pragma allows what a checksum proves real', () => {
    const body = made('Zk4Tq8Wm', 'Zk4Tq8Wm', 'Zk4Tq8Wm', 'Zk4Tq8');
    let sum = crc32(body);
    let tail = '';
    for (let i = 0; i < 6; i++) {
      tail = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'[sum % 62] + tail;
      sum = Math.floor(sum / 62);
    }
    const [fact] = scanText('main.go', `t := "${made('gh', 'p_', body, tail)}" // gitleaks:allow`);
    expect(fact).toMatchObject({ rule: 'provider-token', confidence: 0.99 });
  });

  test('a .secrets.baseline that names the value, unless its audit calls it a secret', () => {
    const baseline = (is_secret?: boolean) =>
      JSON.stringify({
        results: { 'main.go': [{ hashed_secret: createHash('sha1').update(random).digest('hex'), is_secret }] },
      });
    expect(read('main.go', line)).toHaveLength(1);
    expect(read('main.go', line, { '.secrets.baseline': baseline() })).toEqual([]);
    expect(read('main.go', line, { '.secrets.baseline': baseline(true) })).toHaveLength(1);
    expect(read('other.go', line, { '.secrets.baseline': baseline() })).toHaveLength(1);
  });

  test('a .gitleaksignore that names the place', () => {
    expect(read('main.go', line, { '.gitleaksignore': '# old\nmain.go:generic-api-key:1\n' })).toEqual([]);
    expect(read('main.go', line, { '.gitleaksignore': 'main.go:generic-api-key:2' })).toHaveLength(1);
  });

  test('a .gitleaksignore of one commit says nothing of later ones', () => {
    expect(read('main.go', line, { '.gitleaksignore': `${'0a1b2c3d'.repeat(5)}:main.go:key:1` })).toHaveLength(1);
  });

  test('a change cannot allow its own secrets: baselines count as they stand at the base', () => {
    const after = {
      '.secrets.baseline': JSON.stringify({
        results: { 'main.go': [{ hashed_secret: createHash('sha1').update(random).digest('hex') }] },
      }),
      '.gitleaksignore': 'main.go:generic-api-key:1',
    };
    const secret = compareTexts({ path: 'main.go', status: 'added', after: line });
    for (const [path, text] of Object.entries(after)) {
      const added = compareTexts({ path, status: 'added', after: text });
      const emptied = compareTexts({ path, status: 'modified', before: text, after: '' });
      const found = (baseline: SourceFile) =>
        secretsReader.read(
          secret,
          buildProject({ head: 'h', base: 'b', files: [secret, baseline], context: [], unread: [] }),
        ).secrets;
      expect(found(added)).toHaveLength(1);
      expect(found(emptied)).toEqual([]);
    }
  });

  test('a baseline that the change makes unreadable is not read from the head instead', () => {
    const snapshot = { head: 'h', base: 'b', files: [], context: [], unread: [] };
    expect(secretsReader.wants?.(snapshot)).toContain('.secrets.baseline');
    const unread = [{ path: '.secrets.baseline', reason: 'too large' }];
    expect(secretsReader.wants?.({ ...snapshot, unread })).not.toContain('.secrets.baseline');
  });

  test('a baseline that is no JSON says nothing and stops nothing', () => {
    expect(read('main.go', line, { '.secrets.baseline': '{' })).toHaveLength(1);
  });
});

describe('the kind of file', () => {
  test('a password of a test is worth less than the same in production', () => {
    const text = `const password = '${password}';`;
    const [production] = read('src/db.ts', text);
    const [test] = read('test/db.test.ts', text);
    expect(test?.confidence ?? 0).toBeLessThan(production?.confidence ?? 0);
  });

  test('lock files and vendored code hold hashes: nothing but provider tokens is looked for', () => {
    expect(read('vendor/lib/a.go', `apiKey := "${random}"`)).toEqual([]);
    expect(read('package-lock.json', `"key": "${random}"`)).toEqual([]);
  });

  test('only added lines are reported, with the whole text as their setting', () => {
    const before = `const a = 1;\nconst password = '${password}';\n`;
    const file = compareTexts({ path: 'a.ts', status: 'modified', before, after: `${before}const b = 2;\n` });
    expect(
      secretsReader.read(file, buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] })),
    ).toEqual({
      secrets: [],
    });
  });
});

describe('a cloud credential of two halves', () => {
  const id = made('AK', 'IA', 'QZ4TW7XBN2MKLP3R');
  const secret = made('vR3/kQ9zLm', '7Xb2TnY5wP', 'c8Hd1Gf4Js', '6Ke0Ua+ViB');
  test.each([
    ['keys.csv', `${id},${secret}`, [1, 1]],
    ['notes.txt', `the id is ${id}\nand then\n${secret}\n`, [1, 3]],
    ['src/a.py', `client = connect("${id}",\n                 "${secret}")`, [1, 2]],
    ['src/a.ts', `const pair = ['${id}', '${secret}'];`, [1, 1]],
  ])('%s: %j', (path, text, lines) => {
    expect(scanText(path, text).map(({ line }) => line)).toEqual(lines);
    expect(scanText(path, text).every(({ provider }) => provider === 'AWS')).toBe(true);
  });

  test('its secret half alone, a hash beside it and one further away are left alone', () => {
    expect(scanText('keys.csv', `app,${secret}`)).toEqual([]);
    expect(scanText('keys.csv', `${id},${'531a7430c6930a39cae5a0aab2d165284468060f'}`)).toHaveLength(1);
    expect(scanText('keys.csv', `${id}\n\n\n\n${secret}`)).toHaveLength(1);
  });
});
