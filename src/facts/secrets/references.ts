/** Templates and look-ups: `${X}`, `$(cmd)`, `{{x}}`, `<%= x %>`, `%(x)s`, `#{x}`, the environment. */
const template = /\$\{|\$\(|\{\{|<%|%\(|#\{|process\.env|os\.environ|getenv|import\.meta/i;
/** One variable: `$VAR`, `$obj->x`, `%VAR%`, `@attribute`, `*alias`. */
const variable = /^(?:\${1,2}[A-Za-z_]\w{0,80}(?:->.{0,200})?|%[\w.]{1,80}%|@[\w.]{1,80}@?|\*\w{1,80})$/;
/** A place in a vault or a configuration: `vault:…`, `secrets.X`, `op://…`, `arn:…`. */
const address = /^(?:env|var|local|data|secrets?|config|settings|vault|ssm|arn|op|ref|file|sops)[.:][\w./:]/i;
const bracketed = /^(?:<[^>]{0,200}>|\[[\w\s-]{0,200}\]|\{[\w.:-]{0,200}\})$/;
/** What a tag of YAML looks up: `!Ref`, `!Sub`. */
const tag = /^!(?:Ref|Sub|GetAtt|ImportValue|Join|Select|FindInMap|If|Base64|Split|reference|secret|env|include)$/i;
/** Sealed: the text is safe where the key is not. What kubeseal writes begins with the length of a session key of 512 bytes. */
const kubeseal = /^Ag[A-D][A-Za-z0-9+/]{200,}={0,2}$/;
const sealed =
  /^(?:&lt;|ENC[[(]|!vault|\{cipher\}|\{[A-Za-z0-9+/]{16,200}={1,2}\}$|AQICA|Ag[A-Za-z0-9+/]{120}|wc[FBD]MA[A-Za-z0-9+/]{60}|hQ[EI]MA[A-Za-z0-9+/]{60}|\$ANSIBLE_VAULT)/i;

/** Says whether a value names another place, or is sealed, and so gives nothing away. */
export function isReference(value: string): boolean {
  return (
    template.test(value) ||
    variable.test(value) ||
    tag.test(value) ||
    address.test(value) ||
    bracketed.test(value) ||
    sealed.test(value) ||
    kubeseal.test(value.trim())
  );
}
