import type { Logger } from 'pino';
import { startApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { diagnoseApp } from './doctor.ts';
import { createGitHub } from './github/octokit.ts';
import { FolderLockedError } from './jobs/folder-lock.ts';
import { createLog } from './log.ts';
import { type RunningServer, startServer } from './server.ts';

/** Past the drain, everything must be closed within so many milliseconds. */
const closeWithin = 15_000;

function endWith(message: string): never {
  process.stderr.write(`\n${message.trimEnd()}\n\n`);
  // hindsight-ignore-next-line process-exit -- the entry point, before anything is served
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  let server: RunningServer | undefined;
  let asked = false;

  const stop = (signal: NodeJS.Signals) => {
    if (asked) return;
    asked = true;
    log.info({ signal, drainSeconds: config.drainSeconds }, 'stopping');
    setTimeout(
      () => {
        log.error({}, 'stopping took too long');
        process.exit(1);
      },
      config.drainSeconds * 1000 + closeWithin,
    ).unref();
    // Asked while starting: `starting` below goes on to the end, then stops.
    starting
      .then(() => server?.stop())
      .then(
        () => {
          log.info({}, 'stopped');
          process.exit(0);
        },
        () => process.exit(1),
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // After either, nothing can be said about the state of the process. The jobs it was running are taken up again.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    process.exit(1);
  });
  process.on('unhandledRejection', (reason) => {
    log.fatal({ err: reason }, 'unhandled rejection');
    process.exit(1);
  });

  const starting = startServer(config, log, startApp);
  server = await starting;
  await audit(config, log);
}

/** Says in the log what the living App lacks of app.yml: the usual reason why an event never comes. */
async function audit(config: Config, log: Logger): Promise<void> {
  const { app } = createGitHub({ appId: config.appId, privateKey: config.privateKey, apiUrl: config.apiUrl });
  for (const { ok, what, todo } of await diagnoseApp(app, config)) {
    if (!ok) log.warn({ what, todo }, 'the GitHub App needs attention');
  }
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError || error instanceof FolderLockedError) endWith(error.message);
  const code = (error as { code?: unknown })?.code;
  if (code === 'EADDRINUSE') endWith('The port is already in use. Set PORT to another one.');
  if (code === 'ECONNREFUSED') endWith('The database does not answer. Is DATABASE_URL right, and is the server up?');
  endWith(error instanceof Error ? (error.stack ?? error.message) : String(error));
});
