import type { Problem } from '../sql.ts';
import { longestAnswer, longestConnect, longLived, wordsFor } from './durations.ts';
import { type Directive, parseNginx } from './nginx-tree.ts';

const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};
const waits = new Set([
  'proxy_read_timeout',
  'proxy_send_timeout',
  'fastcgi_read_timeout',
  'uwsgi_read_timeout',
  'client_header_timeout',
  'client_body_timeout',
  'send_timeout',
]);
const connects = new Set(['proxy_connect_timeout', 'fastcgi_connect_timeout', 'uwsgi_connect_timeout']);
interface Surroundings {
  /** Of the location or the server around: connections that stay open for a reason. */
  readonly streams: boolean;
}

/**
 * Timeouts of a proxy that are none, and repeats that are no repeats.
 *
 * @throws SyntaxError when the text is not nginx's language
 */
export function nginxProblems(text: string): Problem[] {
  const problems: Problem[] = [];
  walk(parseNginx(text), { streams: false }, problems);
  return problems;
}

function walk(directives: readonly Directive[], around: Surroundings, problems: Problem[]): void {
  const streams = around.streams || directives.some(staysOpen);
  for (const directive of directives) {
    const { name, args, block, line } = directive;
    if (block) {
      const named = name === 'location' && longLived.test(args.join(' '));
      // The stream and mail modules carry connections, not requests.
      if (name !== 'stream' && name !== 'mail') walk(block, { streams: streams || named }, problems);
      continue;
    }
    const place = { line, endLine: line };
    const seconds = secondsOf(args[0] ?? '');
    if (waits.has(name) && !streams && seconds !== undefined && seconds > longestAnswer)
      problems.push({
        ...place,
        rule: 'proxy-waits-too-long',
        because: `\`${name}\` is ${wordsFor(seconds)}.`,
      });
    if (connects.has(name) && seconds !== undefined && seconds > longestConnect)
      problems.push({
        ...place,
        rule: 'proxy-waits-too-long',
        because: `\`${name}\` is ${wordsFor(seconds)}: that a host does not answer is known after a few seconds.`,
      });
    if (/^(?:proxy|fastcgi|uwsgi|grpc)_next_upstream$/.test(name) && args.includes('non_idempotent'))
      problems.push({
        ...place,
        rule: 'proxy-repeats-writes',
        because: `\`non_idempotent\` sends a POST that failed half-way to the next server.`,
      });
  }
}

/** A WebSocket or an event stream. */
function staysOpen({ name, args }: Directive): boolean {
  if (name === 'proxy_set_header') return /^upgrade$/i.test(args[0] ?? '');
  return (name === 'proxy_buffering' || name === 'proxy_cache') && args[0] === 'off';
}

/** nginx's notation: `90`, `90s`, `1h30m`, `500ms`. */
function secondsOf(text: string): number | undefined {
  if (!/^(?:\d{1,9}(?:ms|[smhdwMy])?){1,6}$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d{1,9})(ms|[smhdwMy])?/g))
    seconds += Number(count) * (units[unit ?? 's'] ?? 1);
  return seconds;
}
