import { createRequire } from 'node:module';
import type { TSESTree } from '@typescript-eslint/typescript-estree';

/** Native, and so absent where there is no build for the platform: then the other parser reads all. */
const oxc = await import('oxc-parser').catch(() => undefined);
const require = createRequire(import.meta.url);

export type Node = TSESTree.Node;
export type Program = TSESTree.Program;
export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;

const javascript = /\.[cm]?[jt]sx?$/i;
/** Past this a file is generated or data; GitHub itself cuts what it shows at about half of it. */
export const maxSourceLength = 1_000_000;

/** Whether a path names JavaScript or TypeScript. Declaration files hold no code. */
export function isJavaScript(path: string): boolean {
  return javascript.test(path) && !/\.d\.[cm]?ts$/i.test(path);
}

/**
 * Parses JavaScript or TypeScript, JSX by the file's ending (in `.ts` `<T>x` is a cast). Nodes have a `range`; a `loc` is given
 * to them by plantTree. Comments: see commentsOf.
 *
 * What oxc reads without a word it reads in half of typescript-estree's time and into the same tree. All else is left to
 * the latter, which mends what can be mended: a loose `return`, `await` or `with`.
 *
 * @throws TSError with the place of a syntax error; FlowTypes where the file says that these are what stopped it;
 *   RangeError when the text is too long to be source
 */
export function parseSource(path: string, text: string): Program {
  if (text.length > maxSourceLength) throw new RangeError('too long to be source');
  const jsx = !/\.[cm]?ts$/i.test(path);
  const read = oxc?.parseSync(jsx ? 'file.tsx' : 'file.ts', text, {
    astType: 'ts',
    range: true,
    preserveParens: false,
  });
  if (read?.errors.length === 0) return read.program as unknown as Program;
  try {
    return parseLeniently(text, jsx);
  } catch (error) {
    // The pragma stands in the first comment of the file (Flow's documentation).
    if (/\.[cm]?jsx?$/i.test(path) && /@flow\b/.test(text.slice(0, 2_000))) throw new FlowTypes({ cause: error });
    throw error;
  }
}

function parseLeniently(text: string, jsx: boolean): Program {
  // Loaded when first needed: it brings the whole TypeScript compiler.
  const {
    parse,
  }: typeof import('@typescript-eslint/typescript-estree') = require('@typescript-eslint/typescript-estree');
  return parse(text, {
    range: true,
    loc: true,
    allowInvalidAST: true,
    suppressDeprecatedPropertyWarnings: true,
    errorOnUnknownASTType: false,
    jsx,
  });
}

/** JavaScript with type annotations of Flow, which no parser here reads. Its name is what the check's summary says. */
class FlowTypes extends Error {
  override readonly name = 'Flow types are not read';

  constructor(options: ErrorOptions) {
    super('Flow types', options);
  }
}
