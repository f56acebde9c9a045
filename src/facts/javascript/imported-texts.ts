import { importedFile, isOfProject } from './imported.ts';
import type { Source } from './source.ts';

/** Texts of the project's files that a file imports or requires, as far as they are in sight: what it leaves to them. */
export function importedTexts({ tree, project, file }: Source): readonly string[] {
  const imported = tree.of('ImportDeclaration').map(({ source }) => source.value);
  const required = tree.named('require').flatMap(({ parent }) => {
    if (parent?.type !== 'CallExpression') return [];
    const [module] = parent.arguments;
    return module?.type === 'Literal' && typeof module.value === 'string' ? [module.value] : [];
  });
  return [...imported, ...required]
    .filter(isOfProject)
    .flatMap((module) => importedFile(project, file.path, module)?.text ?? []);
}
