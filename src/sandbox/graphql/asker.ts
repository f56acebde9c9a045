import { nodeId } from '../json/accounts.ts';
import type { Pull, Repository, Token, User } from '../types.ts';
import type { World } from '../world.ts';

/** Who asks: what a node may tell depends on it. */
export interface Asker {
  readonly world: World;
  readonly token: Token;
  /** GitHub's graph goes round in circles; the way back is here, so that the files need not import each other. */
  readonly back: {
    repository(repository: Repository): unknown;
    pull(pull: Pull): unknown;
    /** `sha:path`, a ref or an object id. */
    object(repository: Repository, expression: string): unknown;
  };
}

/** In GraphQL a bot's login comes without `[bot]`, unlike in REST. */
export const actorNode = (user: User) => ({
  __typename: user.type,
  id: nodeId('U', user.id),
  databaseId: user.id,
  login: user.login.replace(/\[bot\]$/, ''),
});
