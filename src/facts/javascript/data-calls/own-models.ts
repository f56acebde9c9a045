import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { importsOf, mayBe, packages } from './clients.ts';

/** Whether a receiver is imported from where an application keeps its models. */
export function isOfModels(source: Source, receiver: Node): boolean {
  return /(?:^|\/)(?:models?|entit(?:y|ies))(?:\/|$|\.)/i.test(source.originOf(receiver).module ?? '');
}

/** The library of models that the file, or the project, names. */
export function modelling(source: Source): 'sequelize' | 'mongoose' {
  const imports = importsOf(source);
  if (imports(packages.sequelize as RegExp)) return 'sequelize';
  return !imports(packages.mongoose as RegExp) && source.packages.known && !mayBe(source, 'mongoose')
    ? 'sequelize'
    : 'mongoose';
}
