import type { SchemaFacts } from './schema.ts';

/**
 * What the repository says beyond one file: read from the context files and the changed files together. Every field may
 * be absent or empty: a single file on its own is a project too.
 */
export interface Project {
  /** Dependencies and devDependencies of the package.json nearest above a file, by that file's path; `known` is false without one. */
  packagesOf(path: string): Packages;
  /** All tables and models of the schemas in sight, merged. */
  readonly schema: SchemaFacts;
  /** Text of a file of the change or of the context, at the head. */
  text(path: string): string | undefined;
  /** The same at the base: differs from `text` for changed files only. */
  textBefore(path: string): string | undefined;
  /** True or false where the source could list the tree; undefined where it could not. */
  exists(path: string): boolean | undefined;
  /** Every path in sight: the tree where it is known, else the changed and context files. */
  readonly paths: readonly string[];
}

export interface Packages {
  readonly known: boolean;
  /** Name → version range as written. */
  readonly all: Readonly<Record<string, string>>;
}
