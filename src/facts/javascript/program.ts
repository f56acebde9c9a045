import type { CodeFacts } from '../code.ts';
import { isFunction } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

/** What kind of program a file is part of, as far as the file says. */
export function programOf(
  source: Source,
): Pick<CodeFacts, 'browser' | 'hasLogger' | 'terminal' | 'makesApp' | 'limitsRate'> {
  const { text } = source.tree;
  const makesApp = /\b(?:express|[Ff]astify|new Koa|new Hono|restify\.createServer)\s*\(/.test(text);
  return {
    browser: isForBrowsers(source),
    hasLogger: hasLogger(source),
    terminal: !makesApp && isTerminal(source),
    makesApp,
    limitsRate: /rate-?limit|limiter|throttl|slow-?down|brute/i.test(text),
  };
}

/** A logger that is called, imported or injected in this file, or is among the dependencies. */
function hasLogger(source: Source): CodeFacts['hasLogger'] {
  const { text } = source.tree;
  const called =
    /\b(?:logger|log|Logger|LOG)\.(?:info|warn|error|debug|log|verbose|trace|fatal)\(|\b(?:app|req|request|fastify|server)\.log\b/.test(
      text,
    );
  if (called || /from\s+['"][^'"\n]{0,80}(?:logger|pino|winston|bunyan|log4js|tslog)['"]/i.test(text)) return 'yes';
  const installed = Object.keys(source.packages.all).some((name) =>
    /^(?:pino|winston|bunyan|log4js|tslog|signale|nestjs-pino|loglevel|consola)$/.test(name),
  );
  if (installed) return 'installed';
  const alone =
    source.tree.of('ImportDeclaration').length === 0 &&
    source.tree.named('require').length === 0 &&
    source.tree.named('exports').length === 0;
  return !source.packages.known && alone && source.tree.of('ExportNamedDeclaration').length === 0 ? 'none' : 'no';
}

/** A shebang, a library for commands and questions, arguments that are read, or a file that only runs: one call, and nothing to import. */
function isTerminal({ tree }: Source): boolean {
  const { text } = tree;
  if (text.startsWith('#!') || /\bprocess\.argv\b/.test(text)) return true;
  if (
    /['"](?:yargs|commander|meow|cac|inquirer|enquirer|prompts|ora|@oclif\/core|optparse|minimist|@clack\/prompts)(?:\/\w+)?['"]/.test(
      text,
    )
  )
    return true;
  const exported = /^[ \t]{0,40}export\b|\bexports\b/m.test(text);
  return (
    !exported &&
    tree.program.body.some((statement) => statement.type === 'ExpressionStatement' && runsItself(statement.expression))
  );
}

/** `(async () => { … })();` that holds the whole program. */
function runsItself(expression: Node): boolean {
  const at = expression.type === 'UnaryExpression' ? expression.argument : expression;
  if (at.type !== 'CallExpression') return false;
  const callee =
    at.callee.type === 'MemberExpression' && at.callee.object.type === 'CallExpression'
      ? at.callee.object.callee
      : at.callee;
  return isFunction(callee) && callee.async;
}

function isForBrowsers(source: Source): boolean {
  return (
    source.tree.program.body.some(
      (statement) =>
        statement.type === 'ExpressionStatement' &&
        statement.expression.type === 'Literal' &&
        statement.expression.value === 'use client',
    ) ||
    isForJQuery(source) ||
    isForPages(source) ||
    keepsState(source) ||
    isOfPages(source)
  );
}

/** Sources of the pages that a browser shows, by their folder or by what they keep there; nothing of Node is imported. */
function isOfPages({ tree: { path, text } }: Source): boolean {
  if (
    /['"](?:node:\w+|fs|path|http|https|crypto|express|fastify|koa|puppeteer\S*|playwright\S*|jsdom|electron)['"]/.test(
      text,
    )
  )
    return false;
  return (
    /(?:^|\/)(?:admin|frontend|front-end|web-?app|web-?ui|ui|dashboard|spa)\/src\//i.test(path) ||
    /\blocalStorage\.(?:get|set|remove)Item\(/.test(text)
  );
}

/** A component of React that has a state, or effects: nothing that a server renders has one. */
function keepsState({ tree: { text } }: Source): boolean {
  return (
    /\bfrom\s*['"](?:react|preact\/hooks)['"]|\brequire\(['"]react['"]\)/.test(text) &&
    /\buse(?:State|Effect|LayoutEffect|Reducer)\)?\s*[(<]|\bthis\.setState\(/.test(text)
  );
}

/** Redux's thunks; and elements that are made or looked for, where nothing is a request, or drives a browser or a model of one. */
function isForPages({ tree: { text } }: Source): boolean {
  if (/\(dispatch, ?getState\)/.test(text)) return true;
  return (
    /\bdocument\.(?:createElement|getElementById|querySelector|querySelectorAll|addEventListener)\(/.test(text) &&
    !/\b(?:req|request|res|response|ctx|page|evaluate|jsdom|JSDOM|cheerio|linkedom|require)\b/.test(text)
  );
}

/** Elements of a page that are asked for again and again, in a file that imports nothing. */
function isForJQuery({ tree }: Source): boolean {
  if (tree.of('ImportDeclaration').length > 0 || tree.named('require').length > 0) return false;
  const calls = [...tree.named('$'), ...tree.named('jQuery')].filter(
    (id) => id.parent.type === 'CallExpression' && id.parent.callee === id,
  );
  return calls.length > 3;
}
