/** Past a quarter of an hour nobody waits for an answer any more. Seconds. */
export const longestAnswer = 900;
/** Longer than most systems wait for a connection: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_connect_timeout Seconds. */
export const longestConnect = 75;
/** Paths on which a connection is meant to stay open, or an answer to take its time. */
export const longLived =
  /ws|socket|stream|events?|sse|hub|live|notif|subscri|graphql|tunnel|terminal|console|upload|download|export|import|backup|registry|\bv2\b|git|file|media|chat/i;

/** A duration of so many seconds, in words. */
export function wordsFor(seconds: number): string {
  if (seconds >= 7_200) return `${Math.round(seconds / 3_600)} hours`;
  return seconds >= 120 ? `${Math.round(seconds / 60)} minutes` : `${seconds} seconds`;
}
