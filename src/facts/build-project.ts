import type { Snapshot } from '../review/types.ts';
import type { Packages, Project } from './project.ts';
import { emptySchema, type SchemaFacts } from './schema.ts';

/**
 * Builds the project from a snapshot. The head's text of a changed file wins over a context file of the same path.
 *
 * @param schemaOf merges the schemas in sight; given by the schema readers' folder, so that this file knows no language
 */
export function buildProject(
  snapshot: Snapshot,
  schemaOf: (texts: ReadonlyMap<string, string>) => SchemaFacts = () => emptySchema,
): Project {
  const texts = new Map<string, string>();
  const baseTexts = new Map<string, string>();
  for (const file of snapshot.context) {
    texts.set(file.path, file.text);
    baseTexts.set(file.path, file.text);
  }
  for (const file of snapshot.files) {
    if (file.after === undefined) texts.delete(file.path);
    else texts.set(file.path, file.after);
    if (file.before === undefined) baseTexts.delete(file.path);
    else baseTexts.set(file.previousPath ?? file.path, file.before);
  }
  const tree = snapshot.tree && new Set(snapshot.tree);
  const packages = new Map<string, Packages>();
  let schema: SchemaFacts | undefined;
  return {
    packagesOf(path) {
      const manifest = nearestManifest(path, texts);
      if (manifest === undefined) return { known: false, all: {} };
      const known = packages.get(manifest) ?? parseManifest(texts.get(manifest) ?? '');
      packages.set(manifest, known);
      return known;
    },
    get schema() {
      schema ??= schemaOf(texts);
      return schema;
    },
    text: (path) => texts.get(path),
    textBefore: (path) => baseTexts.get(path),
    exists: (path) => (texts.has(path) ? true : tree?.has(path)),
    paths: tree ? [...tree] : [...texts.keys()],
  };
}

function nearestManifest(path: string, texts: ReadonlyMap<string, string>): string | undefined {
  let folder = path;
  for (;;) {
    const cut = folder.lastIndexOf('/');
    folder = cut < 0 ? '' : folder.slice(0, cut);
    const manifest = folder === '' ? 'package.json' : `${folder}/package.json`;
    if (texts.has(manifest)) return manifest;
    if (folder === '') return undefined;
  }
}

function parseManifest(text: string): Packages {
  try {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(text);
    return { known: true, all: { ...peerDependencies, ...devDependencies, ...dependencies } };
  } catch {
    // A package.json that does not parse says nothing: rules that need it stay silent.
    return { known: false, all: {} };
  }
}
