import type { Reader } from './reader.ts';

/** Every reader. A new language is one folder and one line here. */
export const readers: readonly Reader[] = [];
