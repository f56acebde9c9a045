import { defineRule } from '../define-rule.ts';

/** What only grows until the process ends. */
export const unboundedMemory = defineRule({
  id: 'unbounded-memory',
  lesson: 1,
  severity: 'warning',
  summary: 'This lives as long as the process and only grows: give it a size, an age, or an end.',
  why: 'An entry per user, per request or per address is never given back. The process slows down for days while the garbage collector walks over it, and is then killed for its memory, at the busiest hour.',
  fix: 'Use a cache with a maximum and a time to live (`lru-cache`), delete the entry when what it belongs to ends, or keep it in a store that forgets. Add a listener once, or take it away again.',
  examples: {
    bad: [
      {
        path: 'src/profile.ts',
        code: `
  import express from 'express';
  const app = express();
> const profiles = new Map<string, Profile>();
  app.get('/profile/:id', async (req, res) => {
    const known = profiles.get(req.params.id) ?? (await load(req.params.id));
    profiles.set(req.params.id, known);
    res.json(known);
  });
> const places = new Map<string, Place>();
  export async function placeOf(ip: string) {
    if (!places.has(ip)) places.set(ip, await lookUp(ip));
    return places.get(ip);
  }`,
      },
      {
        path: 'src/prices.js',
        code: `
> const priceCache = {};
  exports.price = async (partId) => (priceCache[partId] ??= await ask(partId));`,
      },
      {
        path: 'src/rates.service.ts',
        code: `
  import { Injectable } from '@nestjs/common';
  @Injectable()
  export class RatesService {
>   private readonly cache = new Map<string, Rate>();
    async rateOf(customerId: string) {
      if (!this.cache.has(customerId)) this.cache.set(customerId, await this.ask(customerId));
      return this.cache.get(customerId);
    }
  }`,
      },
      {
        path: 'src/throttle.ts',
        code: `
  import type { FastifyInstance } from 'fastify';
  export async function throttle(app: FastifyInstance) {
>   const hits = new Map<string, number>();
    app.get('/quotes', async (request, reply) => {
      const count = (hits.get(request.ip) ?? 0) + 1;
      hits.set(request.ip, count);
      return count > 100 ? reply.code(429).send() : quotes();
    });
  }`,
      },
      {
        path: 'src/ask.js',
        code: `
  const broker = require('broker');
  exports.ask = (topic) =>
    new Promise((resolve, reject) => {
>     broker.on('error', (error) => reject(error));
      broker.get(topic).then(resolve, reject);
    });`,
      },
      {
        path: 'src/live.ts',
        code: `
  const bus = new EventEmitter();
  const app = express();
  app.get('/live', (req, res) => {
    const send = (text) => res.write(text);
>   bus.on('news', send);
>   setInterval(() => res.write('ping'), 15_000);
  });`,
      },
      {
        path: 'src/chat.ts',
        code: `
  const wss = new WebSocketServer({ port: 8081 });
> const said = [];
  wss.on('connection', (ws) => {
    ws.on('message', (text) => said.push({ text, at: Date.now() }));
  });`,
      },
    ],
    good: [
      {
        path: 'src/profile.ts',
        code: `
  import express from 'express';
  import { LRUCache } from 'lru-cache';
  const app = express();
  const profiles = new LRUCache<string, Profile>({ max: 1000 });
  const open = new Map<string, Promise<Profile>>();
  const handlers = new Map();
  const formatCache = new Map<string, Intl.NumberFormat>();
  export function formatOf(locale: string) {
    if (!formatCache.has(locale)) formatCache.set(locale, new Intl.NumberFormat(locale));
    return formatCache.get(locale);
  }
  export const register = (name, handler) => handlers.set(name, handler);
  app.get('/profile/:id', async (req, res) => {
    const { id } = req.params;
    open.set(id, load(id));
    const profile = await open.get(id);
    open.delete(id);
    profiles.set(id, profile);
    res.json(profile);
  });`,
      },
      {
        path: 'src/live.ts',
        code: `
  import { EventEmitter } from 'node:events';
  const bus = new EventEmitter();
  const app = express();
  setInterval(() => bus.emit('tick'), 60_000);
  app.get('/live', (req, res) => {
    const send = (text) => res.write(text);
    bus.on('news', send);
    const timer = setInterval(() => res.write('ping'), 15_000);
    req.on('close', () => {
      bus.off('news', send);
      clearInterval(timer);
    });
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, of, grownAt, endless, line, endLine, explained } of code.growth) {
      if (explained) continue;
      const because =
        kind === 'timer'
          ? `Each request starts a timer with \`${of}\`, and nobody keeps the handle that would stop it.`
          : kind === 'listener'
            ? `Each call adds a listener with \`${of}\` to something that outlives it, and none is taken away.`
            : `\`${of}\` is written on line ${grownAt}, and nothing in the file takes from it.`;
      yield { line, endLine, because, ...(endless ? {} : { severity: 'notice' as const }) };
    }
  },
});
