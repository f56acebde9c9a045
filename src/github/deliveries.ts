import type { Octokit } from '@octokit/rest';
import { statusOf } from './errors.ts';

/** GitHub redelivers what is up to three days old. */
const windowMs = 3 * 24 * 3_600_000;
const maxPages = 5;
/** A delivery this young may still be under way. */
const youngMs = 30_000;
/** What fails so often fails for a reason that a further attempt does not remove. */
const maxAttempts = 4;
const maxRedeliveries = 30;

/**
 * Asks GitHub to deliver again what never arrived. A delivery and its redeliveries share a GUID: it is lost when none of
 * them was answered with success.
 *
 * @param app client that speaks as the app
 * @returns how many were asked for
 */
export async function redeliverLost(app: Octokit, now = Date.now()): Promise<number> {
  const byGuid = new Map<string, { id: number; ok: boolean; attempts: number; latest: number }>();
  let pages = 0;
  const iterator = app.paginate.iterator(app.rest.apps.listWebhookDeliveries, { per_page: 100 });
  for await (const { data } of iterator) {
    for (const delivery of data) {
      const at = Date.parse(delivery.delivered_at);
      const known = byGuid.get(delivery.guid);
      const ok = delivery.status_code >= 200 && delivery.status_code < 300;
      byGuid.set(delivery.guid, {
        id: known?.id ?? delivery.id,
        ok: ok || (known?.ok ?? false),
        attempts: (known?.attempts ?? 0) + 1,
        latest: Math.max(at, known?.latest ?? 0),
      });
    }
    const oldest = data.at(-1);
    if (++pages >= maxPages || !oldest || Date.parse(oldest.delivered_at) < now - windowMs) break;
  }
  const lost = [...byGuid.values()].filter(
    ({ ok, attempts, latest }) => !ok && attempts < maxAttempts && latest < now - youngMs && latest > now - windowMs,
  );
  let asked = 0;
  for (const { id } of lost.slice(0, maxRedeliveries)) if (await redeliver(app, id)) asked++;
  return asked;
}

/** One that GitHub refuses must not be in the way of the others. */
async function redeliver(app: Octokit, id: number): Promise<boolean> {
  try {
    await app.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status !== 400 && status !== 404 && status !== 422) throw error;
    return false;
  }
}
