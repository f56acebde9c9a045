import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';

const maxLength = 1_000_000;
const maxItems = 1_000;

export interface YamlFile {
  readonly documents: readonly YAMLMap[];
  lineOf(node: unknown): number;
  lastLineOf(node: unknown): number;
}

/**
 * Parses all documents of a YAML file.
 *
 * @throws SyntaxError when one is not YAML; RangeError when the file is too long to be written by hand
 */
export function readYaml(text: string): YamlFile {
  if (text.length > maxLength) throw new RangeError('too long to be configuration');
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, logLevel: 'silent', uniqueKeys: false });
  const documents: YAMLMap[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const [error] = document.errors;
    if (error) throw new SyntaxError(`not YAML (${error.linePos?.[0].line ?? 1}:${error.linePos?.[0].col ?? 1})`);
    if (isMap(document.contents)) documents.push(document.contents);
  }
  const lineOf = (node: unknown) => {
    const offset = (node as { range?: [number, number, number] | null } | undefined)?.range?.[0];
    return offset === undefined ? 1 : lineCounter.linePos(offset).line;
  };
  const lastLineOf = (node: unknown) => {
    const end = (node as { range?: [number, number, number] | null } | undefined)?.range?.[1];
    return end === undefined ? 1 : lineCounter.linePos(Math.max(end - 1, 0)).line;
  };
  return { documents, lineOf, lastLineOf };
}

/** The node at a path of keys; undefined where the file has none. */
export function nodeAt(map: unknown, ...keys: readonly string[]): unknown {
  let at = map;
  for (const key of keys) at = isMap(at) ? at.get(key, true) : undefined;
  return at;
}

/** The text of a scalar at a path of keys. */
export function textAt(map: unknown, ...keys: readonly string[]): string | undefined {
  const node = nodeAt(map, ...keys);
  return isScalar(node) && node.value != null ? String(node.value) : undefined;
}

/** The maps of a list. */
export function mapsIn(node: unknown): YAMLMap[] {
  return isSeq(node) ? node.items.slice(0, maxItems).filter((item): item is YAMLMap => isMap(item)) : [];
}

/** The texts of a list's scalars. */
export function textsIn(node: unknown): string[] {
  if (!isSeq(node)) return [];
  return node.items.slice(0, maxItems).flatMap((item) => (isScalar(item) ? [String(item.value)] : []));
}
