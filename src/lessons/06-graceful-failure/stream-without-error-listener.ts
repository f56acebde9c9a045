import { defineRule } from '../define-rule.ts';

/** Streams piped on without anybody hearing their errors. */
export const streamWithoutErrorListener = defineRule({
  id: 'stream-without-error-listener',
  lesson: 6,
  severity: 'warning',
  summary: 'Nobody hears an error of this stream: use `pipeline`, or listen for `error` before piping.',
  why: '`pipe` carries data, not errors. A file that is missing, or a client that goes away, emits `error` with no listener, and Node ends the process for it; where it does not, the target is never closed and its descriptor leaks.',
  fix: 'Use `await pipeline(source, target)` from `node:stream/promises`: it hears every stream and closes all of them. Or add `.on("error", …)` to each stream that is piped.',
  examples: {
    bad: [
      {
        path: 'src/download.js',
        code: `
  import fs from 'node:fs';
  export function download(name, res) {
>   fs.createReadStream(name).pipe(res);
  }`,
      },
      {
        path: 'src/report.ts',
        code: `
  import { createReadStream } from 'node:fs';
  export function report(reply, path: string) {
>   const stream = createReadStream(path);
>   stream.pipe(reply);
  }`,
      },
      {
        path: 'src/upload.js',
        code: `
  import fs from 'node:fs';
  export function keep(form, folder) {
    form.on('file', (name, file) => {
>     file.pipe(fs.createWriteStream(folder));
    });
  }`,
      },
    ],
    good: [
      {
        path: 'src/download.js',
        code: `
  import fs from 'node:fs';
  import { pipeline } from 'node:stream/promises';
  export async function download(name, res, next) {
    await pipeline(fs.createReadStream(name), res);
    fs.createReadStream(name).on('error', next).pipe(res);
    const other = fs.createReadStream(name);
    other.once('error', next);
    other.pipe(res);
  }`,
      },
      {
        path: 'src/values.ts',
        code: `
  import { map } from 'rxjs';
  export const doubled = (values$) => values$.pipe(map((value) => value * 2));`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, line, endLine, explained } of code.omissions)
      if (kind === 'error-listener' && !explained)
        yield {
          line,
          endLine,
          because: 'The stream that is piped has no `error` listener in this file, and `pipe` adds none.',
        };
  },
});
