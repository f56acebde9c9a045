import { defineRule } from '../define-rule.ts';

/** Callbacks that never look at the error they are told of. */
export const ignoredCallbackError = defineRule({
  id: 'ignored-callback-error',
  lesson: 6,
  severity: 'warning',
  summary: 'This callback is told of an error and never looks at it: handle it first, or pass it on.',
  why: 'With a callback nothing throws: the error is only an argument. Code that goes on without reading it works with results that are not there, and fails a few lines later with a message about `undefined` that names the wrong cause.',
  fix: 'Begin with `if (err) return done(err);`, or use the promise form, where a failure cannot be overlooked.',
  examples: {
    bad: [
      {
        path: 'src/read.js',
        code: `
  import fs from 'node:fs';
  export function size(path, done) {
>   fs.stat(path, (err, stats) => {
      done(stats.size);
    });
  }`,
      },
      {
        path: 'src/find.js',
        code: `
  exports.find = function (db, id, done) {
>   db.get('SELECT id FROM parts WHERE id = ?', id, function (err, row) {
      done(row.id);
    });
  };`,
      },
      {
        path: 'src/after.js',
        code: `
> const after = function (error) {
    console.log('stored');
  };
  module.exports = { after };`,
      },
    ],
    good: [
      {
        path: 'src/read.js',
        code: `
  import fs from 'node:fs';
  export function size(path, done) {
    fs.stat(path, (err, stats) => {
      if (err) return done(err);
      done(null, stats.size);
    });
    fs.unlink(path, (err) => {});
  }`,
      },
      {
        path: 'src/app.js',
        code: `
  module.exports = (app) => {
    app.use((err, req, res, next) => {
      res.sendStatus(500);
    });
    load().catch((err) => {
      retry();
    });
  };`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, line, endLine, of, asked, repair, explained } of code.omissions)
      if (kind === 'callback-error' && !explained)
        yield {
          line,
          endLine,
          because: asked
            ? `Nothing in the function reads \`${of}\`: what could not be read counts as what is not there.`
            : `Nothing in the function reads \`${of}\`.`,
          ...(asked ? { severity: 'notice' as const } : {}),
          ...(repair ? { fix: repair } : {}),
        };
  },
});
