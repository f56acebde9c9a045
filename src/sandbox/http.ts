import { type Answer, Refusal } from './refusal.ts';
import type { Level, Permissions, Token } from './types.ts';
import type { World } from './world.ts';

export interface Call {
  readonly method: string;
  /** Below `/api/v3`, decoded parameters apart. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly accept: string;
  // Bodies are validated against GitHub's own description before a handler sees them.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the operation's, and the description has checked it
  readonly body: any;
  readonly token: Token | undefined;
  readonly world: World;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Exactly as in GitHub's description, so that the description can be asked about it. */
  readonly path: string;
  /** `app`: signed by the app itself (a JWT). `installation`: a token of an installation. */
  readonly as: 'app' | 'installation';
  /** One of these is enough; none = any token. */
  readonly needs?: Permissions | readonly Permissions[];
  /** Creates something people are notified of (W6 counts it apart). */
  readonly creates?: true;
  answer(call: Call): Answer | Promise<Answer>;
}

/** Refuses, as GitHub does, what the token's permissions do not cover. */
export function requirePermission(token: Token, needs: Route['needs']): void {
  if (needs === undefined) return;
  const choices: readonly Permissions[] = Array.isArray(needs) ? needs : [needs as Permissions];
  if (choices.some((choice) => Object.entries(choice).every(([name, level]) => holds(token, name, level)))) return;
  const accepted = choices.map((choice) =>
    Object.entries(choice)
      .map(([name, level]) => `${name}=${level}`)
      .join(','),
  );
  throw new Refusal(
    403,
    { message: 'Resource not accessible by integration' },
    { 'x-accepted-github-permissions': accepted.join('; ') },
  );
}

/** Does the token hold this permission at this level or above? `metadata: read` comes with every token. */
function holds(token: Token, name: string, level: Level): boolean {
  if (name === 'metadata') return true;
  const held = token.permissions[name];
  return held === 'write' || (held === 'read' && level === 'read');
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
}

/** One page as GitHub cuts it: 30 by default, 100 at most, with a `Link` header to its neighbours. */
export function paginate<T>(call: Call, all: readonly T[]): Page<T> {
  const size = Math.min(100, Math.max(1, Number(call.query.get('per_page')) || 30));
  const page = Math.max(1, Number(call.query.get('page')) || 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const links: string[] = [];
  const link = (number: number, rel: string): void => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    links.push(`<${call.world.apiUrl}${call.path}?${query}>; rel="${rel}"`);
  };
  if (page > 1) link(Math.min(page - 1, last), 'prev');
  if (page < last) link(page + 1, 'next');
  if (page < last) link(last, 'last');
  if (page > 1) link(1, 'first');
  const items = all.slice((page - 1) * size, page * size);
  return { items, headers: links.length > 0 ? { link: links.join(', ') } : {} };
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  body,
  headers,
});
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };

/** A page of anything, through the function that writes it as JSON. */
export async function listed<T>(
  call: Call,
  all: readonly T[],
  toJson: (item: T) => unknown | Promise<unknown>,
): Promise<Answer> {
  const page = paginate(call, all);
  return ok(await Promise.all(page.items.map(toJson)), page.headers);
}
