import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { Probot } from 'probot';
import type { Config } from './config.ts';
import type { Database } from './jobs/database.ts';
import type { Queue, QueueOptions } from './jobs/job.ts';
import { openDatabase } from './jobs/open-database.ts';
import { openQueue } from './jobs/queue.ts';
import { readLessonPages } from './lesson-pages.ts';
import { policyJsonSchema } from './review/policy-file.ts';
import { createMetrics, type Metrics } from './web/metrics.ts';
import { operationsRoutes } from './web/operations.ts';
import { pageRoutes } from './web/pages.ts';
import { createWebServer } from './web/server.ts';
import { webhookRoute } from './web/webhook.ts';

/** What the application needs from the server, and gives it. */
export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly queue: Queue;
  readonly log: Logger;
  readonly metrics: Metrics;
}
export type StartApp = (parts: AppParts) => Promise<{ probotApp: (app: Probot) => void; stop(): Promise<void> }>;

export interface RunningServer {
  /** The port it listens on: the one asked for, or the one the system chose when that was 0. */
  readonly port: number;
  /** Stops accepting, lets running jobs end, gives back those that do not, closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts everything: database, queue, application, HTTP. It listens last, when work can be taken; what fails before that
 * closes what was opened.
 *
 * @param patience another wait than the queue's own between attempts at a job: tests have less time
 * @throws {FolderLockedError} when another process uses the data folder
 */
export async function startServer(
  config: Config,
  log: Logger,
  startApp: StartApp,
  patience: Pick<QueueOptions, 'retryDelaySeconds'> = {},
): Promise<RunningServer> {
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of closing.reverse()) {
      await step().catch((error: unknown) => log.error({ err: error }, 'a part could not be closed'));
    }
  };
  try {
    const database = await openDatabase({
      databaseUrl: config.databaseUrl,
      dataDir: config.dataDir,
      onConnectionError: (error) => log.warn({ err: error }, 'database connection lost'),
    });
    closing.push(() => database.close());
    const metrics: Metrics = createMetrics({ jobs: () => queue.counts() });
    const queue = await openQueue(database, {
      ...patience,
      log: log.child({ part: 'jobs' }),
      onAttempt: ({ name, outcome, seconds, waitedSeconds }) => metrics.jobEnded(name, outcome, seconds, waitedSeconds),
    });
    closing.push(() => queue.stop({ drainSeconds: config.drainSeconds }));

    const probot = new Probot({
      appId: config.appId,
      privateKey: config.privateKey,
      secret: config.webhookSecret,
      baseUrl: config.apiUrl,
      log,
    });
    await probot.ready();
    const app = await startApp({ config, database, queue, log, metrics });
    // Closed after the queue: the jobs that it drains need the application.
    closing.splice(-1, 0, () => app.stop());
    await probot.load(app.probotApp);

    let stopping = false;
    const server = createWebServer({
      log: log.child({ part: 'web' }),
      metrics,
      routes: [
        webhookRoute({
          metrics,
          log: log.child({ part: 'webhook' }),
          // Octokit's types want the event's name from a closed list; it verifies before it looks at the name.
          receive: (delivery) => probot.webhooks.verifyAndReceive(delivery as never),
        }),
        ...operationsRoutes({
          metrics,
          metricsToken: config.metricsToken,
          notReady: async () => {
            if (stopping) return ['stopping'];
            const answers = await database.ping(1000).then(
              () => true,
              () => false,
            );
            return [...(answers ? [] : ['database']), ...(queue.healthy() ? [] : ['queue'])];
          },
        }),
        ...pageRoutes(readLessonPages(), policyJsonSchema()),
      ],
    });
    server.listen(config.port, config.host);
    await once(server, 'listening');
    // Pushed last, so closed first: no new webhook, then those under way get their answer.
    closing.push(async () => {
      stopping = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const patience = setTimeout(() => server.closeAllConnections(), 9000);
      await closed;
      clearTimeout(patience);
    });
    const { port } = server.address() as AddressInfo;
    log.info({ host: config.host, port, database: database.kind, url: config.publicUrl }, 'Hindsight is listening');
    return { port, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}
