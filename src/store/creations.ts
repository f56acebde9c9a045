import type { StoreDatabase } from './migrations.ts';

interface Allowed {
  readonly perMinute: number;
  readonly perHour: number;
}

export interface Creations {
  /**
   * Enters a request that creates something on GitHub, when that keeps the installation within what is allowed.
   *
   * @returns 0 when it was entered; else the milliseconds until one may be, and nothing was entered
   */
  take(installation: number, allowed: Allowed): Promise<number>;
}

/** The creating requests of the last hour, counted over all processes that share the database, and over restarts. */
export function creations({ transaction }: StoreDatabase): Creations {
  return {
    take: (installation, { perMinute, perHour }) =>
      transaction(async (query) => {
        // Two processes that count at once would both find room for the last one.
        await query("SELECT pg_advisory_xact_lock(hashtextextended('hindsight.creations', $1))", [installation]);
        await query(
          `DELETE FROM hindsight.creations WHERE installation = $1 AND at < clock_timestamp() - interval '1 hour'`,
          [installation],
        );
        // A window is full while the request that many places back is still in it.
        const [row] = await query<{ wait: number }>(
          `SELECT (1000 * extract(epoch FROM greatest(interval '0',
             (SELECT at FROM hindsight.creations WHERE installation = $1 ORDER BY at DESC OFFSET $2::int - 1 LIMIT 1)
               + interval '1 minute' - clock_timestamp(),
             (SELECT at FROM hindsight.creations WHERE installation = $1 ORDER BY at DESC OFFSET $3::int - 1 LIMIT 1)
               + interval '1 hour' - clock_timestamp())))::float8 AS wait`,
          [installation, perMinute, perHour],
        );
        const wait = row?.wait ?? 0;
        if (wait > 0) return wait;
        await query('INSERT INTO hindsight.creations (installation, at) VALUES ($1, clock_timestamp())', [
          installation,
        ]);
        return 0;
      }),
  };
}
