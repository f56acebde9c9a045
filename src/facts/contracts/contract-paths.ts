import { kindOf } from '../../review/paths.ts';
import type { Snapshot } from '../../review/types.ts';
import { splitRef } from './documents.ts';

const notContracts =
  '(?!(?:.*/)?(?:package|package-lock|npm-shrinkwrap|tsconfig|jsconfig|composer|renovate|biome|turbo|nx|lerna|deno|vercel|\\.[\\w.-]+rc|pnpm-lock|docker-compose|compose)[\\w.-]*\\.(?:json|ya?ml)$)(?!(?:.*/)?(?:node_modules|vendor|\\.github|\\.vscode|__tests__|__mocks__|__fixtures__|fixtures?|mocks?|tests?|testdata|e2e|locales|i18n)/)';

/** Files that may hold an API description, a part of one, or a GraphQL schema. */
export const contractPaths = new RegExp(`^${notContracts}.*\\.(?:ya?ml|json|graphqls?|gql)$`, 'i');

/** Names that a whole contract goes by. */
const rootNames =
  /(?:^|\/)[\w.-]{0,80}(?:openapi|swagger|asyncapi|api-?docs|api-?spec|oas3?)[\w.-]{0,80}\.(?:ya?ml|json)$|(?:^|\/)(?:openapi|swagger|asyncapi|api-?specs?|oas)\/(?:[\w-]+\/){0,3}[\w.-]+\.(?:ya?ml|json)$/i;
const code = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const maxWanted = 40;

/** Whether a path is one of a GraphQL document: a schema, a part of one, or a client's operations. */
export function isGraphql(path: string): boolean {
  return /\.(?:graphqls?|gql)$/i.test(path);
}

/** Whether a path is named like a whole OpenAPI or AsyncAPI document. */
export function namedLikeContract(path: string): boolean {
  return rootNames.test(path) && contractPaths.test(path);
}

/**
 * The contracts that a change needs: the repository's OpenAPI documents when a contract file or code changes, the GraphQL
 * schema when a part of it does, and the files that contracts in sight refer to.
 */
export function wantedContracts(snapshot: Snapshot): readonly string[] {
  const paths = snapshot.files.map((file) => file.path);
  const tree = new Set(snapshot.tree ?? []);
  const wanted = new Set<string>();
  if (paths.some((path) => contractPaths.test(path) || code.test(path)))
    for (const path of tree) if (namedLikeContract(path)) wanted.add(path);
  if (paths.some(isGraphql)) for (const path of tree) if (isGraphql(path) && contractPaths.test(path)) wanted.add(path);
  for (const file of [...snapshot.files.map(({ path, after }) => ({ path, text: after ?? '' })), ...snapshot.context]) {
    if (!contractPaths.test(file.path)) continue;
    for (const path of referredFiles(file.path, file.text)) if (tree.size === 0 || tree.has(path)) wanted.add(path);
  }
  return [...[...wanted].slice(0, maxWanted), ...codeOfNewPaths(snapshot)];
}

const maxCode = 20;

/** Code that is named after the resources of paths that a contract gains: there their routes would be. */
function codeOfNewPaths({ files, tree }: Snapshot): readonly string[] {
  const words = new Set<string>();
  for (const { path, before, after } of files) {
    if (before === undefined || after === undefined || !contractPaths.test(path) || isGraphql(path)) continue;
    for (const line of addedPaths(before, after)) {
      const [word] = line.split('/').filter((part) => /^[a-z][\w-]{2,60}$/i.test(part) && part !== 'api');
      if (word) words.add(word.toLowerCase().replace(/[-_]/g, '').replace(/s$/, ''));
    }
  }
  if (words.size === 0) return [];
  return (tree ?? [])
    .filter((path) => code.test(path) && kindOf(path) === 'production' && isNamedAfter(path, words))
    .slice(0, maxCode);
}

/** Keys of both texts that are paths; of JSON and YAML alike. */
function addedPaths(before: string, after: string): readonly string[] {
  const pathKey = /^[ \t]{0,20}["']?(\/[^\s"':]{1,200})["']?[ \t]{0,5}:/gm;
  const changed = (text: string) => [...text.matchAll(pathKey)].map((match) => match[1] ?? '');
  const known = new Set(changed(before));
  const all = changed(after);
  // A new method of an old path has no new key: then all resources are looked at.
  return all.some((path) => !known.has(path)) ? all.filter((path) => !known.has(path)) : all;
}

function isNamedAfter(path: string, words: ReadonlySet<string>): boolean {
  const plain = path.split('/').slice(-2).join('/').toLowerCase().replace(/[-_]/g, '');
  return [...words].some((word) => plain.includes(word));
}

/** Files that a text refers to by `$ref`, as paths inside the repository. */
export function referredFiles(path: string, text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(/["']?\$ref["']?\s{0,5}:\s{0,5}["']?([^"'#\s,}]{1,300})/g)) {
    const target = splitRef(path, match[1] ?? '');
    if (target && target.path !== path && /\.(?:ya?ml|json)$/i.test(target.path)) found.add(target.path);
  }
  return [...found];
}
