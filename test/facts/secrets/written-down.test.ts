import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { secretsReader } from '../../../src/facts/secrets/reader.ts';
import { scanText } from '../../../src/facts/secrets/scan.ts';
import { compareTexts } from '../../../src/review/diff.ts';

// Every value is made of parts at run time: this repository holds nothing that looks like a secret.
const made = (...parts: string[]) => parts.join('');
const pw = made('Winter', 'Sale', '2024!');
const random = made('q8Zr3LmX', '0vTb7KwY2nPd', '5sHf');
const phrase = made('correct horse', ' battery staple');
const kebab = made('blue', '-monkey', '-sunrise');
const salt = made(`k}3x|P&9 vQ~Z>0w*T5s#Lm8`, `@f(J2^Yd%q{R7=b;H1+uN:c`);
const linesOf = (path: string, text: string) => scanText(path, text).map(({ line }) => line);

describe('a secret is found where a line writes it down', () => {
  test.each([
    // Shells, services and images.
    ['Dockerfile', `ENV DB_PASSWORD ${pw}`],
    ['run.bat', `set DB_PASSWORD=${pw}`],
    ['shop.service', `Environment="DB_PASSWORD=${pw}"`],
    ['Procfile', `web: DB_PASSWORD=${pw} node app.js`],
    ['Jenkinsfile', `sh "mvn deploy -Dnexus.password=${pw}"`],
    ['share.ps1', `net use Z: \\\\files\\share /user:ACME\\deploy ${pw}`],
    ['haproxy.cfg', `  user ops insecure-password ${pw}`],
    // Statements and calls that take it by its place.
    ['seed.sql', `INSERT INTO users (email, password) VALUES ('ops@acme.io', '${pw}');`],
    ['db.pl', `my $dbh = DBI->connect("dbi:mysql:shop", "shop", "${pw}");`],
    ['cache.lua', `red:auth("${pw}")`],
    // Keys in words, and keys of every character of the keyboard.
    ['config/app.yaml', `  jwtSecret: "${kebab}"`],
    ['app.py', `app.secret_key = "${kebab}"`],
    ['app.py', `app.config['SECRET_KEY'] = '${phrase}'`],
    ['src/crypt.ts', `const passphrase = '${phrase}';`],
    ['wp-config.php', `define( 'AUTH_KEY', '${salt}' );`],
    ['auth.py', `API_KEYS = ["${random}"]`],
    ['database.yml', `  password: "<%= ENV['DB_PASSWORD'] || '${pw}' %>"`],
    // Defaults of a template's parameters.
    ['azuredeploy.json', `"adminPassword": { "type": "string", "defaultValue": "${pw}" }`],
    // What is told and not assigned.
    ['src/notes.ts', `// login: ops / password: ${pw}`],
    ['notes.txt', `root password is ${pw}`],
  ])('%s: %s', (path, line) => {
    expect(linesOf(path, line)).toEqual([1]);
  });

  test('a parameter of CloudFormation names its default some lines above', () => {
    expect(linesOf('stack.yaml', `  DbPassword:\n    Type: String\n    Default: ${pw}\n`)).toEqual([3]);
  });

  test('a password that is hashed where it is stored is written down all the same', () => {
    const text = `await users.create({ email: 'ops@acme.io', password: await hash('${pw}', 12) });\n`;
    const file = compareTexts({ path: 'src/seed.ts', status: 'added', after: text });
    const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
    expect(secretsReader.read(file, project).secrets?.map(({ line }) => line)).toEqual([1]);
  });
});

describe('what stands in the same places and is none', () => {
  test.each([
    ['Dockerfile', 'ENV DB_PASSWORD $DB_PASSWORD'],
    [
      'seed.sql',
      `INSERT INTO users (email, password) VALUES ('a@b.io', '${made('$2b$10$', 'N9qo8uLOickgx2ZMRZoMye', 'IjZAgcfl7p92ldGxad68LJZdL17lhWy')}');`,
    ],
    ['seed.sql', `INSERT INTO settings (name, value) VALUES ('password_policy', 'strong-1');`],
    ['config/app.yaml', '  jwtSecret: "shop-jwt-secret"'],
    ['src/form.ts', `const passphrase = 'please enter the phrase that you noted';`],
    ['keys.py', 'API_KEYS = ["read", "write"]'],
    ['stack.yaml', '  MasterUserPassword: !Ref DbPassword'],
    ['settings.xml', `<password>{${made('COQLCE6DU', '6GtcS5P1x')}=}</password>`],
    ['rules.php', `'password' => 'required|min:8|confirmed',`],
    ['src/page.ts', `const selectors = { password: '#password-input', token: '[data-test=token]' };`],
    ['src/notes.ts', '// password: at least 8 characters, one of them a digit'],
    ['src/notes.ts', '// token: Base64Url of 32 bytes'],
    ['notes.txt', 'the password is required'],
    [
      'lang/ko-KR.json',
      `"wayToGetAPIKey": "Service -> (서비스 선택) -> Integrations 1 에서 찾을 수 있어요. \\"Events API V2\\", {0}!"`,
    ],
    ['src/cache.ts', `const cacheKey = 'orders:v2:list';`],
  ])('%s: %s', (path, line) => {
    expect(linesOf(path, line)).toEqual([]);
  });
});
