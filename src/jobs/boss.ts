import { PgBoss } from 'pg-boss';
import type { Database } from './database.ts';
import type { Log, QueueOptions } from './job.ts';
import { deadLetters, schema } from './job-table.ts';

const day = 86_400;
/** Errors of the queue's own work, with no success after them, count for so long. */
const unhealthyForMs = 15_000;

/** Whether the queue's own work on the database goes well. */
export interface Pulse {
  beat(): void;
  miss(): void;
  healthy(): boolean;
}

/** Starts healthy; unhealthy while the last thing heard was an error, and that lately. */
export function createPulse(): Pulse {
  let lastError = 0;
  let lastSuccess = Date.now();
  return {
    beat() {
      lastSuccess = Date.now();
    },
    miss() {
      lastError = Date.now();
    },
    healthy: () => lastError < lastSuccess || lastError < Date.now() - unhealthyForMs,
  };
}

/** Starts pg-boss, making or migrating its tables; waits about half a minute for a server that is not up yet. */
export async function startBoss(database: Database, log: Log, pulse: Pulse): Promise<PgBoss> {
  const boss = new PgBoss({
    ...database.boss,
    schema,
    useListenNotify: true,
    // Its cron has minutes, `Queue.schedule` has seconds.
    schedule: false,
    registerInstance: false,
    // How soon a lost heartbeat is noticed.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    queueCacheIntervalSeconds: 30,
    warningSlowQuerySeconds: 10,
  });
  boss.on('error', (error) => {
    pulse.miss();
    log.error({ err: error }, 'job queue error');
  });
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'job queue warning'));
  await boss.start({ attempts: database.kind === 'postgres' ? 6 : 1 });
  // Looked at by people, not taken by workers.
  await boss.createQueue(deadLetters, { deleteAfterSeconds: 14 * day, retentionSeconds: 14 * day });
  return boss;
}

/** Makes the queue of one job name, or brings an older version's up to date. */
export async function createJobQueue(boss: PgBoss, name: string, options: QueueOptions): Promise<void> {
  const settings = {
    deadLetter: deadLetters,
    heartbeatSeconds: options.lostAfterSeconds ?? 15,
    retryLimit: options.retryLimit ?? 6,
    retryDelay: options.retryDelaySeconds ?? 2,
    retryBackoff: true,
    retryDelayMax: 600,
    retentionSeconds: 7 * day,
    deleteAfterSeconds: 3 * day,
    notify: true,
  };
  await boss.createQueue(name, { ...settings, policy: 'exclusive', expireInSeconds: 900 });
  // A queue that an older version made keeps its settings otherwise.
  await boss.updateQueue(name, settings);
}
