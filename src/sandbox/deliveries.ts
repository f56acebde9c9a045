import { createHmac, randomUUID } from 'node:crypto';
import type { World } from './world.ts';

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  readonly body: string;
  deliveredAt: number;
  durationMs: number;
  /** Words and code as GitHub logs them: `OK` and 200, `failed to connect to host` and 502, `timed out` and 504. */
  status: string;
  statusCode: number;
}

/** What happens to a delivery on its way: nothing is told (`vanish`), it fails (`lose`), it comes twice, it waits. */
type Detour = 'lose' | 'vanish' | 'duplicate' | 'hold';

export interface Deliveries {
  readonly log: readonly Delivery[];
  /** The address that the app has at the moment. */
  target(): string | undefined;
  /** The next `times` (default 1) deliveries of this event take a detour. */
  plan(detour: Detour, which?: { event?: string; action?: string; times?: number }): void;
  /** Sends what was held, in order or newest first. */
  release(order?: 'in-order' | 'reversed'): Promise<void>;
  /** Sends one again, with the same GUID, as the button and the API do. */
  redeliver(id: number): Promise<Delivery>;
  send(event: string, payload: Readonly<Record<string, unknown>>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

const answerWithin = 10_000;
const pending = { status: 'pending', statusCode: 0 };
const unreachable = { status: 'failed to connect to host', statusCode: 502 };
const kept = 5000;

/**
 * Signed webhook deliveries over real HTTP.
 *
 * @param targets asked at each delivery: a restarted server may have moved. Several take turns, as behind a load balancer
 */
export function createDeliveries(world: World, targets: () => readonly string[]): Deliveries {
  const log: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  let held: Delivery[] = [];
  let turn = 0;
  let plans: { detour: Detour; event?: string; action?: string; times: number }[] = [];

  function start(delivery: Delivery): void {
    const sent = post(delivery).finally(() => underWay.delete(sent));
    underWay.add(sent);
  }

  async function post(delivery: Delivery): Promise<void> {
    const urls = targets();
    const url = urls[turn++ % urls.length];
    delivery.deliveredAt = world.now();
    if (url === undefined) {
      Object.assign(delivery, unreachable);
      return;
    }
    const started = Date.now();
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: delivery.body,
        headers: headersOf(world, delivery),
        signal: AbortSignal.timeout(answerWithin),
        redirect: 'manual',
      });
      await response.arrayBuffer();
      delivery.statusCode = response.status;
      delivery.status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`;
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      Object.assign(delivery, timedOut ? { status: 'timed out', statusCode: 504 } : unreachable);
    }
    delivery.durationMs = Date.now() - started;
  }

  function detourOf(delivery: Delivery): Detour | undefined {
    const plan = plans.find(
      ({ event, action, times }) =>
        times > 0 && (event ?? delivery.event) === delivery.event && (action ?? delivery.action) === delivery.action,
    );
    if (!plan) return undefined;
    plan.times -= 1;
    plans = plans.filter(({ times }) => times > 0);
    return plan.detour;
  }

  function keep(delivery: Delivery): Delivery {
    if (log.length >= kept) log.shift();
    log.push(delivery);
    return delivery;
  }

  return {
    log,
    target: () => targets()[0],
    plan(detour, which = {}) {
      plans.push({ times: 1, ...which, detour });
    },
    async release(order = 'in-order') {
      const waiting = held;
      held = [];
      for (const delivery of order === 'in-order' ? waiting : waiting.reverse()) await post(delivery);
    },
    async redeliver(id) {
      const original = log.find((delivery) => delivery.id === id);
      if (!original) throw new Error(`no delivery ${id}`);
      const again = keep({ ...original, id: world.nextId(), redelivery: true, ...pending });
      await post(again);
      return again;
    },
    send(event, payload) {
      const ids = payload as { installation?: { id: number }; repository?: { id: number }; action?: string };
      const delivery: Delivery = {
        id: world.nextId(),
        guid: randomUUID(),
        event,
        action: ids.action ?? null,
        installationId: ids.installation?.id ?? null,
        repositoryId: ids.repository?.id ?? null,
        redelivery: false,
        body: JSON.stringify(payload),
        deliveredAt: world.now(),
        durationMs: 0,
        ...pending,
      };
      const detour = detourOf(delivery);
      if (detour === 'vanish') return;
      keep(delivery);
      if (detour === 'lose') {
        Object.assign(delivery, unreachable);
        return;
      }
      if (detour === 'hold') {
        held.push(delivery);
        return;
      }
      start(delivery);
      if (detour === 'duplicate') start({ ...delivery });
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function headersOf(world: World, { event, guid, body }: Delivery): Record<string, string> {
  const signature = createHmac('sha256', world.app.webhookSecret).update(body).digest('hex');
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/sandbox',
    'x-github-event': event,
    'x-github-delivery': guid,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': String(world.app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-github-enterprise-host': new URL(world.url).host,
    'x-github-enterprise-version': '3.19.0',
    'x-hub-signature-256': `sha256=${signature}`,
  };
}
