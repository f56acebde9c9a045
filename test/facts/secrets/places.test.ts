import { describe, expect, test } from '@jest/globals';
import { scanText } from '../../../src/facts/secrets/scan.ts';

// Every value is made of parts at run time: this repository holds nothing that looks like a secret.
const made = (...parts: string[]) => parts.join('');
const pw = made('Kite', 'Lantern', '42');
const word = made('quiet', '-otter', '-lake');
const random = made('q8Zr3LmX', '0vTb7KwY2nPd', '5sHf');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const linesOf = (path: string, text: string) => scanText(path, text).map(({ line }) => line);

describe('a password that a program is given on its command line is found', () => {
  test.each([
    `sshpass -p '${pw}' scp build.tgz deploy@10.0.0.4:/srv`,
    `sshpass -p${pw} ssh deploy@10.0.0.4`,
    `docker login -u ci -p ${pw} registry.acme.io`,
    `echo '${pw}' | docker login -u ci --password-stdin registry.acme.io`,
    `echo "deploy:${pw}" | chpasswd`,
    `mysql -h db.acme.io -u shop -p${pw} shop`,
    `mysqldump -u shop -p'${pw}' shop > dump.sql`,
    `mongosh --host db.acme.io -u shop -p ${pw}`,
    `redis-cli -h cache.acme.io -a ${pw} GET x`,
    `sqlcmd -S db.acme.io -U sa -P '${pw}' -Q "select 1"`,
    `sqlplus shop/${pw}@ORCL`,
    `ldapsearch -x -D "cn=admin" -w ${pw} -b dc=acme`,
    `openssl rsa -in key.pem -passin pass:${pw} -out plain.pem`,
    `openssl enc -aes-256-cbc -in a -out b -k ${pw}`,
    `keytool -list -keystore trust.jks -storepass ${pw}`,
    `htpasswd -bc /etc/nginx/users admin ${pw}`,
    `smbclient //files/share -U 'backup%${pw}'`,
    `rabbitmqctl add_user shop ${pw}`,
    `zip -P ${pw} -r out.zip data`,
    `curl -u deploy:${pw} https://nexus.acme.io`,
    `curl --user "deploy:${pw}" https://nexus.acme.io`,
    `http -a deploy:${pw} GET https://nexus.acme.io`,
    `export PGPASSWORD=${pw}`,
  ])('%s', (line) => {
    expect(linesOf('deploy.sh', line)).toEqual([1]);
  });
});

describe('what only looks like such a password is left alone', () => {
  test.each([
    'docker run --name mongo -p 27017:27017 mongo',
    'docker run --user node:node -it app',
    'docker exec -u postgres:postgres db psql',
    'docker login -u "$USER" -p "$TOKEN" registry.acme.io',
    'echo "$TOKEN" | docker login -u x --password-stdin',
    'mysql -u root -p$MYSQL_ROOT_PASSWORD shop',
    'mysql -u root -p shop',
    'redis-cli -a "$REDIS_PASSWORD" ping',
    'openssl req -newkey rsa:2048 -keyout key.pem -passout env:KEY_WORD',
    'keytool -list -storepass changeit',
    'zip -r out.zip dist -P',
    'curl -u "$NAME:$WORD" https://nexus.acme.io',
    'curl -u user:password https://api.example.com',
    `gpg --recv-keys ${made('5BE8A3F6C8A5C01D', '106C0AD820B1A390', 'B168D356')}`,
  ])('%s', (line) => {
    expect(linesOf('deploy.sh', line)).toEqual([]);
  });
});

