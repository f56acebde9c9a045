import { documentedOperations, isDocumented } from '../../facts/contracts/documented-operations.ts';
import { defineRule } from '../define-rule.ts';

/** Routes that no public contract describes: probes, metrics, internals, callbacks of other services. */
const unpublished =
  /(?:^|\/)(?:health\w*|livez?|readyz?|ping|metrics|internal|webhooks?|hooks|admin|docs|swagger[\w.-]*|openapi[\w.-]*|favicon\.ico|robots\.txt|static|assets)(?:\/|$)/i;
const contract = `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: Done
    post:
      responses:
        '201':
          description: Created
`;
const routes = `import express from 'express';
const app = express();

app.get('/orders', (req, res) => res.json([]));
app.post('/orders', (req, res) => res.status(201).json({}));
`;

export const routeWithoutContract = defineRule({
  id: 'route-without-contract',
  lesson: 10,
  severity: 'warning',
  summary: 'The new route is in no OpenAPI file, where its neighbours are: describe it before somebody builds on it.',
  why: 'A repository that documents its routes is believed. Callers of an undocumented one read its shape off the answers, and no tool tells you when a change breaks them.',
  fix: 'Add the path, its parameters and its responses to the contract in the same pull request.',
  examples: {
    bad: [
      {
        path: 'src/routes.ts',
        context: { 'openapi.yaml': contract },
        before: routes,
        code: `${routes}>app.get('/refunds', (req, res) => res.json([]));\n`,
      },
    ],
    good: [
      {
        path: 'src/routes.ts',
        context: { 'openapi.yaml': contract },
        before: routes,
        code: `${routes}app.get('/healthz', (req, res) => res.json({}));\n`,
      },
      { path: 'src/routes.ts', before: routes, code: `${routes}app.get('/refunds', (req, res) => res.json([]));\n` },
    ],
  },
  *check({ code, file, project }) {
    const handlers = (code?.handlers ?? []).filter(
      ({ path, method }) =>
        path !== 'unknown' &&
        path.startsWith('/') &&
        /^(?:get|put|post|delete|patch)$/i.test(method) &&
        !unpublished.test(path),
    );
    if (handlers.length === 0) return;
    const operations = documentedOperations(project);
    if (operations.length === 0) return;
    const added = new Set(file.added);
    // Only where this file's older routes are documented does the lack of one say something.
    const older = handlers.filter((handler) => !added.has(handler.line));
    const covered = older.filter(({ method, path }) => isDocumented(operations, method, path)).length;
    if (covered < 2 || covered < older.length * 0.6) return;
    for (const { line, method, path } of handlers) {
      if (added.has(line) && !isDocumented(operations, method, path))
        yield {
          line,
          because: `No contract has \`${method.toUpperCase()} ${path.slice(0, 80).replaceAll('`', "'")}\`, and ${covered} of ${older.length} older routes of this file are documented.`,
        };
    }
  },
});
