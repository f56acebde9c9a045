/** A page that helps with a finding. The address is ours, never from a pull request: it is shown as a link that works. */
export interface Link {
  readonly words: string;
  /** Absolute, `https:`, without characters that would end a Markdown link. */
  readonly url: string;
}

/** The links as Markdown, each with its words. */
export function markdownLinks(links: readonly Link[] | undefined): string[] {
  return (links ?? []).map(({ words, url }) => `[${words}](${url})`);
}

/** The links where Markdown is not read: `Revoke it: https://…`. */
export function plainLinks(links: readonly Link[] | undefined): string[] {
  return (links ?? []).map(({ words, url }) => `${words}: ${url}`);
}
