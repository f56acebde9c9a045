/** A word found in a line: its index in the list given, and where it begins in the text. */
export interface WordHit {
  readonly word: number;
  readonly at: number;
}

/** A line that holds at least one word. `end` is the offset of its line feed, or of the text's end. */
export interface HitLine {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly hits: readonly WordHit[];
}

/** Past this many, a line is data: what it holds is told by its first words. */
const maxHitsPerLine = 2_000;
const lineFeed = 10;

/**
 * Builds an Aho-Corasick automaton over the words, case folded, and gives the function that walks a text once and visits
 * each line with a hit. A line without one costs a table look-up a character: several hundred megabytes a second.
 *
 * @param words ASCII, without line feeds
 */
export function findWords(words: readonly string[]): (text: string, visit: (line: HitLine) => void) => void {
  const { classes, width } = classesOf(words);
  const { next, found } = automaton(words, classes, width);
  const moves = movesOf(next, found, width);
  return (text, visit) => {
    let state = 0;
    let number = 1;
    let start = 0;
    let hits: WordHit[] = [];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === lineFeed) {
        if (hits.length > 0) {
          visit({ number, start, end: i, hits });
          hits = [];
        }
        number++;
        start = i + 1;
        state = 0;
        continue;
      }
      const move = moves[state + (code < 128 ? (classes[code] as number) : 0)] as number;
      if (move >= 0) {
        state = move;
        continue;
      }
      state = ~move;
      if (hits.length >= maxHitsPerLine) continue;
      for (const word of found[state / width] as number[])
        hits.push({ word, at: i + 1 - (words[word] as string).length });
    }
    if (hits.length > 0) visit({ number, start, end: text.length, hits });
  };
}

/**
 * The table that the walk reads: each move is the next state's row, inverted where that state ends a word, so that a
 * character without a hit costs one look-up and one comparison.
 */
function movesOf(next: Uint16Array, found: readonly (number[] | undefined)[], width: number): Int32Array {
  return Int32Array.from(next, (state) => (found[state] ? ~(state * width) : state * width));
}

/** Characters that behave alike share a column of the table; 0 is every character that no word holds. */
function classesOf(words: readonly string[]): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(128);
  let width = 1;
  for (const character of new Set(words.join('').toLowerCase())) {
    classes[character.charCodeAt(0)] = width;
    classes[character.toUpperCase().charCodeAt(0)] = width;
    width++;
  }
  return { classes, width };
}

function automaton(words: readonly string[], classes: Uint8Array, width: number) {
  const size = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Uint16Array(size * width);
  const found: (number[] | undefined)[] = new Array(size);
  let states = 1;
  for (const [index, word] of words.entries()) {
    let state = 0;
    for (const character of word.toLowerCase()) {
      const cell = state * width + (classes[character.charCodeAt(0)] as number);
      if (next[cell] === 0) next[cell] = states++;
      state = next[cell] as number;
    }
    found[state] = [...(found[state] ?? []), index];
  }
  completeTransitions(next, found, states, width);
  return { next, found };
}

/** Breadth first: where the trie has no child, go where the longest proper suffix would go. */
function completeTransitions(next: Uint16Array, found: (number[] | undefined)[], states: number, width: number): void {
  const suffix = new Uint16Array(states);
  const queue: number[] = [];
  for (let column = 0; column < width; column++) if (next[column]) queue.push(next[column] as number);
  for (const state of queue) {
    const fallback = suffix[state] as number;
    const inherited = found[fallback];
    if (inherited) found[state] = [...(found[state] ?? []), ...inherited];
    for (let column = 0; column < width; column++) {
      const cell = state * width + column;
      const child = next[cell] as number;
      const other = next[fallback * width + column] as number;
      if (child === 0) next[cell] = other;
      else {
        suffix[child] = other;
        queue.push(child);
      }
    }
  }
}