describe('a call or a statement that takes a secret by its place is known in every language', () => {
  test.each([
    ['A.java', `DriverManager.getConnection("jdbc:mysql://db/shop", "shop", "${pw}");`],
    ['A.java', `Jwts.builder().signWith(SignatureAlgorithm.HS256, "${pw}".getBytes());`],
    ['A.java', `keyStore.load(in, "${pw}".toCharArray());`],
    ['A.java', `new UsernamePasswordCredentials("ci", "${pw}");`],
    ['a.go', `token.SignedString([]byte("${word}"))`],
    ['a.go', `auth := smtp.PlainAuth("", "mailer@acme.io", "${pw}", "smtp.acme.io")`],
    ['a.go', `req.SetBasicAuth("ci", "${pw}")`],
    ['a.go', `mac := hmac.New(sha256.New, []byte("${word}"))`],
    ['a.py', `token = jwt.encode(payload, "${word}", algorithm="HS256")`],
    ['a.py', `h = hmac.new(b"${word}", body, hashlib.sha256)`],
    ['a.py', `server.login("mailer@acme.io", "${pw}")`],
    ['a.py', `client.username_pw_set("sensor", "${pw}")`],
    ['a.php', `$db = new mysqli('db.acme.io', 'shop', '${pw}', 'shop');`],
    ['a.php', `$pdo = new PDO('mysql:host=db', 'shop', '${pw}');`],
    ['a.php', `$sum = hash_hmac('sha256', $body, '${word}');`],
    ['a.rb', `JWT.encode payload, '${word}', 'HS256'`],
    ['A.cs', `new NetworkCredential("mailer", "${pw}")`],
    ['A.cs', `new SymmetricSecurityKey(Encoding.UTF8.GetBytes("${word}"))`],
    ['a.rs', `let key = EncodingKey::from_secret("${word}".as_ref());`],
    ['a.rs', `client.basic_auth("ci", Some("${pw}"))`],
    ['a.sql', `CREATE USER 'shop'@'%' IDENTIFIED WITH caching_sha2_password BY '${pw}';`],
    ['a.sql', `CREATE LOGIN reporter WITH PASSWORD = N'${pw}';`],
    ['a.sql', `CREATE USER billing IDENTIFIED BY ${pw};`],
  ])('%s: %s', (path, line) => {
    expect(linesOf(path, line)).toEqual([1]);
  });

  test.each([
    ['A.java', 'DriverManager.getConnection(url, user, password);'],
    ['A.java', 'char[] digits = "0123456789abcdef".toCharArray();'],
    ['A.java', 'mac.init(new SecretKeySpec(bytes, "HmacSHA512"));'],
    ['a.go', 'req.SetBasicAuth(user, pass)'],
    ['a.py', 'server.login(user, password)'],
    ['a.py', 'jwt.decode(token, settings.SECRET, algorithms=["HS256"])'],
    ['a.ts', `log.login('user', 'failed');`],
    ['a.sql', 'ALTER USER shop IDENTIFIED BY password;'],
    ['a.sql', "CREATE USER app WITH PASSWORD :'pw';"],
  ])('%s: %s is left alone', (path, line) => {
    expect(linesOf(path, line)).toEqual([]);
  });

  test('a constant is followed from the call to the line on which it is declared', () => {
    const text = `import jwt\nPHRASE = "${word}"\n\ndef issue(user):\n    return jwt.encode(user, PHRASE, algorithm="HS256")\n`;
    expect(linesOf('token.py', text)).toEqual([2]);
    expect(linesOf('token.py', text.replace(`"${word}"`, 'os.environ["PHRASE"]'))).toEqual([]);
    expect(linesOf('token.py', `${text}PHRASE = "other"\n`)).toEqual([]);
  });
});

describe('a URL or a data source name gives its password away though a template fills in the rest', () => {
  test.each([
    ['a.ts', `const url = \`amqp://shop:${pw}@\${host}:5672\`;`],
    ['a.ts', `const url = 'postgres://shop:${pw}@' + process.env.DB_HOST + '/shop';`],
    ['a.py', `url = f"postgres://{user}:${pw}@{host}/shop"`],
    ['a.go', `url := fmt.Sprintf("nats://shop:${pw}@%s:%d", host, port)`],
    ['a.go', `db, err := sql.Open("mysql", "shop:${pw}@tcp(db.acme.io:3306)/shop")`],
    ['a.properties', `url=jdbc:oracle:thin:shop/${pw}@//db.acme.io:1521/ORCL`],
  ])('%s: %s', (path, line) => {
    expect(linesOf(path, line)).toEqual([1]);
  });

  test.each([
    ['a.ts', 'const url = `postgres://$' + '{user}:$' + '{word}@$' + '{host}/shop`;'],
    ['a.ts', 'const url = `postgres://postgres:postgres@$' + '{host}:5432/shop`;'],
    ['a.ts', 'const url = `https://$' + '{token}:x-oauth-basic@github.com/acme/shop`;'],
    ['a.ts', 'const url = `https://x-access-token:$' + '{token}@github.com/acme/shop`;'],
    ['a.go', 'dsn := "user:password@tcp(127.0.0.1:3306)/shop"'],
    ['a.go', 'dsn := fmt.Sprintf("%s:%s@tcp(%s)/shop", user, word, host)'],
  ])('%s: %s is left alone', (path, line) => {
    expect(linesOf(path, line)).toEqual([]);
  });
});

