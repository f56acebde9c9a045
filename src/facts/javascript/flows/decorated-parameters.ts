import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { simpleName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** What TypeScript alone knows: nothing of it is left when the pipes look. */
const erased = /^(?:Partial|DeepPartial|Record|Pick|Omit|Readonly|Required|Exclude|Extract|object|Prisma)$/;

/** A DTO class is what Nest's pipes check, and GraphQL checks arguments against its schema. */
export function isDescribed(source: Source, parameter: Node, framework: string): boolean {
  if (framework === 'graphql') return true;
  if (framework !== 'nest' || !('typeAnnotation' in parameter)) return false;
  // `@Args()` of a resolver of Nest: the schema of GraphQL says what it is.
  if (isDecorated(parameter, /^Args$/)) return true;
  const annotation = parameter.typeAnnotation as TSESTree.TSTypeAnnotation | undefined;
  const type = annotation?.typeAnnotation;
  if (type?.type !== 'TSTypeReference') return false;
  const [name] = source.tree.text.slice(...type.typeName.range).split('.');
  if (type.typeName.type !== 'Identifier') return !erased.test(name ?? '');
  const declared = source.tree.bindingOf(type.typeName)?.node.type;
  return !erased.test(type.typeName.name) && !/^TS(?:Interface|TypeAlias)/.test(declared ?? '');
}

/** Nest's pipes that make a number, a boolean, a UUID or a listed value of a parameter, or answer 400. */
export function isParsedByPipe(parameter: Node): boolean {
  return pipesOf(parameter).some((name) => /^Parse(?:Int|Float|Bool|UUID|Enum|Date)Pipe$/.test(name));
}

/** A pipe that the project wrote to check what a parameter may be: not one that only trims or fills in. */
export function hasOwnPipe(parameter: Node): boolean {
  return pipesOf(parameter).some((name) => /Pipe$/.test(name) && !/^(?:Default|Parse)|Trim|Case|Normali/.test(name));
}

function pipesOf(parameter: Node): readonly string[] {
  return decoratorsOf(parameter).flatMap(({ expression }) =>
    (expression.type === 'CallExpression' ? expression.arguments : []).flatMap((argument) => {
      const pipe = argument.type === 'NewExpression' ? argument.callee : argument;
      return pipe.type === 'Identifier' ? [pipe.name] : [];
    }),
  );
}

/** Part of a path, or a header: text, whatever the client writes. */
export function isTextual(parameter: Node): boolean {
  return isDecorated(parameter, /^(?:Param|Headers?|HeaderParam|CookieParam|Ip|HostParam)$/);
}

function isDecorated(parameter: Node, names: RegExp): boolean {
  return decoratorsOf(parameter).some(
    ({ expression }) =>
      expression.type === 'CallExpression' &&
      expression.arguments.length > 0 &&
      names.test(simpleName(expression.callee)),
  );
}

function decoratorsOf(parameter: Node): readonly TSESTree.Decorator[] {
  return 'decorators' in parameter ? ((parameter.decorators as TSESTree.Decorator[] | undefined) ?? []) : [];
}
