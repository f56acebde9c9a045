import { isRandom, readsAsWords } from './random.ts';

/** What a value looks like, with the reason for the audit trail. */
export type ValueClass = 'random' | 'password' | 'weak' | 'reference' | 'placeholder' | 'identifier' | 'text' | 'empty';

const reference =
  /\$\{|\$\(|\{\{|<%|%\(|#\{|^%[\w.]+%$|^\$[A-Za-z_]\w*$|^\$\w+->|^@[\w.]+$|process\.env|os\.environ|getenv|import\.meta|^(?:env|var|local|data|secrets?|config|settings|vault|ssm|arn|op|ref|file|sops)[.:][\w./:]|^<[^>]*>$|^\[[\w\s-]*\]$|^&lt;|^ENC\[|^!vault|^\{[\w.:-]*\}$|^(?:\{cipher\}|AQICA)|^\*\w+$/i;
const placeholder =
  /^(?:x+|\*+|\.+|-+|_+|•+|#+|0+|1+|\?+|a+|n\/a|none|null|nil|undefined|true|false|yes|no|on|off|empty|string|str|text|value|redacted|hidden|masked|removed|secret_?here|(?:please_?|to_?be_?)?change_?(?:me|it|this)?\w*|replace_?me|todo|tbd|fixme|fill_?me(?:_?in)?|dummy|foo|bar|baz|foobar|example|sample|placeholder|required|optional|default|unknown|password|passwd|pass|pwd|secret|token|key|api_?key|apikey|auth|bearer|basic|user|username|int|number|boolean|object|function|any|self|this|type|hidden|text|varchar|integer|environment|prompt|stdin|file|ask|input|request|response|invalid|wrong|incorrect|missing|expired|notset|not_set|generated|random|confidential|local|disabled|enabled|test|testing|demo|admin|root|postgres|mysql|oracle|guest|administrator|mongo|redis|rabbitmq|minio|minioadmin|sa|hex|base64|utf-?8|raw|binary|ascii|sha-?\d+|md5|hmac|aes[\w-]*|rs256|hs256|pbkdf2|bcrypt|scrypt|argon2\w*|plain|digest|xoauth2|header|cookie|query|body|session|strict|lax|always|never|refresh|access|id)$/i;
const placeholderInside =
  /(?:your|my|the|some|insert|enter|put|add|paste|replace|example|sample|dummy|fake|placeholder|redacted)[-_ ]?(?:own[-_ ]?)?(?:\w+[-_ ])?(?:api|secret|token|key|password|passwd|pwd|pass|value|here|credential|auth|client|access|account|username|app)|xxxx|\*\*\*\*|\.\.\.|…|<[\w -]+>|_here$|-here$|EXAMPLE(?:KEY|TOKEN)?$|^(?:your|insert|enter|replace)[-_ ]|0123456789abcdef|^1234567890|abcdefgh|^(?:deadbeef)+$|lorem ipsum|([A-Za-z0-9])\1{7}/i;
/** Written in capitals inside a key by those who document it; `wJalrXUtnFEMI` heads the secret in AWS's own manual. */
const documented = /EXAMPLE|SAMPLE|PLACEHOLDER|REDACTED|wJalrXUtnFEMI/;
/** Made to be published: Stripe's and Clerk's publishable keys, reCAPTCHA and Turnstile site keys, PostHog's project key. */
const publicByDesign =
  /^(?:pk_(?:live|test)_|pk\.eyJ|sb_publishable_|phc_|6L[A-Za-z0-9_-]{38}$|0x4AAA|ssh-(?:rsa|ed25519)|AAAAB3Nza)/;
/** A password's hash is no password. */
const hashed =
  /^(?:\$(?:2[abxy]?|5|6|1|y|apr1|argon2\w{0,2}|pbkdf2[\w-]{0,12}|scrypt)\$|\{S?SHA\d{0,3}\}|pbkdf2[_:]|sha\d{1,3}[~:$-]|bcrypt[:$])/i;
/** A password's hash, not the password (modular crypt format). */
const cryptHash = /^\$(?:2[abxy]?|argon2\w*|pbkdf2[\w-]*|scrypt|[156y])\$|^\{(?:SSHA|SHA|bcrypt|noop)\}/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const pathLike =
  /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|https?:\/\/|file:|mailto:|data:|urn:|\/\w)|^[\w.-]+\/[\w.-]+\/[\w./-]+$|^[\w.-]+@[\w-]+\.[a-z]{2,}$|\.(?:json|ya?ml|pem|key|crt|txt|js|ts|go|py|java|xml|conf|html?|png|svg|md|properties|jks|p12|sh|env)$/i;
const version =
  /^v?\d+(?:\.\d+){1,3}|^\d{4}-\d\d-\d\d|^#[0-9a-f]{3,8}$|^\d+(?:\.\d+)?(?:px|em|rem|ms|s|m|h|d|%|kb|mb|gb)$/i;

/** Says what a value is. Order matters: the silencing classes first. */
export function classifyValue(value: string, name: string): ValueClass {
  const text = value.trim();
  if (text.length < 3) return 'empty';
  if (hashed.test(text) || publicByDesign.test(text)) return 'text';
  if (reference.test(text)) return 'reference';
  if (placeholder.test(text) || placeholderInside.test(text) || documented.test(text) || isRepetitive(text))
    return 'placeholder';
  if (isLikeName(text, name)) return 'placeholder';
  if (pathLike.test(text) || version.test(text)) return 'text';
  if (cryptHash.test(text)) return 'text';
  if (uuid.test(text)) return 'weak';
  if (/\s/.test(text)) return text.split(/\s+/).length > 1 ? 'text' : 'empty';
  if (isRandom(text)) return 'random';
  if (isIdentifier(text)) return 'identifier';
  return 'password';
}

/** Same letters over and over, or a run of the alphabet or the digits. */
function isRepetitive(text: string): boolean {
  const distinct = new Set(text.toLowerCase()).size;
  if (distinct <= 2 || (text.length >= 12 && distinct <= 4)) return true;
  let steps = 0;
  for (let i = 1; i < text.length; i++) if (text.charCodeAt(i) - text.charCodeAt(i - 1) === 1) steps++;
  return text.length >= 8 && steps >= text.length * 0.7;
}

function isLikeName(text: string, name: string): boolean {
  const flat = (s: string) => s.toLowerCase().replace(/[^a-z0-9]/g, '');
  const value = flat(text);
  const own = flat(name);
  return (
    value === own ||
    (own.length > 5 && value.endsWith(own) && value.length <= own.length + 8) ||
    (value.length > 5 && own.endsWith(value))
  );
}

/** `camelCase`, `snake_case`, `dotted.path`, `kebab-case` of letters: the name of something. One plain word is a password. */
function isIdentifier(text: string): boolean {
  if (/[^\w.:\-/]/.test(text)) return false;
  if (/^[a-z]+(?:[A-Z][a-z]+)+$/.test(text)) return true;
  if (text.includes('_') && readsAsWords(text)) return true;
  return /^[A-Za-z]+(?:[._:\-/][A-Za-z]+){1,8}$/.test(text) || /^[A-Z][A-Z_]{5,}$/.test(text);
}
