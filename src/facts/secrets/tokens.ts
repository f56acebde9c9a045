import { hasBase62Crc } from './checksum.ts';
import { formats as cloud } from './formats/cloud.ts';
import { formats as messaging } from './formats/messaging-payments-ai.ts';
import { formats as more } from './formats/more.ts';
import { formats as platforms } from './formats/platforms.ts';
import { formats as services } from './formats/services.ts';
import type { TokenFormat } from './token-format.ts';

export const tokenFormats: readonly TokenFormat[] = [...cloud, ...messaging, ...platforms, ...services, ...more];

interface Compiled {
  readonly format: TokenFormat;
  readonly pattern: RegExp;
}

/** A token is not part of a longer word. */
const compiled: readonly Compiled[] = tokenFormats.map((format) => ({
  format,
  pattern: new RegExp(`(?<![A-Za-z0-9_])(?:${format.shape.source})(?![A-Za-z0-9])`, 'g'),
}));

export interface FoundToken {
  readonly format: TokenFormat;
  readonly value: string;
  readonly confidence: number;
}

/** Finds provider tokens in a line. A token that its own checksum disproves is less likely, not impossible. */
export function tokensIn(line: string): FoundToken[] {
  const found: FoundToken[] = [];
  for (const { format, pattern } of compiled) {
    if (!line.includes(format.word)) continue;
    for (const match of line.matchAll(pattern)) {
      const value = match[0];
      if (isExample(value, format.word)) continue;
      const base = format.confidence ?? 0.9;
      found.push({ format, value, confidence: format.check === 'crc32-base62' && hasBase62Crc(value) ? 0.99 : base });
    }
  }
  return found;
}

/** `ghp_xxxxxxxx…`, `AKIAIOSFODNN7EXAMPLE`, one letter over and over, the alphabet. */
function isExample(value: string, word: string): boolean {
  const body = value.startsWith(word) ? value.slice(word.length) : value;
  if (/EXAMPLE|xxxxx|XXXXX|00000000|\.\.\.|your|YOUR|1234567890abc|abcdefghij/i.test(body) && !/^\w{60,}$/.test(body))
    return true;
  return body.length >= 12 && new Set(body.replace(/[^A-Za-z0-9]/g, '')).size <= 5;
}
