import type { Octokit } from '@octokit/rest';
import { statusOf } from './errors.ts';

/** GitHub redelivers what is up to three days old. */
const windowMs = 3 * 24 * 3_600_000;
const maxPages = 5;
/** An attempt this young may still be under way, and a second one that failed is given time before the third. */
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
  const byGuid = new Map<string, Attempts>();
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
        failed: delivery.status_code >= 300,
        attempts: (known?.attempts ?? 0) + 1,
        latest: Math.max(at, known?.latest ?? 0),
      });
    }
    const oldest = data.at(-1);
    if (++pages >= maxPages || !oldest || Date.parse(oldest.delivered_at) < now - windowMs) break;
  }
  const lost = [...byGuid.values()].filter((one) => isLost(one, now));
  let asked = 0;
  for (const { id } of lost.slice(0, maxRedeliveries)) if (await redeliver(app, id)) asked++;
  return asked;
}

/** What the log says of a delivery and its redeliveries. */
interface Attempts {
  readonly id: number;
  readonly ok: boolean;
  /** The first attempt has ended, and not well: GitHub logs the answer, or 502 and 504 where there was none. */
  readonly failed: boolean;
  readonly attempts: number;
  readonly latest: number;
}

/** What failed in the moment of a restart is asked for at once: the sweep at start finds it. */
function isLost({ ok, failed, attempts, latest }: Attempts, now: number): boolean {
  if (ok || attempts >= maxAttempts || latest <= now - windowMs) return false;
  return (failed && attempts === 1) || latest < now - youngMs;
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
