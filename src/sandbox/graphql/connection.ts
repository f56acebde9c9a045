export interface ConnectionArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const cursorOf = (index: number): string => Buffer.from(`cursor:${index}`).toString('base64');
const indexOf = (cursor: string): number => Number(Buffer.from(cursor, 'base64').toString('utf8').slice(7));

/** A page of a list, in the form every connection has. */
export function connection<T, N>(all: readonly T[], page: ConnectionArguments, toNode: (item: T) => N) {
  let from = page.after ? indexOf(page.after) + 1 : 0;
  let to = page.before ? indexOf(page.before) : all.length;
  if (typeof page.first === 'number') to = Math.min(to, from + page.first);
  else if (typeof page.last === 'number') from = Math.max(from, to - page.last);
  const nodes = all.slice(from, to).map(toNode);
  return {
    nodes,
    edges: nodes.map((node, offset) => ({ node, cursor: cursorOf(from + offset) })),
    totalCount: all.length,
    pageInfo: {
      hasNextPage: to < all.length,
      hasPreviousPage: from > 0,
      startCursor: nodes.length > 0 ? cursorOf(from) : null,
      endCursor: nodes.length > 0 ? cursorOf(from + nodes.length - 1) : null,
    },
  };
}
