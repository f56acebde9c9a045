/** Pages that people read, and programs that they copy from. */
const pages = /\.(?:mdx?|rst|adoc|html?|wiki)$|(?:^|\/)(?:docs?|documentation|examples?|samples?|demos?)\//i;
/** Descriptions of an interface, whose values are examples by whomever they are made. */
const descriptions = /openapi|swagger|api-?docs?[/.]/i;
/** Files that others copy and fill in, and settings of a developer's own machine. */
const templates =
  /(?:^|[/._-])(?:examples?|samples?|template|templates|stub|skeleton|dist)(?:[._-]|$)[^/]{0,40}$|\.(?:liquid|tpl|tmpl|hbs|ejs)$/i;
const developers =
  /(?:^|[/._-])(?:dev|development|local|test|testing)\.(?:ya?ml|json5?|toml|ini|properties|conf|cfg)$|(?:^|\/)\.env\.(?:dev|development|local|test|testing)\b[^/]{0,20}$/i;
/** Catalogues of what a program says to people. */
const catalogues =
  /(?:^|\/)(?:locales?|i18n|l10n|langs?|languages?|translations?|messages)\/|\.(?:po|pot|xlf|xliff|resx|arb)$/i;
/** A language's code as a folder's or a file's name: `de.json`, `pt-BR/user.json`, `messages_de.properties`. */
const language =
  /(?:^|[/._-])(?:ar|bg|ca|cs|da|de|el|en|eo|es|et|eu|fa|fi|fr|ga|gl|he|hi|hr|hu|hy|is|it|ja|ka|ko|lt|lv|mk|ms|nb|nl|nn|pl|pt|ro|ru|sk|sl|sq|sr|sv|th|tr|uk|vi|zh)(?:[-_][A-Za-z]{2,4})?(?:\/[\w-]{1,60})?\.(?:json5?|ya?ml|[cm]?[jt]s|php|properties|ini|xml|toml)$/;

/**
 * Says whether a file shows how something is set and is not what sets it: a manual, a template, settings for a
 * developer's own machine. What a person makes up there is an example; what a generator made is not.
 */
export function isForShow(path: string): boolean {
  return pages.test(path) || templates.test(path) || developers.test(path);
}

/** Says whether a value is a label for people: a word in a catalogue of texts, `"password": "Passwort"`. */
export function isLabel(value: string, path: string): boolean {
  return catalogues.test(path) || (language.test(path) && !/\d/.test(value));
}

/** Says whether a file describes an interface: what stands there is an example, also where a generator made it. */
export function isDescription(path: string): boolean {
  return descriptions.test(path);
}

/** A line of a comment that documents what stands below it, in any language that writes it `* …`, or the body that a comment shows. */
export function isDocumentation(line: string): boolean {
  return /^\s{0,40}\/?\*{1,2}\s|^\s{0,40}\/\/\s{2,20}\S.{0,200},\s{0,9}$/.test(line);
}

/** A line of JSON that describes a field to its reader: what it quotes is an example, also where a generator made it. */
export function isDescribed(line: string): boolean {
  return /^\s{0,80}"(?:description|markdownDescription|summary|title)"\s{0,4}:/.test(line);
}
