import type { CodeFacts } from '../code.ts';
import type { Source } from './source.ts';

/** What kind of program a file is part of, as far as the file says. */
export function programOf(source: Source): Pick<CodeFacts, 'browser' | 'hasLogger' | 'makesApp' | 'limitsRate'> {
  const { text } = source.tree;
  return {
    browser: isForBrowsers(source),
    hasLogger: hasLogger(source),
    makesApp: /\b(?:express|[Ff]astify|new Koa|new Hono|restify\.createServer)\s*\(/.test(text),
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
  if (installed) return 'yes';
  const alone =
    source.tree.of('ImportDeclaration').length === 0 &&
    source.tree.named('require').length === 0 &&
    source.tree.named('exports').length === 0;
  return !source.packages.known && alone && source.tree.of('ExportNamedDeclaration').length === 0 ? 'none' : 'no';
}

function isForBrowsers(source: Source): boolean {
  return source.tree.program.body.some(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'Literal' &&
      statement.expression.value === 'use client',
  );
}
