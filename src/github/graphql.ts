import type { Octokit } from '@octokit/rest';

interface GraphqlFailure {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: readonly (string | number)[]; readonly message: string }[];
}

/**
 * Asks GraphQL and lets the named top-level fields fail: a repository that is not there is an error to GitHub and an
 * answer to us.
 *
 * @param optional aliases of top-level fields that may be absent
 * @throws the error, when anything else failed
 */
export async function ask<T>(
  octokit: Octokit,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  optional: readonly string[] = [],
): Promise<T> {
  try {
    return await octokit.graphql<T>(query, variables);
  } catch (error) {
    const { data, errors } = error as GraphqlFailure;
    const bearable = errors?.every(({ path }) => optional.includes(String(path?.[0]))) ?? false;
    if (data && errors && errors.length > 0 && bearable) return data as T;
    throw error;
  }
}

/** Variables of a query with many of a kind: their declarations and their values. */
export function numbered(
  prefix: string,
  values: readonly string[],
): { declared: string; values: Record<string, string> } {
  return {
    declared: values.map((_, i) => `, $${prefix}${i}: String!`).join(''),
    values: Object.fromEntries(values.map((value, i) => [`${prefix}${i}`, value])),
  };
}
