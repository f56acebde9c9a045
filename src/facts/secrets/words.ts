import { callWords } from './calls.ts';
import { commandWords } from './commands.ts';
import { encodedWords } from './encoded.ts';
import { findWords, type HitLine } from './prefilter.ts';
import { statementWords } from './statements.ts';
import { tokenWords } from './tokens.ts';

/** What each group of words announces; a line without any of them holds no secret that this scanner knows. */
const groups = {
  name: 'pass pwd secret token key cred auth bearer jwt salt dsn hmac psk senha signature seed mnemonic contrasen parola wachtwoord _pw bindpw rootpw api'.split(
    ' ',
  ),
  /** Words that mean a secret only beside random text. */
  near: ['access', 'private'],
  url: ['://'],
  basic: ['basic '],
  /** The password of a connection string. */
  pair: ['password=', 'pwd=', 'password =', 'pwd ='],
  /** `name: X` and `value: y` in lists of settings, the default of a Terraform variable. */
  value: [
    'value:',
    'value":',
    'value =',
    '<value>',
    '<string>',
    'default  ',
    'default =',
    'default: ',
    'default":',
    'defaultvalue',
  ],
  jwk: ['"d"', '"k"', 'kty'],
  encoded: encodedWords,
  block: ['-----begin', 'putty-user-key', 'ls0tls1'],
  option: commandWords,
  /** A Go data source name. */
  source: ['@tcp(', '@unix('],
  /** Statements and calls that take a password or a key by its place. */
  statement: statementWords,
  call: callWords,
} as const;

export type WordGroup = keyof typeof groups;

const grouped = Object.entries(groups).flatMap(([group, words]) =>
  words.map((word) => ({ group: group as WordGroup, word })),
);
const walk = findWords([...grouped.map(({ word }) => word), ...tokenWords]);

/** A line's announcements: places (offsets in the line) of each group's words, and of the token formats' words. */
export interface Announced extends Omit<HitLine, 'hits'> {
  readonly places: Readonly<Partial<Record<WordGroup, readonly number[]>>>;
  readonly tokens: readonly { readonly word: number; readonly at: number }[];
}

/**
 * Visits each line of a text that announces anything.
 *
 * @param wanted whether a line, by its number and its offsets, is worth a visit: asked before anything is built
 */
export function announcedLines(
  text: string,
  wanted: (number: number, start: number, end: number) => boolean,
  visit: (line: Announced) => void,
): void {
  walk(text, ({ number, start, end, hits }) => {
    if (!wanted(number, start, end)) return;
    const places: Partial<Record<WordGroup, number[]>> = {};
    const tokens: { word: number; at: number }[] = [];
    for (const { word, at } of hits) {
      const group = grouped[word]?.group;
      if (group === undefined) {
        const token = word - grouped.length;
        // The automaton folds case, a token does not.
        if (text.startsWith(tokenWords[token] as string, at)) tokens.push({ word: token, at: at - start });
      } else if (places[group]) places[group].push(at - start);
      else places[group] = [at - start];
    }
    visit({ number, start, end, places, tokens });
  });
}
