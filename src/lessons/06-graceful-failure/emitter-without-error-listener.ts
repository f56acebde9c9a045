import { defineRule } from '../define-rule.ts';

const when = {
  pool: 'an idle connection that breaks emits `error` on the pool',
  client: 'a lost connection emits `error` on the client',
  socket: 'a peer that resets the connection, or sends nonsense, emits `error` on the socket',
  process: 'a program that cannot be started emits `error` on the child',
  thread: 'what the thread throws and does not catch is thrown here',
  request: 'a connection that is refused or lost emits `error` on the request',
  broker: 'a lost connection emits `error`',
} as const;

/** Emitters whose `error` event nobody hears. */
export const emitterWithoutErrorListener = defineRule({
  id: 'emitter-without-error-listener',
  lesson: 6,
  severity: 'warning',
  summary:
    'Nobody listens to `error` here, and Node ends the process for it: add a listener that logs, and decide what follows.',
  why: 'An `error` event without a listener is thrown, outside of every `try` and every request, and ends the process. A database that restarts, a client that closes its laptop, a program that is not installed: each then takes down all requests of the pod, and takes the next pod down after it.',
  fix: 'Add `.on("error", (err) => log.error({ err }, "…"))` beside the construction. Pools and clients that reconnect by themselves need no more than that; answer or close where somebody waits for a socket, a request or a child.',
  examples: {
    bad: [
      {
        path: 'src/render.ts',
        code: `
  import { Worker } from 'node:worker_threads';
  export function render(page: string, done: (html: string) => void) {
>   const thread = new Worker('./render-page.js', { workerData: page });
    thread.on('message', done);
  }`,
      },
      {
        path: 'src/database.ts',
        code: `
  import { Pool } from 'pg';
> export const pool = new Pool({ connectionString: process.env.DATABASE_URL });`,
      },
      {
        path: 'src/cache.js',
        code: `
  const { createClient } = require('redis');
> const client = createClient({ url: process.env.REDIS_URL });
  client.on('ready', () => console.log('cache is ready'));
  module.exports = { get: (key) => client.get(key) };`,
      },
      {
        path: 'src/live.ts',
        code: `
  import { WebSocketServer } from 'ws';
  const server = new WebSocketServer({ port: 8080 });
> server.on('connection', (socket) => {
    socket.on('message', (text) => socket.send(text));
  });`,
      },
      {
        path: 'src/thumbnails.ts',
        code: `
  import { spawn } from 'node:child_process';
  export function thumbnail(from: string, to: string, done: (code: number | null) => void) {
>   const child = spawn('ffmpeg', ['-i', from, '-frames:v', '1', to]);
    child.on('close', done);
  }`,
      },
      {
        path: 'src/ping.js',
        code: `
  const https = require('https');
  exports.ping = (done) => {
>   https.get('https://api.example.com/ping', { signal: AbortSignal.timeout(1000) }, (answer) => {
      done(answer.statusCode);
    });
  };`,
      },
      {
        path: 'src/bus.ts',
        code: `
  import amqp from 'amqplib';
  export async function publish(message: Buffer) {
>   const connection = await amqp.connect(process.env.BROKER_URL ?? '');
    const channel = await connection.createChannel();
    channel.sendToQueue('events', message);
  }`,
      },
    ],
    good: [
      {
        path: 'src/database.ts',
        code: `
  import { Pool } from 'pg';
  import { spawn } from 'node:child_process';
  export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  pool.on('error', (err) => log.error({ err }, 'idle client lost'));
  export const convert = (file: string) => spawn('convert', [file]);
  export function ping(done: (error?: Error) => void) {
    spawn('ping', ['-c', '1', 'db']).on('error', done).on('close', () => done());
  }`,
      },
      {
        path: 'src/live.ts',
        code: `
  import Redis from 'ioredis';
  import { WebSocketServer } from 'ws';
  const server = new WebSocketServer({ port: 8080 });
  server.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    socket.on('message', (text) => socket.send(text));
  });
  export const cache = new Redis();`,
      },
      {
        path: 'src/bus.ts',
        code: `
  import amqp from 'amqplib';
  import { once } from 'node:events';
  import { spawn } from 'node:child_process';
  export class Bus {
    private connection?: amqp.ChannelModel;
    async open() {
      this.connection = await amqp.connect(process.env.BROKER_URL ?? '');
      this.connection.on('error', (err) => log.error({ err }, 'broker lost'));
      const child = spawn('wait-for', ['broker']);
      await once(child, 'close');
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, of, line, endLine, explained } of code.emitters)
      if (!explained) yield { line, endLine, because: `\`${of}\` has no listener in this file: ${when[kind]}.` };
  },
});
