import { type AppSettings, lacking, readManifest } from './app-manifest.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { statusOf } from './github/errors.ts';
import { createGitHub, type GitHub } from './github/octokit.ts';
import { FolderLockedError } from './jobs/folder-lock.ts';
import { openDatabase } from './jobs/open-database.ts';

/** One thing looked at. */
export interface Diagnosis {
  readonly ok: boolean;
  readonly what: string;
  /** What to do, when it is not ok. */
  readonly todo?: string;
}

/** Installations looked at: a page. Each one has the App's permissions of the time when its owner last approved them. */
const maxInstallations = 100;

/** `hindsight doctor`: looks at the configuration, the database, and the App as GitHub knows it. Exit code 1 = something is wrong. */
export async function diagnose(): Promise<number> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const { app } = createGitHub({ appId: config.appId, privateKey: config.privateKey, apiUrl: config.apiUrl });
  const found = [
    { ok: true, what: 'The configuration is complete.' },
    await diagnoseDatabase(config),
    ...(await diagnoseApp(app, config)),
  ];
  for (const { ok, what, todo } of found) {
    process.stdout.write(`${ok ? '✓' : '✗'} ${what}\n${todo ? `    ${todo}\n` : ''}`);
  }
  return found.every(({ ok }) => ok) ? 0 : 1;
}

async function diagnoseDatabase(config: Config): Promise<Diagnosis> {
  try {
    const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
    await database.ping(5000).finally(() => database.close());
    return { ok: true, what: `The database answers (${database.kind}).` };
  } catch (error) {
    // The server holds the folder while it runs, which is what a doctor is called beside.
    if (error instanceof FolderLockedError && error.held) {
      return { ok: true, what: `The data folder ${config.dataDir} is in use by a running Hindsight.` };
    }
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, what: `The database cannot be used: ${reason}`, todo: 'Check DATABASE_URL, or DATA_DIR.' };
  }
}

/**
 * Compares the App as it lives with app.yml: its permissions and events, where its webhooks go, and what each installation
 * has granted. At most four requests.
 */
export async function diagnoseApp(app: GitHub['app'], config: Pick<Config, 'apiUrl'>): Promise<Diagnosis[]> {
  const wanted = readManifest();
  let page: string;
  const found: Diagnosis[] = [];
  try {
    const { data } = await app.rest.apps.getAuthenticated();
    if (!data) throw new Error('GitHub said nothing about the App');
    page = data.html_url;
    found.push({ ok: true, what: `GitHub knows the App "${data.name}".` });
    const missing = lacking(wanted, settingsOf(data));
    const todo = `Change it under ${page} (for an organisation: its settings, Developer settings, GitHub Apps).`;
    if (missing.length === 0) found.push({ ok: true, what: 'The App has the permissions and events of app.yml.' });
    for (const what of missing) found.push({ ok: false, what, todo });
  } catch (error) {
    return [{ ok: false, what: `GitHub did not tell about the App: ${reasonIn(error)}`, todo: todoFor(error, config) }];
  }
  found.push(...(await diagnoseWebhook(app)), ...(await diagnoseInstallations(app, wanted)));
  return found;
}

function todoFor(error: unknown, { apiUrl }: Pick<Config, 'apiUrl'>): string {
  const status = statusOf(error);
  if (status === 401)
    return 'APP_ID and the private key do not belong together, or the clock of this machine is wrong.';
  if (status === 404) return `There is no App of this APP_ID at ${apiUrl}, or that is not the address of its API.`;
  return `Is ${apiUrl} reachable from here? Check GHE_HOST and GHE_PROTOCOL, the firewall, and a proxy's variables.`;
}

/** What went wrong underneath: of a connection that broke, the system's own words, of an answer GitHub's. */
function reasonIn(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < 5 && inner instanceof Error && inner.cause instanceof Error; depth++) inner = inner.cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}

function settingsOf(data: { permissions: object; events: string[] }): AppSettings {
  return { permissions: data.permissions as Record<string, string>, events: data.events };
}

async function diagnoseWebhook(app: GitHub['app']): Promise<Diagnosis[]> {
  try {
    const { data } = await app.rest.apps.getWebhookConfigForApp();
    const path = data.url ? new URL(data.url).pathname : undefined;
    if (path?.replace(/\/$/, '') === '/api/github/webhooks') return [{ ok: true, what: `Webhooks go to ${data.url}.` }];
    return [
      {
        ok: false,
        what: `Webhooks go to ${data.url ?? 'nowhere'}.`,
        todo: 'Set the Webhook URL of the App to https://YOUR-HOST/api/github/webhooks, and tick "Active".',
      },
    ];
  } catch (error) {
    return [{ ok: false, what: `The webhook's settings cannot be read: ${(error as Error).message}` }];
  }
}

async function diagnoseInstallations(app: GitHub['app'], wanted: AppSettings): Promise<Diagnosis[]> {
  try {
    const { data } = await app.rest.apps.listInstallations({ per_page: maxInstallations });
    if (data.length === 0) {
      return [
        {
          ok: false,
          what: 'The App is not installed anywhere.',
          todo: 'Open the App\'s page and press "Install App".',
        },
      ];
    }
    return data.map((installation): Diagnosis => {
      const account = installation.account as { login?: string; slug?: string } | null;
      const name = account?.login ?? account?.slug ?? String(installation.id);
      if (installation.suspended_at) return { ok: true, what: `${name}: suspended, nothing is reviewed there.` };
      const missing = lacking(wanted, settingsOf(installation));
      return missing.length === 0
        ? { ok: true, what: `${name}: installed, with everything granted.` }
        : {
            ok: false,
            what: `${name}: ${missing.join(' ')}`,
            todo: `The owner has to accept the new permissions under ${installation.html_url}.`,
          };
    });
  } catch (error) {
    return [{ ok: false, what: `The installations cannot be listed: ${(error as Error).message}` }];
  }
}
