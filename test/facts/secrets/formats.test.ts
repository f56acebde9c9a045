import { describe, expect, test } from '@jest/globals';
import { checkSync } from 'recheck';
import { revocationPage } from '../../../src/facts/secrets/revocation.ts';
import { scanText } from '../../../src/facts/secrets/scan.ts';
import type { TokenFormat } from '../../../src/facts/secrets/token-format.ts';
import { tokenFormats } from '../../../src/facts/secrets/tokens.ts';
import { brokenRecipes, filled, recipes } from './token-examples.ts';

const formats = tokenFormats.map((format) => [format.id, format, recipes[format.id] ?? ''] as const);

/** What the scanner says of a token that stands in code. */
function found(text: string, { provider, what }: TokenFormat) {
  const facts = scanText('src/settings.txt', `value = '${text}'\n`);
  return facts.filter((fact) => fact.rule === 'provider-token' && fact.provider === provider && fact.what === what);
}

test('every format has its own example, and every example a format', () => {
  expect(Object.keys(recipes).sort()).toEqual(formats.map(([id]) => id).sort());
});

describe.each(formats)('%s', (id, format, recipe) => {
  test('its example is found, as a token of its provider', () => {
    const facts = scanText('src/settings.txt', `value = '${filled(recipe)}'\n`);
    expect(facts.map(({ provider }) => provider)).toContain(format.provider);
    expect(facts.every(({ rule }) => rule === 'provider-token')).toBe(true);
  });

  test('one that is cut short, has a foreign character or is filled with one letter is not', () => {
    const { short, foreign } = brokenRecipes(id);
    const broken = {
      short: filled(short),
      foreign: filled(foreign),
      filled: filled(recipe, (alphabet) => (alphabet.includes('x') ? 'x' : alphabet[0]) as string),
    };
    for (const [how, token] of Object.entries(broken))
      expect({ how, facts: found(token, format) }).toEqual({ how, facts: [] });
  });
});

test('the pages that a comment links to are addresses that end no Markdown link', () => {
  const addresses = tokenFormats.flatMap(({ provider, docs }) => [revocationPage(provider) ?? [], docs ?? []].flat());
  expect(addresses.length).toBeGreaterThan(100);
  expect(addresses.filter((address) => !/^https:\/\/[\w.-]+(?:\/[\w./?=&#%@~+:-]*)?$/.test(address))).toEqual([]);
});

test('every provider has a page on which its tokens are revoked', () => {
  const without = tokenFormats.filter(({ provider }) => provider !== 'any' && !revocationPage(provider));
  expect(without.map(({ provider }) => provider)).toEqual([]);
});

test.each(formats)('every format is documented: %s', (_id, { docs, provider }) => {
  expect(docs).toMatch(/^https:\/\//);
  expect(provider).not.toBe('');
});

/** Long counts take the checker minutes and change nothing: what explodes does so at four repeats. Open ends stay open. */
function withShortCounts(source: string): string {
  return source.replace(/\{(\d+)(?:(,)(\d*))?\}/g, (_all, low: string, comma?: string, high?: string) => {
    const least = Math.min(Number(low), 4);
    return comma ? `{${least},${high ? Math.max(least, Math.min(Number(high), least + 4)) : ''}}` : `{${least}}`;
  });
}

test.each(formats)('the pattern of %s cannot be made to explode', (_id, { shape, word }) => {
  // As the scanner uses it: where it begins with its word, it is tried at that place only.
  const isAnchored = shape.source.replaceAll('\\', '').startsWith(word);
  const source = `${isAnchored ? '^' : ''}(?:${withShortCounts(shape.source)})(?![A-Za-z0-9])`;
  expect(checkSync(source, shape.flags, { timeout: 20_000 }).status).toBe('safe');
});
