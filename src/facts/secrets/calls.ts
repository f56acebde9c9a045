/** A call that takes a password or a key by its place. */
export interface SecretCall {
  /** How it is called, in lower case and with its bracket: what the prefilter looks for. */
  readonly word: string;
  readonly argument: number;
  readonly kind: 'key' | 'password';
  /** What stands before the word; absent: no longer name may hold it. */
  readonly before?: RegExp;
  /** What follows the word. */
  readonly after?: RegExp;
  /** The word as it is written, where case tells two languages apart. */
  readonly exact?: string;
  /** The file must speak of tokens: the call alone says too little. */
  readonly ofTokens?: true;
}

type Narrowed = Partial<Pick<SecretCall, 'before' | 'after' | 'exact' | 'ofTokens'>>;
const key = (word: string, argument: number, narrowed: Narrowed = {}): SecretCall => ({
  word,
  argument,
  kind: 'key',
  ...narrowed,
});
const password = (word: string, argument: number, narrowed: Narrowed = {}): SecretCall => ({
  ...key(word, argument, narrowed),
  kind: 'password',
});
const ofTokens = { before: /\b(?:jwt|jsonwt|jsonwebtoken|jose)\w{0,10}(?:\.|::)$/i };
const alone = { before: /(?:^|[^.\w])$/, ofTokens: true } as const;

/** As their libraries document them, in any language: what the secret is called says nothing there. */
export const secretCalls: readonly SecretCall[] = [
  ...['sign(', 'verify(', 'encode(', 'decode(', 'signasync(', 'verifyasync('].map((word) => key(word, 1, ofTokens)),
  ...['sign(', 'signjwt(', 'signtoken(', 'verify(', 'verifyjwt(', 'verifytoken('].map((word) => key(word, 1, alone)),
  // Ruby needs no brackets.
  key('jwt.encode ', 1),
  key('jwt.decode ', 1),
  key('createhmac(', 1),
  key('hash_hmac(', 2),
  key('hmac.new(', 0, { exact: 'hmac.new(' }),
  key('hmac.new(', 1, { exact: 'hmac.New(' }),
  key('hmac.hexdigest(', 1),
  key('hmac.digest(', 1, { exact: 'HMAC.digest(' }),
  key('hmacsha1(', 0),
  key('hmacsha256(', 0),
  key('hmacsha512(', 0),
  ...['hmac256(', 'hmac384(', 'hmac512(', 'hmacshakeyfor(', 'secretkeyspec('].map((word) => key(word, 0)),
  key('signwith(', 0),
  key('signwith(', 1),
  ...['setsigningkey(', 'askey(', 'cookieparser(', 'symmetricsecuritykey('].map((word) => key(word, 0)),
  ...['signedstring(', 'newcookiestore(', 'aes.newcipher(', 'from_secret(', 'new_from_slice('].map((word) =>
    key(word, 0),
  ),
  key('aes.new(', 0),
  key('fernet(', 0),
  key('timedserializer(', 0),
  key('totp(', 0, { before: /\bpyotp\.$/ }),
  key('totp.new(', 0),
  password('basicauth(', 1),
  password('basic_auth(', 1),
  password('basic_auth ', 1),
  password('passwordcredentials(', 1),
  password('passwordauthentication(', 1),
  password('networkcredential(', 1),
  password('plainauth(', 2),
  password('username_pw_set(', 1),
  // An account or an address stands first: `log.login('user', 'failed')` is of something else.
  password('.login(', 1, { before: /\w$/, after: /^\s{0,3}["'][^"'\n]{0,60}@/ }),
  password('drivermanager.getconnection(', 2),
  password('pdo(', 2),
  password('mysqli(', 2),
  password('mysqli_connect(', 2),
  password('pg_connect(', 2),
  password('ftp_login(', 2),
  password('ldap_bind(', 2),
  password('imap_open(', 2),
  password('directoryentry(', 2),
  password('x509certificate2(', 1),
  password('store.load(', 1, { before: /(?:key|trust)_?$/i }),
  password('ks.load(', 1),
  password('pbekeyspec(', 0),
  password('passwordprotection(', 0),
  password('to_pem(', 1),
  password('pkey::rsa.new(', 1),
];

/** What the prefilter looks for. */
export const callWords: readonly string[] = [...new Set(secretCalls.map(({ word }) => word))];
