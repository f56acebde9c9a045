import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { RawAnswer } from '../code.ts';
import type { FoundHandler } from './handlers/found.ts';
import { decorator } from './handlers/nest.ts';
import { propertyOf } from './nodes.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** The methods of a documented controller whose type says nothing of what they answer. */
export function readUntypedAnswers(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
): readonly RawAnswer[] {
  return handlers.flatMap(({ node, fn, method, path, framework }) => {
    if (framework !== 'nest' || node.type !== 'MethodDefinition' || !/^(?:GET|POST|PUT|PATCH)$/.test(method)) return [];
    const type = fn.returnType?.typeAnnotation;
    if (!type || !isAny(type) || !describesAnswers(source, node)) return [];
    return [{ ...placeOf(type), method, path, verb: 'any' }];
  });
}

/** `any`, `Promise<any>`, `Observable<any[]>` */
function isAny(type: TSESTree.TypeNode): boolean {
  if (type.type === 'TSAnyKeyword') return true;
  if (type.type === 'TSArrayType') return isAny(type.elementType);
  const inner = type.type === 'TSTypeReference' ? type.typeArguments?.params[0] : undefined;
  return inner !== undefined && /^(?:Promise|Observable|Array)$/.test(nameOf(type)) && isAny(inner);
}

function nameOf(type: TSESTree.TypeNode): string {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : '';
}

/** The project makes its description from its code, and no decorator of this method gives the answer a shape. */
function describesAnswers(source: Source, method: TSESTree.MethodDefinition): boolean {
  const described = '@nestjs/swagger' in source.packages.all || 'tsoa' in source.packages.all;
  if (!described && source.packages.known) return false;
  const decorators = method.decorators.map(decorator);
  if (decorators.some(({ name }) => /ExcludeEndpoint|Hidden|Sse|Render|Redirect/.test(name))) return false;
  const answers = decorators.filter(({ name }) =>
    /Response|^Api(?!Operation|Tags|Param|Query|Body|Header|Bearer|Security)/.test(name),
  );
  const shaped = answers.some(
    ({ name, argument }) =>
      !/^Api\w*Response$/.test(name) ||
      (argument !== undefined &&
        (argument.type !== 'ObjectExpression' ||
          ['type', 'schema', 'content'].some((key) => propertyOf(argument, key)))),
  );
  return !shaped && (described || answers.length > 0);
}
