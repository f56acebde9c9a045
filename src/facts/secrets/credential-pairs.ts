import type { Candidate } from './candidate.ts';
import { isRandom } from './random.ts';

interface PairForm {
  /** What the scanner calls the half that has a shape. */
  readonly provider: string;
  /** How the id begins. */
  readonly id: RegExp;
  /** The half without a shape: its alphabet and length, whole. */
  readonly secret: RegExp;
  readonly what: string;
}

/** Providers whose key is an id with a shape and a secret without one, which alone could be anything. */
const forms: readonly PairForm[] = [
  {
    provider: 'AWS',
    id: /^(?:AKIA|ASIA)/,
    secret: /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/g,
    what: 'secret access key, beside its id',
  },
  {
    provider: 'Alibaba Cloud',
    id: /^LTAI/,
    secret: /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9]{30}(?![A-Za-z0-9+/=_-])/g,
    what: 'access key secret, beside its id',
  },
  {
    provider: 'Tencent Cloud',
    id: /^AKID/,
    secret: /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9]{32}(?![A-Za-z0-9+/=_-])/g,
    what: 'secret key, beside its id',
  },
  {
    provider: 'Twilio',
    id: /^(?:AC|SK)[0-9a-f]{32}$/,
    secret: /(?<![A-Za-z0-9+/=_-])(?:[0-9a-f]{32}|[A-Za-z0-9]{32})(?![A-Za-z0-9+/=_-])/g,
    what: 'auth token, beside its id',
  },
];
/** A pair is written on one line or on neighbouring ones. */
const reach = 2;
const maxLine = 2_000;

/** A secret half, the offset of its line in the text, and the line's number. */
export interface PairedSecret {
  readonly candidate: Candidate;
  readonly number: number;
  readonly start: number;
}

/**
 * Finds the other half of a cloud credential near its id.
 *
 * @param id a token that was found
 * @param at the line it was found on: its number and its offset in the text
 */
export function* secretsBeside(
  text: string,
  { provider, value }: Candidate,
  at: { readonly number: number; readonly start: number },
): Iterable<PairedSecret> {
  const form = forms.find((one) => one.provider === provider && one.id.test(value));
  if (!form) return;
  for (const { line, start, number } of linesAround(text, at)) {
    for (const [found] of line.matchAll(form.secret)) {
      if (found === value || !isRandom(found) || /^[0-9a-f]{40}$/i.test(found)) continue;
      yield {
        number,
        start,
        candidate: { rule: 'provider-token', what: form.what, provider: form.provider, value: found, confidence: 0.9 },
      };
    }
  }
}

function* linesAround(text: string, { number, start }: { readonly number: number; readonly start: number }) {
  let from = start;
  let first = number;
  while (first > number - reach && from > 0) {
    from = text.lastIndexOf('\n', from - 2) + 1;
    first--;
  }
  for (let at = first; at <= number + reach && from <= text.length; at++) {
    const end = text.indexOf('\n', from);
    const stop = end < 0 ? text.length : end;
    yield { line: text.slice(from, Math.min(stop, from + maxLine)), start: from, number: at };
    from = stop + 1;
  }
}
