import type { CodeFacts } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

/** Files and processes that everybody waits for. */
export const syncIoInRequest = defineRule({
  id: 'sync-io-in-request',
  lesson: 1,
  severity: 'warning',
  summary: 'A request reads a file or runs a process synchronously, and all others wait for it: use the promise form.',
  why: 'There is one thread. A read that takes 5 ms from a warm disk takes a second from a busy network volume, and for that second the process answers nobody, health checks included: the orchestrator restarts it, and the rest of the load falls on its neighbours.',
  fix: 'Use `fs.promises` and `execFile` with promises. A file that is the same for every request is read once, at module level.',
  examples: {
    bad: [
      {
        path: 'src/page.ts',
        code: `
  import express from 'express';
  import fs from 'node:fs';
  const app = express();
  app.get('/page', (req, res) => {
>   res.send(fs.readFileSync('page.html'));
  });`,
      },
      {
        path: 'src/version.js',
        code: `
  const Koa = require('koa');
  const Router = require('@koa/router');
  const { execSync } = require('child_process');
  const router = new Router();
  router.get('/version', (ctx) => {
>   ctx.body = execSync('git rev-parse HEAD').toString();
  });`,
      },
      {
        path: 'app/api/terms/route.ts',
        code: `
  import { readFileSync } from 'node:fs';
  export async function GET() {
>   return new Response(readFileSync('terms.md', 'utf8'));
  }`,
      },
      {
        path: 'src/sockets.js',
        code: `
  const { writeFileSync } = require('fs');
  exports.avatarListener = (socket) => {
    socket.on('avatar', (picture, done) => {
>     writeFileSync(pathOf(socket.user), picture);
      done();
    });
  };`,
      },
      {
        path: 'src/services/letters.service.ts',
        code: `
  import fs from 'node:fs';
  export class LettersService {
    async letter(kind: 'offer' | 'reminder') {
>     return fs.readFileSync(pathOf(kind), 'utf8');
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/services/letters.service.ts',
        code: `
  import fs from 'node:fs';
  export class LettersService {
    async loadTemplates() {
      this.offer = fs.readFileSync('offer.html', 'utf8');
    }
    async letter(kind: 'offer' | 'reminder') {
      return fs.promises.readFile(pathOf(kind), 'utf8');
    }
  }`,
      },
      {
        path: 'src/page.ts',
        code: `
  import express from 'express';
  import fs from 'node:fs';
  const page = fs.readFileSync('page.html');
  const app = express();
  let help: string | undefined;
  app.get('/page', (req, res) => res.send(page));
  app.get('/help', (req, res) => {
    help ??= fs.readFileSync('help.html', 'utf8');
    res.send(help);
  });
  app.get('/terms', async (req, res) => res.send(await fs.promises.readFile('terms.md')));`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser || developers.test(file.path)) return;
    const said = new Set<number>();
    for (const { call, sync, scope, what, evidence, fn, line, endLine, explained } of code.slowCalls) {
      if (!sync || explained || evidence === 'name') continue;
      if (what !== 'file-sync' && what !== 'process') continue;
      const asked = scope === 'request';
      if (!asked && (scope !== 'unknown' || brief.test(call) || !isService(code, file.path, fn))) continue;
      // One word for each function is enough where no request is in sight.
      if (!asked && said.has(fn)) continue;
      said.add(fn);
      yield {
        line,
        endLine,
        because: asked
          ? `\`${call}\` runs while a request waits.`
          : `\`${call}\` stands in a service's async function: whoever awaits it holds up everybody else.`,
        ...(brief.test(call) ? { severity: 'notice' as const } : {}),
      };
    }
  },
});

/** An async function of a folder that works for requests, and does not set up what they work with. */
function isService({ terminal, functions }: CodeFacts, path: string, fn: number): boolean {
  const { async, name } = functions[fn] ?? { async: false, name: '' };
  return async && !terminal && services.test(path) && !settingUp.test(name.replace(/^.*\./, ''));
}

const services =
  /(?:^|\/)(?:services?|storage|controllers?|resolvers?|repositories|use-?cases|handlers?)\/|\.(?:service|controller|resolver)\.[cm]?[jt]s$/i;
const settingUp =
  /^_*(?:load|init|config|setup|set_?up|register|install|build|generate|migrate|start|boot|seed|scan|discover|create(?:Server|App)|on(?:Module|Application)|connect|watch|import|export|dump|backup|restore)|^$/i;

/** Answered from what the file system holds in memory: a stop of microseconds, unless the volume is a remote one. */
const brief = /\.(?:exists|access|l?stat|realpath|mkdir|ensureDir|mkdirp|mkdirs|pathExists)Sync$/;

/** Servers that one developer uses. */
const developers = /(?:^|\/)(?:[\w.-]*dev-?server|playground)[^/]*(?:\/|$)/i;
