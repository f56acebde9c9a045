/** Values that stand for a value, whole and in lower case without `-`, `_` and blanks. */
const words = new Set(
  `n/a none null nil undefined true false yes no on off empty string str text value redacted hidden masked removed
  secrethere replaceme todo tbd fixme fillme fillmein dummy foo bar baz foobar example sample placeholder required optional
  default unknown password passwd pass pwd secret token key apikey auth bearer basic user username int number boolean object
  function any self this type varchar integer environment prompt stdin file ask input request response invalid wrong
  incorrect missing expired notset generated random confidential local disabled enabled test testing demo development production staging admin root postgres
  mysql oracle guest administrator mongo redis rabbitmq minio minioadmin sa hex base64 base64url base64urlnopad utf8 utf16 latin1 iso88591 cp1252 usascii raw binary ascii sha1 sha256 sha512
  md5 hmac aes rs256 hs256 pbkdf2 bcrypt scrypt argon2 argon2id plain digest xoauth2 header cookie query body session strict
  lax always never refresh access id private public provided irrelevant unused notused
  passwort kennwort wachtwoord contrasena senha motdepasse haslo parola adgangskode passord salasana heslo losenord ignored changeme changeit changethis pleasechangeme`.split(
    /\s+/,
  ),
);
/** One character over and over. */
const filler = /^(?:x+|\*+|\.+|-+|_+|•+|#+|0+|1+|\?+|a+)$/i;
const change = /^(?:please[-_ ]?|to[-_ ]?be[-_ ]?)?change[-_ ]?(?:me|it|this|in|before)/i;
/** A request to the reader to put their own in: `your-api-key`, `insert_token_here`, `my-secret`. */
const invitation =
  /(?:your|my|the|some|insert|enter|put|add|paste|replace|example|sample|dummy|fake|placeholder|redacted)[-_ ]?(?:own[-_ ])?(?:[a-z0-9]{1,20}[-_ ])?(?:api|secret|token|key|password|passwd|pwd|pass|value|here|credential|auth|client|access|account|username|app)/i;
/** The same in other languages: `dein-passwort`, `votre_mot_de_passe`, `jouw-wachtwoord`. */
const foreignInvitation =
  /^(?:dein|ihr|mein|votre|ton|mon|tu|su|mi|jouw|uw|mijn|sua|seu|minha|il[-_ ]?tuo|la[-_ ]?tua|tuo|twoj|twoje|din|ditt)[-_ ](?:api[-_ ]?)?(?:passwort|kennwort|schl|geheim|wachtwoord|contrase|clave|senha|chave|mot[-_ ]?de[-_ ]?passe|cl[eé]|jeton|pass|has[lł]o|parola|adgangskode|l[oö]senord|token|secret|key)/i;
/** `this_is_a_secret`, also in mixed case. */
const said = /this[-_ ]?is[-_ ]?(?:a|an|my|the|not)/i;
const mark =
  /xxxx|1234[-_]5678|\*{4}|\.{3}|…|<[\w -]{1,40}>|[-_]here$|^(?:your|insert|enter|replace|generate)[-_ ]|0123456789abcdef|^1234567890|1234567890abc|abc123def|123abc$|abcdefg|^(?:deadbeef){1,8}$|(?:invalid|fake|bad|wrong|dummy)[-_]?sig(?:nature)?$|^pass(?:word)?[-_ ]?(?:for|of)[-_ ]?[a-z]+$|lorem ipsum/i;
/** What is shown in a value's place: `(hidden)`, `[not set]`. */
const bracketed = /^(?:\([a-z][a-z _-]{2,30}\)|\[[a-z][a-z _-]{2,30}\]|\{[a-z][a-z _-]{2,30}\})$/i;
/** Eight times the same letter or digit. */
const run = /([A-Za-z0-9])\1{7}/;
/** Written in capitals inside a key by those who document it; `wJalrXUtnFEMI` heads the secret in AWS's own manual. */
const documented = /EXAMPLE|SAMPLE|PLACEHOLDER|REDACTED|wJalrXUtnFEMI/;
/** A longer value is no placeholder for what its head does not show. */
const maxLength = 300;

/** Says whether a value only stands for one. The whole form decides, not a word found somewhere in it. */
export function isPlaceholder(value: string): boolean {
  const text = value.slice(0, maxLength);
  return (
    words.has(text.toLowerCase().replace(/[-_\s]/g, '')) ||
    filler.test(text) ||
    change.test(text) ||
    invitation.test(text) ||
    foreignInvitation.test(text) ||
    said.test(text) ||
    mark.test(text) ||
    bracketed.test(text) ||
    run.test(text) ||
    documented.test(text) ||
    isRepetitive(text)
  );
}

/** Few different characters, or a run of the alphabet or the digits. */
function isRepetitive(text: string): boolean {
  const distinct = new Set(text.toLowerCase()).size;
  if (distinct <= 2 || (text.length >= 12 && distinct <= 4)) return true;
  let steps = 0;
  for (let i = 1; i < text.length; i++) if (text.charCodeAt(i) - text.charCodeAt(i - 1) === 1) steps++;
  return text.length >= 8 && steps >= text.length * 0.7;
}
