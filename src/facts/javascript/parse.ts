import { parse, type TSESTree } from '@typescript-eslint/typescript-estree';

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
 * Parses JavaScript or TypeScript, JSX by the file's ending (in `.ts` `<T>x` is a cast). Comments: see commentsOf.
 *
 * @throws TSError with the place of a syntax error; FlowTypes where the file says that these are what stopped it;
 *   RangeError when the text is too long to be source
 */
export function parseSource(path: string, text: string): Program {
  if (text.length > maxSourceLength) throw new RangeError('too long to be source');
  const options = {
    loc: true,
    range: true,
    allowInvalidAST: true,
    suppressDeprecatedPropertyWarnings: true,
    errorOnUnknownASTType: false,
  } as const;
  try {
    return parse(text, { ...options, jsx: !/\.[cm]?ts$/i.test(path) });
  } catch (error) {
    // The pragma stands in the first comment of the file (Flow's documentation).
    if (/\.[cm]?jsx?$/i.test(path) && /@flow\b/.test(text.slice(0, 2_000))) throw new FlowTypes({ cause: error });
    throw error;
  }
}

/** JavaScript with type annotations of Flow, which no parser here reads. Its name is what the check's summary says. */
class FlowTypes extends Error {
  override readonly name = 'Flow types are not read';

  constructor(options: ErrorOptions) {
    super('Flow types', options);
  }
}
