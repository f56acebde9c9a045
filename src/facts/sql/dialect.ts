import type { Project } from '../project.ts';
import type { Dialect } from '../sql.ts';

const words: readonly (readonly [RegExp, Dialect])[] = [
  [/postgres|cockroach|neon|supabase|pglite/i, 'postgresql'],
  [/mysql|maria|planetscale/i, 'mysql'],
  [/sqlite|libsql|turso|\bd1\b/i, 'sqlite'],
];
const drivers: Readonly<Record<string, Dialect>> = {
  pg: 'postgresql',
  postgres: 'postgresql',
  'pg-promise': 'postgresql',
  '@neondatabase/serverless': 'postgresql',
  'node-pg-migrate': 'postgresql',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  '@libsql/client': 'sqlite',
};

/** The dialect a migration is written in, by what lies beside it: a provider named in the ORM's files, the path, the driver. */
export function declaredDialect(path: string, project: Project): Dialect {
  const folders = parentsOf(path);
  for (const folder of folders) {
    for (const name of [
      'migration_lock.toml',
      'schema.prisma',
      'prisma/schema.prisma',
      'drizzle.config.ts',
      'meta/_journal.json',
    ]) {
      const provider = providerIn(project.text(folder + name));
      if (provider !== 'unknown') return provider;
    }
  }
  const named = dialectOf(path);
  if (named !== 'unknown') return named;
  const { all } = project.packagesOf(path);
  const found = new Set(Object.keys(all).flatMap((name) => drivers[name] ?? []));
  return found.size === 1 ? ([...found][0] as Dialect) : 'unknown';
}

function providerIn(text: string | undefined): Dialect {
  if (text === undefined) return 'unknown';
  // A generator has a provider too; only a database's name is taken.
  for (const [, value] of text.matchAll(/\b(?:provider|dialect|driver)"?\s{0,8}[:=]\s{0,8}["'](\w{1,40})["']/g)) {
    const dialect = dialectOf(value ?? '');
    if (dialect !== 'unknown') return dialect;
  }
  return 'unknown';
}

function dialectOf(text: string): Dialect {
  return words.find(([word]) => word.test(text))?.[1] ?? 'unknown';
}

/** Folders above a path, nearest first, each with its slash; at most six. */
function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  const folders = parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`).reverse();
  return [...folders.slice(0, 5), ''];
}

/** The dialect that only one database's syntax gives away. */
export function dialectBySyntax(text: string): Dialect {
  if (/\bAUTO_INCREMENT\b|\bENGINE\s?=|\bTABLE (?:IF (?:NOT )?EXISTS )?`/im.test(text)) return 'mysql';
  if (/\bAUTOINCREMENT\b|^[ \t]{0,40}PRAGMA\s|\bWITHOUT ROWID\b/im.test(text)) return 'sqlite';
  return 'unknown';
}
