import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { SourceFile } from '../../../review/types.ts';
import type { Project } from '../../project.ts';
import { exportedValue } from '../exported-values.ts';
import { importedFile } from '../imported.ts';
import type { Node } from '../parse.ts';
import { openSource, type Source } from '../source.ts';
import { type Wait, waitOf, waitsForEver } from './settings.ts';

/** An instance of an HTTP client that another file makes, and whether it ends its waits. */
export interface ImportedInstance {
  readonly client: string;
  readonly wait: Wait;
  readonly path: string;
  readonly line: number;
  /** The change touches the file that makes it, so that it is spoken of there. */
  readonly changed: boolean;
}

const makers = /^(axios\.create|got(?:\.got)?\.extend|ky\.(?:create|extend)|request\.defaults)$/;
const mentions = /axios\s*\.\s*create|got\s*\.\s*extend|ky\s*\.\s*(?:create|extend)|request\s*\.\s*defaults/;
/** Files that only pass on what others export. */
const maxHops = 3;

/** Whether a call makes an instance of an HTTP client, by where its callee comes from. */
export function makesInstance(text: string): boolean {
  return makers.test(text);
}

/** Whether an instance ends its waits: by what it is made with, or by what the file sets on it later. */
export function waitOfInstance(source: Source, call: TSESTree.CallExpression): Wait {
  const client = source.originOf(call.callee).text;
  const wait = waitOf(source, call.arguments[0]);
  // ky gives up after 10 s, unless it is told not to.
  if (/^ky\b/.test(client)) return wait === 'none' && !waitsForEver(call.arguments[0]) ? 'given' : wait;
  return wait === 'none' && setsLater(source.tree.text) ? 'unknown' : wait;
}

/** `api.defaults.timeout = …`, `config.timeout = …` or a new config in an interceptor, a dispatcher for all. */
function setsLater(text: string): boolean {
  if (/\.timeout\s*(?:\?\?|\|\|)?=[^=]|defaults\s*\.\s*timeout|setGlobalDispatcher/.test(text)) return true;
  return /interceptors\s*\.\s*request/.test(text) && /\btimeout\s*:/.test(text);
}

const remembered = new WeakMap<Project, Map<string, ImportedInstance | undefined>>();

/** The instance that a relative import stands for; undefined where it is none, or its file is not in sight. */
export function importedInstance(source: Source, module: string, name: string): ImportedInstance | undefined {
  const { project } = source;
  const known = remembered.get(project) ?? new Map<string, ImportedInstance | undefined>();
  remembered.set(project, known);
  const key = JSON.stringify([source.tree.path, module, name]);
  if (known.has(key)) return known.get(key);
  let found: ImportedInstance | undefined;
  try {
    found = find(project, source.tree.path, module, name, 0);
  } catch {
    // A file that does not parse says nothing; its own review says why.
  }
  known.set(key, found);
  return found;
}

function find(
  project: Project,
  from: string,
  module: string,
  name: string,
  hops: number,
): ImportedInstance | undefined {
  const imported = importedFile(project, from, module);
  if (!imported || hops > maxHops) return undefined;
  const { path, text } = imported;
  if (!mentions.test(text) && !/\bexport\s*\{/.test(text)) return undefined;
  const file: SourceFile = { path, status: 'modified', after: text, added: [], removed: [], hunks: [] };
  const source = openSource(file, text, project);
  const exported = exportedValue(source, name);
  if (!exported) return undefined;
  if ('from' in exported) return find(project, path, exported.from, exported.name, hops + 1);
  const call: Node = exported.value;
  if (call.type !== 'CallExpression') return undefined;
  const maker = makers.exec(source.originOf(call.callee).text)?.[1];
  if (!maker) return undefined;
  return {
    client: maker.slice(0, maker.search(/\W/)),
    wait: waitOfInstance(source, call),
    path,
    line: call.loc.start.line,
    changed: project.textBefore(path) !== text,
  };
}
