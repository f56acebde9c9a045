import type { Limits } from './limits.ts';
import { Refusal, tooFast } from './refusal.ts';
import type { World } from './world.ts';

export interface Rates {
  /** Counts a request of an installation; throws GitHub's refusal when it is one too many. Gives the headers of the answer. */
  count(
    installation: number,
    cost: { readonly resource: 'core' | 'graphql'; readonly points: number; readonly creates: boolean },
  ): Record<string, string>;
  /** What `GET /rate_limit` says; asking is free. */
  state(
    installation: number,
  ): Record<'core' | 'graphql', { limit: number; used: number; remaining: number; reset: number }>;
}

interface Budget {
  hourStart: number;
  used: Record<'core' | 'graphql', number>;
  points: [at: number, points: number][];
  content: number[];
}

const minute = 60_000;
const hour = 60 * minute;

/** The primary and the secondary rate limits, an account an installation. */
export function createRates(world: World): Rates {
  const budgets = new Map<number, Budget>();

  function budgetOf(installation: number): Budget {
    const now = world.now();
    const known = budgets.get(installation);
    if (known && now < known.hourStart + hour) return known;
    const budget: Budget = { hourStart: now, used: { core: 0, graphql: 0 }, points: [], content: known?.content ?? [] };
    budgets.set(installation, budget);
    return budget;
  }

  return {
    count(installation, { resource, points, creates }) {
      const budget = budgetOf(installation);
      const now = world.now();
      const { limits } = world;
      const exhausted = budget.used[resource] >= limits.requestsPerHour;
      if (!exhausted) budget.used[resource] += 1;
      const headers = {
        'x-ratelimit-limit': String(limits.requestsPerHour),
        'x-ratelimit-used': String(budget.used[resource]),
        'x-ratelimit-remaining': String(limits.requestsPerHour - budget.used[resource]),
        'x-ratelimit-reset': String(Math.ceil((budget.hourStart + hour) / 1000)),
        'x-ratelimit-resource': resource,
      };
      if (exhausted) {
        throw new Refusal(403, { message: `API rate limit exceeded for installation ID ${installation}.` }, headers);
      }
      if (isTooFast(budget, limits, now, points, creates)) throw tooFast(headers);
      return headers;
    },
    state(installation) {
      const budget = budgetOf(installation);
      const { requestsPerHour: limit } = world.limits;
      const reset = Math.ceil((budget.hourStart + hour) / 1000);
      const of = (used: number) => ({ limit, used, remaining: limit - used, reset });
      return { core: of(budget.used.core), graphql: of(budget.used.graphql) };
    },
  };
}

function isTooFast(budget: Budget, limits: Limits, now: number, points: number, creates: boolean): boolean {
  budget.points = budget.points.filter(([at]) => at > now - minute);
  budget.content = budget.content.filter((at) => at > now - hour);
  const spent = budget.points.reduce((sum, [, cost]) => sum + cost, 0);
  if (spent + points > limits.pointsPerMinute) return true;
  budget.points.push([now, points]);
  if (!creates) return false;
  if (budget.content.length >= limits.contentPerHour) return true;
  if (budget.content.filter((at) => at > now - minute).length >= limits.contentPerMinute) return true;
  budget.content.push(now);
  return false;
}
