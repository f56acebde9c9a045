import type { IncomingMessage } from 'node:http';
import type { Metrics } from './metrics.ts';
import { json, type Reply } from './reply.ts';
import type { Route } from './server.ts';

/** A delivery as it came in; whether it is genuine is `receive`'s to find out. */
interface Delivery {
  readonly id: string;
  readonly name: string;
  /** The body, byte for byte: the signature is over it. */
  readonly payload: string;
  readonly signature: string;
}

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WebhookOptions {
  /** Verifies the signature and stores what has to be done. Rejects otherwise. */
  receive(delivery: Delivery): Promise<void>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** GitHub gives up after ten seconds. Default 8000. */
  readonly answerWithinMs?: number;
}

/** GitHub sends no payload over 25 MB. */
const maxBytes = 25 * 1024 * 1024;

/**
 * `POST /api/github/webhooks`. Answers 200 only when the work is stored. When that takes too long it answers 503: GitHub then
 * counts the delivery as failed, and the sweep asks for it again. (An early 202, as webhook libraries give, would be
 * a success in GitHub's eyes, and a delivery lost after it would never be found.)
 */
export function webhookRoute(options: WebhookOptions): Route {
  return {
    method: 'POST',
    path: '/api/github/webhooks',
    async handle(request) {
      const started = performance.now();
      const reply = await accept(request, options);
      const event = knownEvent(request.headers['x-github-event']);
      const seconds = (performance.now() - started) / 1000;
      options.metrics.webhook(event, reply.status, seconds);
      const fields = {
        event,
        delivery: header(request, 'x-github-delivery').slice(0, 64),
        status: reply.status,
        seconds,
      };
      if (reply.status === 200) options.log.info(fields, 'webhook stored');
      else options.log.warn(fields, 'webhook refused');
      return reply;
    },
  };
}

async function accept(request: IncomingMessage, options: WebhookOptions): Promise<Reply> {
  if (!/^application\/json\s*(;|$)/i.test(header(request, 'content-type'))) {
    return json(415, { error: 'the content type must be application/json' });
  }
  const delivery = {
    id: header(request, 'x-github-delivery'),
    name: header(request, 'x-github-event'),
    signature: header(request, 'x-hub-signature-256'),
  };
  if (!delivery.id || !delivery.name || !delivery.signature) {
    return json(400, { error: 'x-github-delivery, x-github-event and x-hub-signature-256 are needed' });
  }
  const payload = await readBody(request);
  if (payload === undefined) return json(413, { error: 'the payload is larger than 25 MB' });

  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), options.answerWithinMs ?? 8000);
  });
  try {
    const outcome = await Promise.race([options.receive({ ...delivery, payload }), late]);
    return outcome === 'late'
      ? json(503, { error: 'the delivery could not be stored in time' })
      : json(200, { ok: true });
  } catch (error) {
    if (isRefused(error)) return json(400, { error: 'the signature does not fit the payload and the secret' });
    options.log.error({ err: error, event: knownEvent(delivery.name) }, 'webhook could not be stored');
    return json(500, { error: 'the delivery could not be stored' });
  } finally {
    clearTimeout(timer);
  }
}

/** Octokit's webhooks reject with an AggregateError; a wrong signature or a body that is no JSON carries status 400. */
function isRefused(error: unknown): boolean {
  const errors = error instanceof AggregateError ? error.errors : [error];
  return errors.some((one: { status?: unknown }) => one?.status === 400);
}

/** Reads the whole body; undefined when it is too large. Leaves the connection open, so that the answer still gets out. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

const events = new Set([
  'check_run',
  'check_suite',
  'installation',
  'installation_repositories',
  'issue_comment',
  'merge_group',
  'ping',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
  'push',
]);

/** A label of the metrics must not be whatever a stranger puts into a header. */
function knownEvent(name: unknown): string {
  return typeof name === 'string' && events.has(name) ? name : 'other';
}
