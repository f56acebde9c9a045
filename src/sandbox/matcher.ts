import type { Route } from './http.ts';

export type Matcher = (method: string, path: string) => { route: Route; params: Record<string, string> } | undefined;

/** Finds the route of a path; names in braces become parameters, those that may hold slashes take them. */
export function createMatcher(routes: readonly Route[]): Matcher {
  const compiled = routes.map((route) => {
    const pattern = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      ['path', 'basehead', 'ref', 'tree_sha'].includes(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
    );
    return { route, pattern: new RegExp(`^${pattern}/?$`) };
  });
  // The longest template wins: `/commits/{ref}/check-runs` before `/commits/{ref}`.
  compiled.sort((a, b) => b.route.path.split('/').length - a.route.path.split('/').length);
  return (method, path) => {
    for (const { route, pattern } of compiled) {
      if (route.method !== method) continue;
      const match = pattern.exec(path);
      if (!match) continue;
      const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { route, params: Object.fromEntries(params) };
    }
    return undefined;
  };
}
