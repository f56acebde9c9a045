import { hkdfSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { z } from 'zod';
import { readPrivateKey } from './private-key.ts';

/** The set-up is wrong. The message is for a person at a terminal: what is missing or malformed, and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface Config {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly port: number;
  readonly host: string;
  /** GitHub Enterprise Server's host, with a port if it has one. Absent: github.com. */
  readonly gheHost: string | undefined;
  readonly gheProtocol: 'https' | 'http';
  /** Root of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Absent: the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Where people reach this server, without a slash at the end. */
  readonly publicUrl: string;
  /** Where links to lessons in comments go, without a slash at the end. Default: this server's own pages. */
  readonly lessonsUrl: string;
  /** 32 bytes, keys the fingerprints of secrets. */
  readonly hashKey: Buffer;
  /** Reviews at the same time in this process. */
  readonly concurrency: number;
  /** Most seconds a review may take before its check is concluded. */
  readonly reviewDeadlineSeconds: number;
  /** Seconds that running jobs get on SIGTERM. */
  readonly drainSeconds: number;
  /** Bearer token that `/metrics` asks for. Absent: open to whoever reaches the port. */
  readonly metricsToken: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A URL of a web server, without a slash at the end. */
const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL, like https://hindsight.example.com' });
const whole = (from: number, to: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${from} to ${to}` })
    .refine(
      (value) => Number.isInteger(value) && value >= from && value <= to,
      `must be a whole number from ${from} to ${to}`,
    );
const trimmed = (url: string) => url.replace(/\/{1,9}$/, '');

/** What zod reads. A variable that is set to nothing counts as not set, as in a .env file copied from the example. */
const environment = z.object({
  APP_ID: z
    .string({ error: 'is missing: the number under "App ID" on the page of your GitHub App' })
    .regex(/^[1-9]\d{0,18}$/, 'must be the number under "App ID" on the page of your GitHub App')
    .transform(Number),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z
    .string({ error: 'is missing: the secret you typed under "Webhook secret" of your GitHub App' })
    .refine(
      (secret) => secret !== 'development',
      'is the public default "development": anybody could sign with it. Choose a random one',
    )
    .refine((secret) => secret.length >= 8, 'is too short: use at least 8 characters, better 32 random ones'),
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().default('localhost'),
  GHE_HOST: z
    .string()
    .regex(/^[\w.-]+(:\d{1,5})?$/, 'must be a host name, without https:// and without a path')
    .optional(),
  GHE_PROTOCOL: z.enum(['https', 'http'], { error: 'must be https or http' }).default('https'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATA_DIR: z.string().default('./data'),
  PUBLIC_URL: webUrl.optional(),
  LESSONS_URL: webUrl.optional(),
  HASH_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  CONCURRENCY: whole(1, 64).default(4),
  REVIEW_DEADLINE_SECONDS: whole(10, 3600).default(300),
  DRAIN_SECONDS: whole(0, 600).default(20),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
});

const credentials = ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'] as const;

const firstSteps = `Hindsight has no credentials yet. Choose one:

  npm run demo     reviews a sample pull request on this machine. No GitHub account is needed.

  To review pull requests on GitHub, create a GitHub App once (docs/operating.md, "Create the App") and put its
  credentials into the environment, or into a file named .env (see .env.example):

    APP_ID             the number on the App's page
    PRIVATE_KEY_PATH   the .pem file that GitHub gave you
    WEBHOOK_SECRET     the secret you chose for its webhook
`;

/**
 * Reads the configuration. The only place where the environment is read.
 *
 * @param env the environment; by default the process's, completed by `.env` in the working folder (what is set wins)
 * @throws {ConfigError} that names everything missing or malformed at once
 */
export function readConfig(env: Environment = processEnvironment()): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  if (credentials.every((name) => given[name] === undefined)) throw new ConfigError(firstSteps);

  const parsed = environment.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  const key = readPrivateKey(given);
  if (key.fault) faults.push(key.fault);
  if (!parsed.success || key.fault !== undefined) {
    throw new ConfigError(
      `The configuration is not complete:\n\n${faults.map((fault) => `  ${fault}.\n`).join('')}\nSee .env.example and docs/operating.md.\n`,
    );
  }
  const values = parsed.data;
  const publicUrl = trimmed(values.PUBLIC_URL ?? `http://${values.HOST}:${values.PORT}`);
  return {
    appId: values.APP_ID,
    privateKey: key.pem,
    webhookSecret: values.WEBHOOK_SECRET,
    port: values.PORT,
    host: values.HOST,
    gheHost: values.GHE_HOST,
    gheProtocol: values.GHE_PROTOCOL,
    apiUrl: values.GHE_HOST ? `${values.GHE_PROTOCOL}://${values.GHE_HOST}/api/v3` : 'https://api.github.com',
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR,
    publicUrl,
    lessonsUrl: trimmed(values.LESSONS_URL ?? `${publicUrl}/lessons`),
    hashKey: hashKeyOf(values.HASH_KEY ?? values.WEBHOOK_SECRET),
    concurrency: values.CONCURRENCY,
    reviewDeadlineSeconds: values.REVIEW_DEADLINE_SECONDS,
    drainSeconds: values.DRAIN_SECONDS,
    metricsToken: values.METRICS_TOKEN,
  };
}

/** HASH_KEY of the environment, for commands that need nothing else of the configuration. */
export function configuredHashKey(): string | undefined {
  return processEnvironment().HASH_KEY?.trim() || undefined;
}

/** Makes the 32 bytes that key the fingerprints of secrets from a text. */
export function hashKeyOf(text: string): Buffer {
  return Buffer.from(hkdfSync('sha256', text, '', 'hindsight fingerprints', 32));
}

function processEnvironment(): Environment {
  if (existsSync('.env')) loadEnvFile('.env');
  return process.env;
}
