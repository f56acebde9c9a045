import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** An HTTP answer as a value. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Headers for every answer: nothing we serve may be framed, sniffed, or run. */
const hardening = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
} as const;

/** A plain answer that no cache keeps. */
export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { ...hardening, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body,
  };
}

/** A JSON answer that no cache keeps. */
export function json(status: number, value: unknown): Reply {
  return text(status, `${JSON.stringify(value)}\n`, { 'content-type': 'application/json; charset=utf-8' });
}

/**
 * A document that changes only with the program: made once, sent with an ETag, answered with 304 to whoever has it.
 */
export function document(contentType: string, body: string, headers: Readonly<Record<string, string>> = {}) {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const all = {
    ...hardening,
    'content-type': contentType,
    'cache-control': 'public, max-age=300',
    etag,
    ...headers,
  };
  return (request: IncomingMessage): Reply => {
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return known?.includes(etag) ? { status: 304, headers: all, body: '' } : { status: 200, headers: all, body };
  };
}
