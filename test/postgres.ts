import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface ThrowAwayPostgres {
  readonly url: string;
  /** A fresh database on the same server. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Folder of PostgreSQL's server binaries, when they are installed: Debian keeps them out of PATH. */
function binaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/**
 * Starts a PostgreSQL of its own in a temporary folder, on a Unix socket only. PostgreSQL refuses to run as root, so there it
 * runs as the user `postgres`.
 *
 * @returns undefined, after saying so, when no server is installed
 */
export async function startPostgres(): Promise<ThrowAwayPostgres | undefined> {
  const bin = binaries();
  if (!bin) {
    process.stderr.write('\n  SKIPPED: the tests on PostgreSQL, because no PostgreSQL server is installed here.\n\n');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hindsight-pg-'));
  chmodSync(folder, 0o777);
  // As root, run as the owner that Debian's package made.
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const user = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
  const options = { stdio: 'ignore', cwd: folder, ...user } as const;
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'hindsight', '-A', 'trust', '--no-sync'], options);
  const settings = ['-c', 'fsync=off', '-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], options);
  const url = (name: string) => `postgres://hindsight@localhost/${name}?host=${encodeURIComponent(folder)}`;
  await untilItAnswers(url('postgres'));
  return {
    url: url('postgres'),
    async createDatabase(name) {
      const client = new pg.Client(url('postgres'));
      await client.connect();
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      await client.end();
      return url(name);
    },
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGQUIT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt > 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
