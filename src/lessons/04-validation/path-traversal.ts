import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

const lesser = /(?:^|\.)(?:exists|access|stat|lstat|join|resolve)(?:Sync)?$/;

/** File names from a request. */
export const pathTraversal = defineRule({
  id: 'path-traversal',
  lesson: 4,
  severity: 'error',
  summary: 'The client chooses a file’s path: keep the name inside a folder of yours before you open it.',
  why: 'Joining paths resolves `..`, so `../../etc/passwd` leaves the folder you meant, and `path.resolve` forgets the base altogether when the second part is absolute. The same holds for names inside an archive, which its author writes. What can be read includes your keys; what can be written includes your code.',
  fix: 'Take `path.basename` of the name, or resolve the path and check that it still starts with the folder and a separator; better, look the file up by an id. `res.sendFile(name, { root })` does the check for you.',
  examples: {
    bad: [
      {
        path: 'src/invoices.js',
        code: `
  import express from 'express';
  import { readFile } from 'node:fs/promises';
  const app = express();
  app.get('/invoices', async (req, res) => {
>   res.send(await readFile(\`/srv/invoices/\${req.query.name}\`));
  });`,
      },
      {
        path: 'src/manuals.ts',
        code: `
  import path from 'node:path';
  export function manual(req, res) {
>   res.sendFile(path.join('/srv/manuals', req.params.file));
  }`,
      },
      {
        path: 'src/export.ts',
        code: `
  import Fastify from 'fastify';
  import fs from 'node:fs';
  const app = Fastify();
  app.get('/export', async (request, reply) => {
>   return reply.send(fs.createReadStream('/srv/exports/' + request.query.file));
  });`,
      },
      {
        path: 'src/unpack.js',
        code: `
  const fs = require('fs');
  const unzipper = require('unzipper');
  module.exports = (archive) =>
    archive.pipe(unzipper.Parse()).on('entry', (entry) => {
>     entry.pipe(fs.createWriteStream('/srv/unpacked/' + entry.path));
    });`,
      },
    ],
    good: [
      {
        path: 'src/invoices.js',
        code: `
  import path from 'node:path';
  import { readFile } from 'node:fs/promises';
  export async function invoice(req, res) {
    res.send(await readFile(path.join('/srv/invoices', path.basename(req.query.name))));
  }`,
      },
      {
        path: 'src/manuals.js',
        code: `
  import path from 'node:path';
  import fs from 'node:fs';
  export function manual(req, res) {
    const file = path.resolve('/srv/manuals', req.params.file);
    if (!file.startsWith('/srv/manuals/')) return res.sendStatus(404);
    fs.createReadStream(file).pipe(res);
  }`,
      },
      {
        path: 'src/storage.js',
        code: `
  import fs from 'node:fs';
  import path from 'node:path';
  export const read = (folder, id) => fs.promises.readFile(path.join(folder, id));`,
      },
    ],
  },
  *check(facts) {
    // To learn whether a file is there, or to put a path together that is opened elsewhere, if at all, is less than to read it.
    yield* flowMatches(facts, ['path'], 'becomes part of the path given to', ({ sink }) =>
      lesser.test(sink) ? 'warning' : undefined,
    );
  },
});
