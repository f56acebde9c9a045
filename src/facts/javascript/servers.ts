import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Server } from '../code.ts';
import { importedTexts } from './imported-texts.ts';
import { isFunction, propertyName, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const frameworks = /^(?:new )?(express|fastify|koa|hono|@hapi\/hapi|@nestjs\/core|https?|polka|restify)\b/;
/** Signals heard, or a library that hears them. */
const endings =
  /SIGTERM|SIGINT|shut_?-?down|graceful|terminus|lightship|stoppable|http-terminator|close-with-grace|exit-hook|death\b|enableShutdownHooks|ApolloServer\b/i;
const catching = /expressMiddleware|graphqlHTTP|trpc|err|exception|sentry|bugsnag|rollbar|boom|fault|failure|problem/i;
const routing = /^(?:get|post|put|patch|delete|all|route|use)$/;

/** States servers that the file starts: whether anything ends them in order, and what becomes of an error in a route. */
export function readServers(source: Source, placeOf: PlaceOf): readonly Server[] {
  const { tree } = source;
  const listening = tree.of('CallExpression').flatMap((call) => {
    const framework = frameworkListening(source, call);
    return framework === undefined ? [] : [{ call, framework }];
  });
  if (listening.length === 0) return [];
  const ends = endings.test(tree.text) || importedTexts(source).some((text) => endings.test(text));
  const bare = appWithoutErrors(source);
  return listening.map(({ call, framework }) => ({
    ...placeOf(call),
    framework,
    ends: ends || isForDevelopment(source, call),
    ...(bare === undefined ? {} : { bareApp: bare }),
  }));
}

/** The framework whose server a call makes listen; undefined for any other call. */
export function frameworkListening(source: Source, call: TSESTree.CallExpression): string | undefined {
  const { text, from } = source.originOf(call.callee);
  if (from === 'import' && text === '@hono/node-server.serve') return 'hono';
  if (call.callee.type !== 'MemberExpression' || propertyName(call.callee) !== 'listen') return undefined;
  return frameworks.exec(text)?.[1];
}

/** `if (process.env.NODE_ENV !== 'production') app.listen(3000)`: the platform starts it otherwise. */
function isForDevelopment(source: Source, call: Node): boolean {
  for (let at: Node | undefined = call.parent; at; at = at.parent)
    if (at.type === 'IfStatement' && /NODE_ENV|VERCEL|LAMBDA|AWS_/.test(source.tree.text.slice(...at.test.range)))
      return true;
  return false;
}

/** Line of the one Express or Koa app that the file makes, gives to nobody, and adds no error middleware to. */
function appWithoutErrors(source: Source): number | undefined {
  const apps = source.tree.of('VariableDeclarator').filter(({ id, init }) => {
    if (id.type !== 'Identifier' || !init) return false;
    return /^(?:express\(\)|new koa)$/.test(source.originOf(init).text);
  });
  const [app, ...more] = apps;
  if (app?.id.type !== 'Identifier' || more.length > 0) return undefined;
  const binding = source.tree.bindingOf(app.id);
  if (!binding) return undefined;
  let routes = 0;
  for (const { parent } of source.tree.referencesOf(binding)) {
    if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
      if (!/^(?:createServer|Server|serverless|serverlessExpress)$/.test(simpleName(parent.callee))) return undefined;
    }
    if (parent.type !== 'MemberExpression') continue;
    const call = parent.parent;
    if (call.type !== 'CallExpression' || call.callee !== parent) continue;
    const name = propertyName(parent) ?? '';
    if (name === 'on' || call.arguments.some((argument) => catches(source, argument))) return undefined;
    if (routing.test(name)) routes++;
  }
  return routes > 0 && !/setupExpressErrorHandler|errorHandler\b/.test(source.tree.text)
    ? app.loc.start.line
    : undefined;
}

/** Error middleware: four parameters, a name that says so, or a first function that catches for all that follow. */
function catches(source: Source, argument: Node): boolean {
  const node = unwrap(argument);
  if (isFunction(node)) {
    if (node.params.length === 4) return true;
    const next = node.params[1];
    return (
      next?.type === 'Identifier' && next.name === 'next' && within(source.tree, 'TryStatement', node.body).length > 0
    );
  }
  if (node.type === 'Identifier') {
    const binding = source.tree.bindingOf(node);
    if (isFunction(binding?.node) && binding.node.params.length === 4) return true;
  }
  return node.type !== 'Literal' && catching.test(source.tree.text.slice(...node.range).slice(0, 200));
}
