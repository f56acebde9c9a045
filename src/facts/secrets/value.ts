import { isPlaceholder } from './placeholders.ts';
import { isRandom, readsAsWords } from './random.ts';
import { isReference } from './references.ts';

/** What a value looks like, with the reason for the audit trail. */
export type ValueClass = 'random' | 'password' | 'weak' | 'reference' | 'placeholder' | 'identifier' | 'text' | 'empty';

/** Made to be published: Stripe's and Clerk's publishable keys, reCAPTCHA and Turnstile site keys, PostHog's project key. */
const publicByDesign =
  /^(?:pk_(?:live|test)_|pk\.eyJ|sb_publishable_|phc_|6L[A-Za-z0-9_-]{38}$|0x4AAA|ssh-(?:rsa|ed25519)|AAAAB3Nza)/;
/** Public keys of NATS: an operator's, an account's, a user's. Seeds begin with S. */
const publicNkey = /^[ACNOUX][A-Z2-7]{55}$/;
/** A password's hash is no password. */
const hashed =
  /^(?:\$(?:2[abxy]?|5|6|1|y|apr1|argon2\w{0,2}|pbkdf2[\w-]{0,12}|scrypt)\$|\{S?SHA\d{0,3}\}|pbkdf2[_:]|sha\d{1,3}[~:$-]|bcrypt[:$])/i;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const pathLike =
  /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|https?:\/\/|file:|mailto:|data:|urn:|\/\w)|^[\w.-]+\/[\w.-]+\/[\w./-]+$|^[\w.-]+@[\w-]+\.[a-z]{2,}$|\.(?:json|ya?ml|pem|key|crt|txt|js|ts|go|py|java|xml|conf|html?|png|svg|md|properties|jks|p12|sh|env)$/i;
/** Text in another script, as a URL holds it: `%E7%AD%94`. */
const percentEncoded = /^%[89A-F][0-9A-F]%[89A-F][0-9A-F](?:%[0-9A-F]{2}|[\w.-]){0,200}$/i;
/** Heads of pictures, fonts and documents in base64: PNG, GIF, JPEG, WebP, SVG, WOFF, PDF. */
const encodedFile = /^(?:iVBORw0KGgo|R0lGOD|\/9j\/|UklGR|PHN2Z|d09GR|JVBERi)/;
/** The type of a column: `varchar(255)`. */
const columnType =
  /^(?:n?(?:var)?char(?:acter)?(?: varying)?|varbinary|binary|decimal|numeric|int|bit|string)\((?:\d{1,5}|max)\)$/i;
const version =
  /^(?:[~^]|[<>]=?\s?)?v?\d+(?:\.(?:\d+|x\b)){1,3}|^\d{4}-\d\d-\d\d|^#[0-9a-f]{3,8}$|^\d+(?:\.\d+)?(?:px|em|rem|ms|s|m|h|d|%|kb|mb|gb)$/i;

/** `application/jwt`, `text/html; charset=utf-8`. */
const mediaType = /^(?:application|text|image|audio|video|multipart|message|font)\/[\w.+-]{1,80}(?:;.{0,60})?$/i;
/** Words that begin with capitals, and may have a head of letters or a digit: `2FACodeExpired`. */
const words = /^\d{0,2}[A-Z]{0,4}(?:[A-Z][a-z]{2,14}){2,6}$/;

/** Says what a value is. Order matters: the silencing classes first. */
export function classifyValue(value: string, name: string): ValueClass {
  const text = value.trim();
  if (text.length < 3) return 'empty';
  if (hashed.test(text) || publicByDesign.test(text) || publicNkey.test(text) || encodedFile.test(text)) return 'text';
  if (percentEncoded.test(text)) return 'text';
  if (isReference(text) || /@(?:tcp|unix)\(/.test(text)) return 'reference';
  if (isPlaceholder(text) || isLikeName(text, name) || isEncodedPair(text)) return 'placeholder';
  if ((pathLike.test(text) && !isKeyWithSlashes(text)) || version.test(text) || columnType.test(text)) return 'text';
  if (uuid.test(text)) return 'weak';
  if (isSalt(text)) return 'random';
  if (mediaType.test(text)) return 'text';
  if (/\s/.test(text)) return text.split(/\s+/).length > 1 ? 'text' : 'empty';
  if (words.test(text)) return 'identifier';
  if (isRandom(text)) return 'random';
  if (isIdentifier(text)) return 'identifier';
  return 'password';
}

/** A key that a generator made of every character of the keyboard, blanks among them (WordPress). */
function isSalt(text: string): boolean {
  if (!/^[\x20-\x7e]{40,128}$/.test(text) || /[a-z]{6}/i.test(text)) return false;
  const signs = new Set(text.match(/[^\w\s]/g) ?? []);
  return signs.size >= 10 && /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
}

/** Base64 has slashes too: `wQz/4…/x0`. Of a path, the parts read as words. */
function isKeyWithSlashes(text: string): boolean {
  if (!/^[A-Za-z0-9+/]{32,88}={0,2}$/.test(text) || !isRandom(text)) return false;
  const words = text.split('/').filter((part) => /^[A-Za-z]{4,}$/.test(part) && readsAsWords(part));
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && words.join('').length < text.length * 0.4;
}

/** The pair of a Basic header in a manual, in base64: `1234567890…:1234567890…`. */
function isEncodedPair(text: string): boolean {
  if (text.length < 12 || text.length > maxEncoded || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false;
  const decoded = Buffer.from(text, 'base64').toString('latin1');
  const colon = decoded.indexOf(':');
  return colon > 0 && /^[\x21-\x7e]+$/.test(decoded) && isPlaceholder(decoded.slice(colon + 1));
}
const maxEncoded = 400;

function isLikeName(text: string, name: string): boolean {
  const flat = (s: string) => s.toLowerCase().replace(/[^a-z0-9]/g, '');
  const value = flat(text);
  const own = flat(name);
  return (
    value === own ||
    (own.length > 5 && value.endsWith(own) && value.length <= own.length + 8) ||
    (value.length > 5 && own.endsWith(value)) ||
    // `privateKey: privateKeyPkcs8`; a password may well be `password1`.
    (own.length > 5 && value.startsWith(own) && value.length <= own.length + 8 && !/pass(?:word|wd)?$|pwd$/.test(own))
  );
}

/** An element of a page: `#password-input`, `.token-field`, `[data-test=token]`. */
const selector = /^(?:[#.][a-z]+(?:[-_][a-z]+){1,6}|\w{0,20}\[[\w-]{1,40}[~|^$*]?=[\w"'-]{1,40}\])$/i;

/** What a value must be, in a framework's words: `required|min:8|confirmed`. */
function isRules(text: string): boolean {
  const rules = text.split('|');
  return rules.length > 1 && rules.every((rule) => /^[a-z_]{2,24}(?::[\w,.]{1,40})?$/.test(rule));
}

/** `camelCase`, `snake_case`, `dotted.path`, `kebab-case` of letters: the name of something. One plain word is a password. */
function isIdentifier(text: string): boolean {
  if (selector.test(text) || isRules(text)) return true;
  if (/[^\w.:\-/]/.test(text)) return false;
  if (/^[a-z]+(?:[A-Z][a-z]+)+$/.test(text)) return true;
  if (text.includes('_') && readsAsWords(text)) return true;
  return /^[A-Za-z]+(?:[._:\-/][A-Za-z]+){1,8}$/.test(text) || /^[A-Z][A-Z_]{5,}$/.test(text);
}
