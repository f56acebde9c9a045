import { isJavaScript } from '../javascript/parse.ts';
import { treeOf } from '../javascript/planted.ts';
import type { Reader } from '../reader.ts';
import type { SchemaFacts } from '../schema.ts';
import { readModels } from './documents.ts';
import { readDrizzle } from './drizzle.ts';
import { readEntities } from './entities.ts';
import { readPrisma } from './prisma.ts';
import { readScriptSchema } from './script.ts';

const maxFiles = 300;
const maxWanted = 100;
/** Where schemas stand by custom. */
const schemas =
  /\.prisma$|(?:^|\/)drizzle\.config\.[cm]?[jt]s$|(?:^|\/)migration_lock\.toml$|\.(?:entity|model|schema)\.[jt]s$|(?:^|\/)(?:entities|models|schemas?)\/[\w.-]+\.[jt]s$|(?:^|\/)(?:db|database|drizzle)\/schema\.ts$/;
const maxLength = 1_000_000;
/** What a file of code must say to be worth a parse. */
const declares =
  /@(?:Entity|Schema|Table)\(|@Table\b|\b(?:pg|mysql|sqlite)Table\(|\bnew (?:mongoose\.)?Schema\b|\bsequelize\b/i;

/** Schemas of Prisma, TypeORM, MikroORM, Drizzle, Mongoose and Sequelize. */
export const schemaReader: Reader = {
  id: 'schema',
  reads: (path) => /\.prisma$/.test(path) || isJavaScript(path),
  read: (file) => {
    const schema = file.after === undefined ? undefined : readSchema(file.path, file.after);
    return schema && schema.tables.length > 0 ? { schema } : {};
  },
  wants: ({ tree = [] }) => {
    const declared = tree.filter((path) => schemas.test(path) && !isTest(path)).slice(0, maxWanted);
    // Where a schema makes the migrations, they say nothing more.
    const made = declared.some((path) => /\.prisma$|drizzle\.config/.test(path));
    const scripts = made ? [] : tree.filter((path) => /migrations?\/(?:[\w.-]+\/)?[\w.-]+\.sql$/.test(path));
    return [...declared, ...(scripts.length > maxWanted ? [] : scripts)];
  },
};

function isTest(path: string): boolean {
  return /(?:^|\/)(?:tests?|__tests__|fixtures)\/|\.(?:test|spec)\./.test(path);
}

/** Merges the schemas in sight; a file that does not parse is left out here and is a Fault where it is reviewed. */
export function schemaOf(texts: ReadonlyMap<string, string>): SchemaFacts {
  const found: SchemaFacts[] = [];
  for (const [path, text] of texts) {
    if (found.length >= maxFiles) break;
    try {
      const schema =
        /\.sql$/i.test(path) && text.length <= maxLength ? readScriptSchema(path, text) : readSchema(path, text);
      if (schema && (schema.tables.length > 0 || schema.dialect)) found.push(schema);
    } catch {
      // What cannot be read says nothing of its tables.
    }
  }
  const dialects = new Set(found.flatMap((schema) => schema.dialect ?? []));
  const [dialect] = dialects;
  return { tables: found.flatMap((schema) => schema.tables), ...(dialects.size === 1 && dialect && { dialect }) };
}

function readSchema(path: string, text: string): SchemaFacts | undefined {
  if (/\.prisma$/.test(path)) {
    if (text.length > maxLength) throw new RangeError('too long to be a schema');
    return readPrisma(path, text);
  }
  if (!isJavaScript(path) || text.length > maxLength || !declares.test(text)) return undefined;
  const tree = treeOf(path, text);
  const drizzle = readDrizzle(tree);
  return { ...drizzle, tables: [...drizzle.tables, ...readEntities(tree), ...readModels(tree)] };
}
