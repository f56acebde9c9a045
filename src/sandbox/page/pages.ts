import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actions } from '../actions.ts';
import type { World } from '../world.ts';

export function createPages(_world: World, _actions: Actions) {
  return async (_request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.end();
  };
}
