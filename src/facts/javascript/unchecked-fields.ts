import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { UncheckedField } from '../code.ts';
import { decorator } from './handlers/nest.ts';
import { propertyName } from './nodes.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { quoted } from './within.ts';

/** Decorators that ask whether a field is there, or describe it, and never what it is. */
const presence = /^(?:IsOptional|IsDefined|ValidateIf)$/;
const description = /^(?:ApiProperty|ApiPropertyOptional|Expose)$/;
const checks = /^(?:Is(?!Optional$|Defined$)[A-Z]\w*|Matches|Length|MinLength|MaxLength|Min|Max|ValidateNested)$/;
/** A class that is stored or answered; a GraphQL server checks its inputs itself, and takes no field that is not declared. */
const otherwise = /^(?:Entity|Table|ObjectType|Schema|ViewEntity|ArgsType|InputType)$/;
/** Classes that no client fills in: answers, rows, and settings, which come from the environment as text. */
const notSent =
  /(?:Response|Result|Output|Reply|View|Env|Environment|Variables|Config|Configuration|Options|Settings|Row|Record|Entity)(?:Dto|DTO)?$/;
/** Types that are meant to take whatever comes. */
const open = /any|unknown|json|record|object|map|file|upload|stream|buffer|partial|blob|generic/i;

/** States fields, in classes whose other fields are checked, of which the checks ask only whether they are there. */
export function readUncheckedFields({ tree }: Source, placeOf: PlaceOf): readonly UncheckedField[] {
  if (!/['"]class-validator['"]/.test(tree.text)) return [];
  return tree.of('ClassBody').flatMap((body) => {
    const fields = body.body.filter((member) => member.type === 'PropertyDefinition');
    const named = body.parent.decorators.map((one) => decorator(one).name);
    if (named.some((name) => otherwise.test(name)) || notSent.test(body.parent.id?.name ?? '')) return [];
    if (!fields.some(({ decorators }) => decorators.some((one) => checks.test(decorator(one).name)))) return [];
    return fields.filter(isUnchecked).flatMap((field) => {
      const type = field.typeAnnotation?.typeAnnotation;
      const text = type ? quoted(tree, type) : '';
      if (text === '' || open.test(text)) return [];
      return [{ ...placeOf(field), endLine: field.loc.end.line, name: propertyName(field) ?? '', type: text }];
    });
  });
}

function isUnchecked({ decorators }: TSESTree.PropertyDefinition): boolean {
  const names = decorators.map((one) => decorator(one).name);
  return (
    names.some((name) => presence.test(name)) && names.every((name) => presence.test(name) || description.test(name))
  );
}
