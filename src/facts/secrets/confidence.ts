import { kindOf } from '../../review/paths.ts';
import { isRandom } from './random.ts';
import { isForShow } from './shown.ts';
import { isPipeline, isThrowaway } from './throwaway.ts';
import type { UrlCredential } from './urls.ts';
import { classifyValue } from './value.ts';

/** Where a manual's words stand for the reader's own. */
const manualPage = /\.(?:mdx?|rst|adoc|html?)$/i;

/** How likely a password is real, from what it looks like and where its URL leads. */
export function urlConfidence({ value, local, manual, example }: UrlCredential, path: string): number {
  if ((example && manualPage.test(path)) || (local && isPipeline(path))) return 0.1;
  if (manual) return local || manualPage.test(path) ? 0.1 : 0.55;
  const confidence = passwordConfidence(value);
  if (kindOf(path) === 'test' && !isRandom(value)) return Math.min(confidence, 0.5);
  return local ? Math.min(confidence, 0.55) : confidence;
}

/** How likely the password of a Basic header is real; one that is the user's name, and one of a test, is a line in the check. */
export function basicConfidence(value: string, isUser: boolean, path: string): number {
  if (value.length < 4) return 0;
  return isUser || (kindOf(path) === 'test' && !isRandom(value)) ? 0.5 : 0.8;
}

/** How likely a password is real, from what it looks like. */
export function passwordConfidence(value: string): number {
  const kind = classifyValue(value, 'password');
  if (kind === 'reference' || kind === 'empty' || !/[A-Za-z0-9]/.test(value)) return 0;
  return kind === 'placeholder' || kind === 'identifier' ? 0.5 : 0.85;
}

/** How likely the password of a connection string is real; a word that stands for one is none in a manual. */
export function connectionConfidence(value: string, path: string): number {
  const confidence = passwordConfidence(value);
  return manualPage.test(path) ? Math.max(0, confidence - 0.2) : confidence;
}

/** How likely the password of a command line is real: in a manual, and for a server of this machine, it is a line in the check. */
export function commandConfidence(value: string, path: string, line: string): number {
  if (isThrowaway('', value, path)) return 0.1;
  return isForShow(path) || /\blocalhost\b|127\.0\.0\.1/.test(line) ? 0.5 : 0.7;
}

/** Only its place says that a literal is a password, so it must look like one. */
export function placedConfidence(value: string): number {
  const kind = classifyValue(value, 'password');
  if (/^[a-z]{1,30}$/.test(value)) return 0;
  if (kind === 'random') return 0.85;
  return kind === 'password' || kind === 'weak' || (kind === 'identifier' && /\d/.test(value)) ? 0.7 : 0;
}

/** The call proves that the literal is a key, so `secret` is one too; a reference is not. */
export function signingConfidence(value: string): number {
  const kind = classifyValue(value, '');
  return kind === 'reference' || kind === 'empty' ? 0 : kind === 'random' ? 0.9 : 0.75;
}
