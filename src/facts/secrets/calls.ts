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
const keyAt = (word: string, argument: number, narrowed: Narrowed = {}): SecretCall => ({
  word,
  argument,
  kind: 'key',
  ...narrowed,
});
const passwordAt = (word: string, argument: number, narrowed: Narrowed = {}): SecretCall => ({
  ...keyAt(word, argument, narrowed),
  kind: 'password',
});
const ofTokens = { before: /\b(?:jwt|jsonwt|jsonwebtoken|jose)\w{0,10}(?:\.|::)$/i };
const alone = { before: /(?:^|[^.\w])$/, ofTokens: true } as const;

/** As their libraries document them, in any language: what the secret is called says nothing there. */
export const secretCalls: readonly SecretCall[] = [
  ...['sign(', 'verify(', 'encode(', 'decode(', 'signasync(', 'verifyasync('].map((word) => keyAt(word, 1, ofTokens)),
  ...['sign(', 'signjwt(', 'signtoken(', 'verify(', 'verifyjwt(', 'verifytoken('].map((word) => keyAt(word, 1, alone)),
  // Ruby needs no brackets.
  keyAt('jwt.encode ', 1),
  keyAt('jwt.decode ', 1),
  keyAt('createhmac(', 1, { exact: 'createHmac(' }),
  keyAt('hash_hmac(', 2),
  keyAt('hmac.new(', 0, { exact: 'hmac.new(' }),
  keyAt('hmac.new(', 1, { exact: 'hmac.New(' }),
  keyAt('hmac.hexdigest(', 1),
  keyAt('hmac.digest(', 1, { exact: 'HMAC.digest(' }),
  // .NET takes the key alone, CryptoJS after the message.
  ...['HMACSHA1(', 'HMACSHA256(', 'HMACSHA512('].map((exact) => keyAt(exact.toLowerCase(), 0, { exact })),
  ...['HmacSHA1(', 'HmacSHA256(', 'HmacSHA512('].map((exact) => keyAt(exact.toLowerCase(), 1, { exact })),
  ...['hmac256(', 'hmac384(', 'hmac512(', 'hmacshakeyfor(', 'secretkeyspec('].map((word) => keyAt(word, 0)),
  keyAt('signwith(', 0),
  keyAt('signwith(', 1),
  ...['setsigningkey(', 'askey(', 'cookieparser(', 'symmetricsecuritykey('].map((word) => keyAt(word, 0)),
  ...['signedstring(', 'newcookiestore(', 'aes.newcipher(', 'from_secret(', 'new_from_slice('].map((word) =>
    keyAt(word, 0),
  ),
  keyAt('aes.new(', 0),
  keyAt('fernet(', 0),
  keyAt('timedserializer(', 0),
  keyAt('totp(', 0, { before: /\bpyotp\.$/ }),
  keyAt('totp.new(', 0),
  passwordAt('basicauth(', 1),
  passwordAt('basic_auth(', 1),
  passwordAt('basic_auth ', 1),
  passwordAt('passwordcredentials(', 1),
  passwordAt('passwordauthentication(', 1),
  passwordAt('networkcredential(', 1),
  passwordAt('plainauth(', 2),
  passwordAt('username_pw_set(', 1),
  // An account or an address stands first: `log.login('user', 'failed')` is of something else.
  passwordAt('.login(', 1, { before: /\w$/, after: /^\s{0,3}["'][^"'\n]{0,60}@/ }),
  passwordAt('drivermanager.getconnection(', 2),
  passwordAt('pdo(', 2),
  passwordAt('dbi->connect(', 2),
  // A cache takes its password alone.
  passwordAt('auth(', 0, { before: /\bred(?:is)?\w{0,10}(?:\.|:|->)$/i }),
  passwordAt('mysqli(', 2),
  passwordAt('mysqli_connect(', 2),
  passwordAt('pg_connect(', 2),
  passwordAt('ftp_login(', 2),
  passwordAt('ldap_bind(', 2),
  // The account is a distinguished name.
  ...['.bind(', '.simple_bind(', '.simple_bind_s('].map((word) =>
    passwordAt(word, 1, { before: /\w$/, after: /^\s{0,3}["'`](?:cn|uid|ou|dc)=/i }),
  ),
  passwordAt('imap_open(', 2),
  passwordAt('directoryentry(', 2),
  passwordAt('x509certificate2(', 1),
  passwordAt('store.load(', 1, { before: /(?:key|trust)_?$/i }),
  passwordAt('ks.load(', 1),
  passwordAt('pbekeyspec(', 0),
  passwordAt('passwordprotection(', 0),
  passwordAt('to_pem(', 1),
  passwordAt('pkey::rsa.new(', 1),
];

/** What the prefilter looks for. */
export const callWords: readonly string[] = [...new Set(secretCalls.map(({ word }) => word))];
