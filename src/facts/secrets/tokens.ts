import { checkOf } from './checksum.ts';
import { formats as amazon } from './formats/amazon.ts';
import { formats as azureKeys } from './formats/azure-keys.ts';
import { formats as clouds } from './formats/clouds.ts';
import { formats as codeHosts } from './formats/code-hosts.ts';
import { formats as commerce } from './formats/commerce.ts';
import { formats as databases } from './formats/databases.ts';
import { formats as general } from './formats/general.ts';
import { formats as hosting } from './formats/hosting.ts';
import { formats as messaging } from './formats/messaging.ts';
import { formats as modelTools } from './formats/model-tools.ts';
import { formats as models } from './formats/models.ts';
import { formats as observability } from './formats/observability.ts';
import { formats as office } from './formats/office.ts';
import { formats as packages } from './formats/packages.ts';
import type { TokenFormat } from './token-format.ts';

/** Every format. Where two have the same word, the first to fit names the token: those that many share come last. */
export const tokenFormats: readonly TokenFormat[] = [
  ...codeHosts,
  ...azureKeys,
  ...amazon,
  ...clouds,
  ...hosting,
  ...databases,
  ...packages,
  ...messaging,
  ...commerce,
  ...models,
  ...modelTools,
  ...observability,
  ...office,
  ...general,
];

/** The different words of the formats, in the order in which `tokensAt` names them. */
export const tokenWords: readonly string[] = [...new Set(tokenFormats.map((format) => format.word))];

interface Compiled {
  readonly format: TokenFormat;
  /** Begins with its word: tried at the word's place only. */
  readonly anchored: boolean;
  readonly pattern: RegExp;
}

/**
 * A token is not part of a longer word. What an escape (`\n`) or a terminal colour (`[94m`) leaves before it is no word.
 * Nor is it a piece of a picture or a program in base64.
 */
const notInWord = String.raw`(?<!(?<!\\|\[\d{1,2})[A-Za-z0-9_])(?<![A-Za-z0-9+/]{40})(?<!base64,[A-Za-z0-9+/]{0,40})`;
const byWord: readonly (readonly Compiled[])[] = tokenWords.map((word) =>
  tokenFormats.filter((format) => format.word === word).map(compile),
);

function compile(format: TokenFormat): Compiled {
  const anchored = format.shape.source.replaceAll('\\', '').startsWith(format.word);
  const source = `${notInWord}(?:${format.shape.source})(?![A-Za-z0-9])`;
  return { format, anchored, pattern: new RegExp(source, anchored ? 'y' : 'g') };
}

const widestBefore = 130;
const widestAfter = 600;

export interface FoundToken {
  readonly format: TokenFormat;
  readonly value: string;
  readonly confidence: number;
}

/**
 * Finds the tokens that a word's place in a line announces.
 *
 * @param word index in `tokenWords`
 * @param at offset of the word in the line
 */
export function tokensAt(line: string, word: number, at: number): FoundToken[] {
  const found: FoundToken[] = [];
  for (const { format, anchored, pattern } of byWord[word] as readonly Compiled[]) {
    const values = anchored ? valueAt(pattern, line, at) : valuesAround(pattern, line, at);
    for (const value of values) {
      if (isExample(value, format.word)) continue;
      const verdict = format.check ? checkOf(format.check, value) : 'unknown';
      if (verdict === 'none') continue;
      found.push({ format, value, confidence: verdict === 'proven' ? 0.99 : (format.confidence ?? 0.9) });
    }
  }
  return found;
}

function valueAt(pattern: RegExp, line: string, at: number): string[] {
  pattern.lastIndex = at;
  const match = pattern.exec(line);
  return match ? [match[0]] : [];
}

/** A word in the middle of a token: only its surroundings are searched, so that many words in one line cost no square. */
function valuesAround(pattern: RegExp, line: string, at: number): string[] {
  const from = Math.max(0, at - widestBefore);
  const window = line.slice(from, at + widestAfter);
  return Array.from(window.matchAll(pattern))
    .filter((match) => from + match.index <= at && from + match.index + match[0].length > at)
    .map((match) => match[0]);
}

/** `ghp_xxxxxxxx…`, `AKIAIOSFODNN7EXAMPLE`, one letter over and over, the alphabet. */
function isExample(value: string, word: string): boolean {
  const body = value.startsWith(word) ? value.slice(word.length) : value;
  if (/(?:example){3}|EXAMPLEEXAMPLE|x{16}|0{16}/i.test(body)) return true;
  if (
    /EXAMPLE|xxxxx|XXXXX|00000000|\.\.\.|your|YOUR|1234567890abc|1234-5678|abcdefgh/i.test(body) &&
    !/^\w{60,}$/.test(body)
  )
    return true;
  return body.length >= 12 && new Set(body.replace(/[^A-Za-z0-9]/g, '')).size <= 5;
}
