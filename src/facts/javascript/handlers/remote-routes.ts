import type { RemoteRoute } from '../../code/functions.ts';
import { constantText } from '../constant-text.ts';
import { importsOf } from '../data-calls/clients.ts';
import { propertyName } from '../nodes.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { chainedPath, frameworkOf, rootOf } from './registered.ts';
import { functionsOf } from './resolve.ts';

const servers = /^(?:express|express-promise-router|@koa\/router|koa-router|fastify|hono)$/;

/** States the routes that change something and whose handler is a function of another file: `router.post('/login', auth.login)`. */
export function readRemoteRoutes(source: Source, placeOf: PlaceOf): readonly RemoteRoute[] {
  return source.tree.of('CallExpression').flatMap((call) => {
    const { callee } = call;
    const verb = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
    if (callee.type !== 'MemberExpression' || !/^(?:post|put|patch|delete)$/.test(verb)) return [];
    const chained = chainedPath(source, callee.object);
    const [first] = call.arguments;
    const path = chained ?? (first && constantText(source.tree, first));
    const last = call.arguments.at(-1);
    if (!path?.startsWith('/') || !last || (chained === undefined && last === first)) return [];
    if (!/^(?:Identifier|MemberExpression|CallExpression)$/.test(last.type) || functionsOf(source, last).length > 0)
      return [];
    const root = rootOf(callee.object);
    const named = root.type === 'Identifier' && /^app$|router$/i.test(root.name) && importsOf(source)(servers);
    const framework = frameworkOf(source, root) ?? (named ? 'unknown' : undefined);
    return framework === undefined ? [] : [{ ...placeOf(call), framework, method: verb.toUpperCase(), path }];
  });
}
