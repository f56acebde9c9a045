import type { PageArgument } from '../code.ts';
import { propertyName, propertyOf } from './nodes.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** States GraphQL arguments that ask for a number of rows and have neither a default nor a check in sight. */
export function readPageArguments(source: Source, placeOf: PlaceOf): readonly PageArgument[] {
  if (!/\bGraphQL(?:Int|NonNull)\b/.test(source.tree.text)) return [];
  return source.tree.of('Property').flatMap((property) => {
    const name = propertyName(property) ?? '';
    const { value } = property;
    if (!/^(?:limit|first|last|take|pageSize|perPage)$/.test(name) || value.type !== 'ObjectExpression') return [];
    const owner = property.parent.parent;
    if (owner?.type !== 'Property' || propertyName(owner) !== 'args' || propertyOf(value, 'defaultValue')) return [];
    const type = propertyOf(value, 'type');
    return type?.type === 'Identifier' && type.name === 'GraphQLInt' ? [{ ...placeOf(property), of: name }] : [];
  });
}