describe('settings', () => {
  test.each([
    ['the default of a look-up', 'app.yml', `password: $\{DB_PASSWORD:-${pw}}`, 1],
    ["the default of Spring's look-up", 'App.java', `  @Value("$\{db.password:${pw}}")`, 1],
    ['a token behind its scheme', 'a.py', `headers = {"Authorization": "Bearer ${random}"}`, 1],
    ['a header inside a literal', 'a.php', `$headers = ['X-Api-Key: ${random}'];`, 1],
    [
      'the default of a variable',
      'variables.tf',
      `variable "db_password" {\n  type    = string\n  default = "${pw}"\n}`,
      3,
    ],
    ['a property of two lines', 'beans.xml', `<property name="apiKey">\n  <value>${random}</value>\n</property>`, 2],
    ['words without digits', 'app.properties', `spring.mail.password=${word}`, 1],
    ['words in code', 'a.js', `const options = { password: '${made(word, '-hill')}' };`, 1],
    ['a key made into bytes', 'a.go', `var jwtKey = []byte("${made('my_', 'signing_words')}")`, 1],
    ['a directive', 'ldap.conf', `bindpw ${pw}`, 1],
    ['a Basic header', 'a.js', `const headers = { Authorization: 'Basic ${base64(`ci:${pw}`)}' };`, 1],
    [
      'a guessable word beside its account',
      'config/production.yml',
      'db:\n  host: db.acme.io\n  username: shop\n  password: oracle\n',
      4,
    ],
  ])('%s', (_, path, text, line) => {
    expect(linesOf(path, text)).toEqual([line]);
  });

  test.each([
    ['an empty default', 'app.yml', 'password: $' + '{DB_PASSWORD:-}'],
    ['a message in a look-up', 'app.yml', 'password: $' + '{DB_PASSWORD:?must be set}'],
    ['a placeholder as default', 'app.yml', 'password: $' + '{DB_PASSWORD:-changeme}'],
    ["Maven's filter", 'app.properties', 'spring.datasource.password=@db.password@'],
    ['a label', 'app.properties', 'login.password=Enter password'],
    ['the name of a form', 'a.js', `const forms = { password: 'reset-password-form' };`],
    ['the name of a class', 'a.js', `const styles = { password: 'text-input-wide' };`],
    ['the name of a Secret', 'values.yaml', 'image: { pullSecret: regcred }'],
    ['a rule', 'a.js', `const texts = { password: 'must-not-be-empty' };`],
    [
      'a variable without a default',
      'variables.tf',
      'variable "db_password" {\n  type    = string\n  default = null\n}',
    ],
    ['a default of something else', 'variables.tf', 'variable "size" {\n  default = "db.t3.micro9"\n}'],
    ['a prompt', 'a.js', `const again = await reader.password('       Again:     ');`],
    ['a public key', 'a.js', `const pubkey256 = '${base64(random.repeat(2)).slice(0, 43)}=';`],
    ['a signature', 'a.xml', `<SignatureValue>${base64(random.repeat(3))}</SignatureValue>`],
    [
      "a user's public key of NATS",
      'nats.conf',
      `nkey: U${made('DXU4RCSJNZOIQHZNWXHX', 'ORDPRTGNJAHAHFRGZNEE', 'JCPQTT2M7NLCNF4')}`,
    ],
    [
      "a guessable word for the developer's own machine",
      'config/app.yml',
      'db:\n  host: localhost\n  username: shop\n  password: secret\n',
    ],
    [
      'a guessable word in what people copy',
      'config/app.example.yml',
      'db:\n  host: db.acme.io\n  username: shop\n  password: secret\n',
    ],
  ])('%s is left alone', (_, path, text) => {
    expect(linesOf(path, text)).toEqual([]);
  });
});

test('a token is no piece of a program in base64', () => {
  const token = made('EAA', 'BwzLix', 'nX9qT2').padEnd(120, random);
  expect(linesOf('a.js', `const key = '${token}';`)).toEqual([1]);
  expect(linesOf('a.js', `const wasm = '${'AGFzbQEAAAABJwdg'.repeat(4)}/${token}';`)).toEqual([]);
});
