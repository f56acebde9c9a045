/** Text that is already HTML. Everything else is escaped where it is put in. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | false | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Bidirectional controls are shown as what they are: they can make code read as what it is not. */
const hidden = /[\u202a-\u202e\u2066-\u2069]/g;

export const showHidden = (text: string): string =>
  text.replace(hidden, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase()}]`);

export const escapeHtml = (text: string): string =>
  showHidden(text.replace(/[&<>"']/g, (character) => entities[character] ?? character));

export const raw = (text: string): Html => ({ html: text });

/** A template whose values are escaped, unless they are `Html` themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += write(value) + (strings[index + 1] ?? '');
  return raw(text);
}

function write(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(write).join('');
}
