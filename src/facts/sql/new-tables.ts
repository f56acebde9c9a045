import type { Project } from '../project.ts';

const remembered = new WeakMap<Project, ReadonlySet<string>>();
const maxFiles = 200;

/** Names of the tables that new files of the change create, in SQL or by a builder's `createTable('x')`. */
export function newTablesOf(project: Project): ReadonlySet<string> {
  const known = remembered.get(project);
  if (known) return known;
  const made = new Set<string>();
  let files = 0;
  for (const path of project.paths) {
    if (!/\.sql$|migrat[^/]{0,80}\/.{0,200}\.[cm]?[jt]s$/i.test(path)) continue;
    const text = project.text(path);
    if (text === undefined || project.textBefore(path) !== undefined) continue;
    if (++files > maxFiles) break;
    for (const name of tablesCreatedIn(text.slice(0, 1_000_000))) made.add(name);
  }
  remembered.set(project, made);
  return made;
}

function* tablesCreatedIn(text: string): Iterable<string> {
  const sql =
    /\bcreate\s{1,8}table\s{1,8}(?:if\s{1,8}not\s{1,8}exists\s{1,8})?((?:["`]?\w{1,128}["`]?\.){0,2}["`]?\w{1,128})/gi;
  for (const [, name] of text.matchAll(sql)) yield (name ?? '').replace(/^.*\./, '').replace(/["`]/g, '').toLowerCase();
  const builder = /\bcreate_?table\(\s{0,40}['"`](\w{1,128})['"`]/gi;
  for (const [, name] of text.matchAll(builder)) yield (name ?? '').toLowerCase();
}
