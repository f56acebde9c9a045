import { type NameClass, wordsOf } from './name.ts';

/** Files of settings, in which a value is never the name of something in the code. */
const settings = /(?:^|\/)\.env[\w.-]*$|\.(?:env|properties|ini|conf|cfg|cnf|toml)$/i;
/** Keys that sign or encrypt: what they are given is the key, in words too. */
const keyName = /(?:jwt|session|cookie|sign(?:ing)?|token|app|auth|encrypt(?:ion)?|hmac)[_.-]?(?:secret|key)$/i;
/** Words of screens, messages, settings and resources: a value made with one is the name of something. */
const ofSomething =
  /^(?:pass|pwd|secret|token|key|auth|login|sign|user|account|admin|form|input|field|label|page|button|modal|icon|text|title|error|message|reset|forgot|change|update|new|old|current|confirm|repeat|require|valid|min|max|length|hash|salt|plain|bearer|jwt|grant|type|mode|basic|digest|client|cred|header|cookie|session|param|query|body|mail|name|url|config|env|var|ref|file|path|vault|from|test|mock|fake|dummy|example|placeholder|value|default|string|null|undefined|none|tls|cert|database|service|store|manager|must|not|should|empty|blank|too|short|weak|strong|match|wrong|missing|expire|visible|hidden|show|hide|toggle|level|group|role|view|screen|dialog|link|step|state|status|data|item|list|col|row|grid|flex)/;

/**
 * Says whether words run together are a password and not the name of something: `correct-horse-battery`. Without digits the
 * two look alike, so the name must leave no doubt, the words must be three, and none of them one of a program's.
 */
export function isWordPassword(value: string, name: string, nameClass: NameClass, path: string): boolean {
  if (wordsOf(value).some((word) => ofSomething.test(word))) return false;
  const isSettings = settings.test(path);
  const least = isSettings ? 1 : 2;
  const isKebab = new RegExp(`^[a-z]{2,20}(?:-[a-z]{2,20}){${least},6}$`, 'i').test(value);
  if (nameClass === 'secret') return isKebab && keyName.test(name);
  return nameClass === 'password' && (isKebab || (isSettings && /^[a-z]{3,20}(?:[A-Z][a-z]{2,20}){1,5}$/.test(value)));
}

/** Names of keys that are whatever text somebody thinks of, and of phrases. */
const phraseName = /pass_?phrase$|(?:^|[._])secret_key$|^mnemonic$|_mnemonic$|(?:seed|recovery)_?(?:phrase|words)$/i;
const phrase = /^[a-z0-9']{1,20}(?: [a-z0-9']{1,20}){3,23}$/;
const shortPhrase = /^[a-z0-9']{1,20}(?: [a-z0-9']{1,20}){2}$/;
/** Words of a text that asks for a phrase. */
const askedFor = /\b(?:enter|your|please|must|should|required|invalid|phrase|passphrase|password|optional|not)\b/;

/** Says whether words with blanks between them are a key or a pass phrase: `correct horse battery staple`. */
export function isPhrase(value: string, name: string): boolean {
  const isOfFramework = /(?:^|\.)secret_key$/i.test(name) && shortPhrase.test(value);
  return phraseName.test(name) && (phrase.test(value) || isOfFramework) && !askedFor.test(value);
}

/** Says whether a word or two are the key that a framework of Python signs with: whatever is written there, it signs. */
export function isFrameworkKey(value: string, name: string, path: string): boolean {
  return (
    /\.py$/i.test(path) && /(?:^|\.|(?:jwt|app|session|flask)_)secret_key$/i.test(name) && /^[\w-]{8,80}$/.test(value)
  );
}
