import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Project } from '../../project.ts';
import { importedFile } from '../imported.ts';
import { exportedBy } from '../neighbours/exported-by.ts';
import { neighbourOf } from '../neighbours/neighbour.ts';
import { unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
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

/** The instance that an import of the project's own stands for; undefined where it is none, or its file is not in sight. */
export function importedInstance(source: Source, module: string, name: string): ImportedInstance | undefined {
  const { project } = source;
  const known = remembered.get(project) ?? new Map<string, ImportedInstance | undefined>();
  remembered.set(project, known);
  const key = JSON.stringify([source.tree.path, module, name]);
  if (!known.has(key)) known.set(key, find(source, module, name));
  return known.get(key);
}

function find(from: Source, module: string, name: string): ImportedInstance | undefined {
  const file = importedFile(from.project, from.file.path, module);
  if (!file || !(mentions.test(file.text) || /\bexport\s*[{*]/.test(file.text))) return undefined;
  const neighbour = neighbourOf(from, module);
  const exported = neighbour && exportedBy(neighbour, name);
  if (!exported) return undefined;
  const { source } = exported.neighbour;
  const call = declaredAs(source, exported.node);
  if (call.type !== 'CallExpression') return undefined;
  const maker = makers.exec(source.originOf(call.callee).text)?.[1];
  if (!maker) return undefined;
  const { path } = source.file;
  return {
    client: maker.slice(0, maker.search(/\W/)),
    wait: waitOfInstance(source, call),
    path,
    line: call.loc.start.line,
    changed: source.project.textBefore(path) !== source.tree.text,
  };
}

/** What a name of the file was declared with; anything else as it is. */
function declaredAs(source: Source, node: Node): Node {
  const plain = unwrap(node);
  const declarator = plain.type === 'Identifier' ? source.tree.bindingOf(plain)?.node : undefined;
  return declarator?.type === 'VariableDeclarator' && declarator.init && declarator.id.type === 'Identifier'
    ? unwrap(declarator.init)
    : plain;
}
