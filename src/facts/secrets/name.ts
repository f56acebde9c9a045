import { isRandom } from './random.ts';

/** How much a name says that its value is a secret. */
export type NameClass = 'password' | 'secret' | 'key' | 'weak' | 'none';

const password =
  /^(?:pass|passwd|password|passwords|passphrase|pwd|pw|passcode|userpass|dbpass|dbpassword|rootpassword|mypassword|pgpassword|sshpass|requirepass|bindpw|rootpw|storepass|keypass|becomepass|smtppass|mailpass|userpw|dbpw|motdepasse|contrasena|senha|passwort)$/;
const secret =
  /^(?:secret|secrets|token|tokens|credential|credentials|creds|cred|apikey|apikeys|secretkey|accesskey|privatekey|authkey|apitoken|accesstoken|authtoken|clientsecret|appsecret|bearer|jwt|salt|pat|webhook|psk|hmac|dsn|licensekey|encryptionkey|authorization|functionkey|secrete|mnemonic|seed|nkey)$/;
/** Words that make `key`, `auth`, `id`, `code` a secret when they stand before it. */
const qualifier =
  /^(?:api|access|secret|private|auth|client|app|application|account|master|encryption|encrypt|signing|sign|session|service|admin|license|licence|storage|shared|deploy|write|server|rest|consumer|subscription|user|integration|personal|bot|webhook|hmac|jwt|aes|crypto|cipher|ssh|gpg|cookie|security|publishable)$/;
/** A head noun after the secret's name says that the value is about the secret, not the secret. */
const about =
  /^(?:name|names|id|ids|url|uri|path|file|filename|dir|field|fields|type|types|label|title|text|hint|error|message|msg|length|len|size|min|max|count|limit|expiry|expires|expiration|expire|ttl|age|timeout|header|prefix|suffix|regex|regexp|pattern|format|policy|policies|rule|rules|reset|change|changed|confirm|confirmation|required|enabled|disabled|valid|validator|invalid|strength|placeholder|description|key\s|column|param|params|parameter|provider|service|endpoint|manager|store|storage|class|schema|model|input|output|form|page|view|link|button|event|action|handler|callback|test|generator|encoder|hash|hasher|algorithm|alg|scheme|version|status|state|mode|kind|index|list|map|set|ref|reference|arn|ring|chain|pair|binding|code|codes|env|var|variable|option|options|usage|scope|scopes|issuer|audience|lifetime|cost|rounds|attempts|tokenizer|property|attribute|selector|locator|xpath|css|icon|image|help|doc|docs)$/;

/** Says whether a name is of something else, even beside a secret's word: `passwordField`, `tokenUrl`, `publicKey`. */
export function namesSomethingElse(name: string): boolean {
  const words = wordsOf(name);
  return about.test(words.at(-1) ?? '') || words.includes('public');
}

/** Said of a value that it is none: `REDACTED_PASSWORD`, `wrongPassword`, `hashedToken`. */
const madeUp = /^(?:redacted|masked|obfuscated|placeholder|hashed|encrypted|wrong|invalid|incorrect)$/;

/** A signature travels with what it signs; a public key, also by its fingerprint, is for everybody; Kubernetes takes a Secret by its name. */
const notSecret =
  /signature_?value|derived_?key$|pub_?key\d{0,4}$|recv-keys?|(?:pull|existing|tls|cert)[_-]?secrets?$/i;

/** Splits `dbPassword`, `DB_PASSWORD`, `db-password`, `db.password` into lower-case words. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => trimmedEnd(word.toLowerCase()));
}

/** `password2` names a password. */
function trimmedEnd(word: string): string {
  let end = word.length;
  while (end > 0 && word.charCodeAt(end - 1) >= 48 && word.charCodeAt(end - 1) <= 57) end--;
  return word.slice(0, end);
}

/** Tokens that protect a form, and those that say where a list goes on. */
const ofForms = /^(?:csrf|xsrf|authenticity|antiforgery)$/;
const ofLists = /^(?:page|pagination|cursor|continuation|next|resume)$/;

/** Head nouns whose meaning a generated value contradicts: no path, no URL and no title is a run of random characters. */
const legible =
  /^(?:name|names|url|uri|path|file|filename|dir|label|title|text|hint|message|msg|description|placeholder)$/;
const generated = /^[A-Za-z0-9+/]{32,88}={0,2}$/;

/**
 * Classifies a name by its head noun: the last word decides (`passwordField` names a field, `db_password` a password).
 *
 * @param value what it is given: a `secretPath` of random characters is no path
 */
export function classifyName(name: string, value = ''): NameClass {
  const nameClass = classOf(name);
  if (nameClass !== 'none' || !generated.test(value) || !isRandom(value)) return nameClass;
  const words = wordsOf(name).filter(Boolean);
  const isSecret = words.some((word) => password.test(word) || secret.test(word)) && !words.includes('public');
  return isSecret && legible.test(words.at(-1) ?? '') && mixes(value) ? 'weak' : 'none';
}

/** Small letters, capitals and digits. */
function mixes(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
}

function classOf(name: string): NameClass {
  const known = classified.get(name);
  if (known) return known;
  if (classified.size >= maxClassified) classified.clear();
  const nameClass = classify(name);
  classified.set(name, nameClass);
  return nameClass;
}

/** The same names come again and again in a source tree. */
const classified = new Map<string, NameClass>();
const maxClassified = 4_000;

function classify(name: string): NameClass {
  const words = wordsOf(name);
  // `apiKeyProd`, `password_dev`: the environment after the head noun changes nothing.
  while (
    words.length > 1 &&
    /^(?:prod|production|dev|development|stage|staging|live|test|testing|default|old|new|current|value|str|string|raw|plain|base|b|sandbox|)$/.test(
      words.at(-1) ?? '',
    )
  )
    words.pop();
  // `tokenFromHeader`, `passwordForUser`: what it is stands before the preposition.
  const preposition = words.findIndex((word, index) => index > 0 && /^(?:from|for|of|with|via|by)$/.test(word));
  if (preposition > 0) words.length = preposition;
  const head = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (words.some((word) => ofForms.test(word) || madeUp.test(word))) return 'none';
  // OAuth 1 signs with a secret of both sides; other signatures travel with what they sign.
  if (head === 'signature') return before === 'oauth' ? 'secret' : 'none';
  if (ofLists.test(before) && /^tokens?$/.test(head)) return 'none';
  if (before === 'public' || (words.includes('public') && head === 'key') || notSecret.test(name)) return 'none';
  if (password.test(head)) return 'password';
  if (secret.test(head)) return 'secret';
  if (head === 'key' || head === 'keys') return qualifier.test(before) ? 'secret' : words.length > 1 ? 'key' : 'weak';
  if (head === 'api' && words.length > 1) return 'weak';
  if (head === 'auth' || head === 'code' || head === 'access' || head === 'private') return 'weak';
  if (about.test(head)) return 'none';
  if (/(?:password|passwd|passphrase)$/.test(head)) return 'password';
  if (/(?:secret|token|apikey|secretkey|accesskey|privatekey|credential)$/.test(head)) return 'secret';
  if (/key$/.test(head) && !/^(?:monkey|turkey|hotkey|hockey|donkey|jockey|whiskey|lackey|disney)$/.test(head))
    return 'key';
  return 'none';
}
