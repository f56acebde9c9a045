import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Bounds, said } from './field-bounds.ts';
import { decorator } from './handlers/nest.ts';
import { propertyName, propertyOf } from './nodes.ts';
import type { SchemaField, Schemas } from './schema-field.ts';
import type { Tree } from './tree.ts';

/** What a file must say to hold a class whose fields are checked when a request is turned into it. */
export const mentionsDto = /@(?:Is[A-Z]\w*|ValidateNested|InputType)\b/;
/** Decorators of class-validator that refuse a field that is missing, unless another lets it be. */
const checks =
  /^(?:Is(?!Optional$)[A-Z]\w*|Equals|NotEquals|Min|Max|Length|MinLength|MaxLength|Matches|Contains|ArrayNotEmpty|ArrayMinSize|ArrayMaxSize|ValidateNested)$/;
const letsMissing = /^(?:IsOptional|ValidateIf|Optional|ApiPropertyOptional|Default|Transform)$/;
/** A class that is stored or answered is not what a client sends; one of arguments stands beside others, from where its fields may have come. */
const notInput = /^(?:Entity|Table|ObjectType|Schema|ViewEntity|ArgsType)$/;

/** Fields that the classes of a file demand of who sends them: class-validator's, and GraphQL inputs of NestJS and TypeGraphQL. */
export function dtoFields(tree: Tree): Schemas {
  const found = new Map<string, ReadonlyMap<string, SchemaField>>();
  for (const node of [...tree.of('ClassDeclaration'), ...tree.of('ClassExpression')]) {
    const named = node.decorators.map((one) => decorator(one).name);
    if (!node.id || found.has(node.id.name) || named.some((name) => notInput.test(name))) continue;
    const isGraphql = named.includes('InputType');
    const fields = node.body.body.flatMap((member) =>
      member.type === 'PropertyDefinition' ? fieldOf(member, isGraphql) : [],
    );
    if (fields.length > 0) found.set(node.id.name, new Map(fields));
  }
  return found;
}

/** What a file must say to hold a class that describes an answer. */
export const mentionsAnswerDto = /@ApiProperty(?:Optional)?\(/;
const asksByName = /create|update|patch|upsert|input|request|query|params|filter|body|payload|command|login|sign/i;

/** Fields of the classes that describe answers: documented for the API's clients, and checked by nothing. */
export function answeredFields(tree: Tree): Schemas {
  const found = new Map<string, ReadonlyMap<string, SchemaField>>();
  for (const node of tree.of('ClassDeclaration')) {
    const members = node.body.body.filter((member) => member.type === 'PropertyDefinition');
    const names = members.flatMap((member) => member.decorators.map((one) => decorator(one).name));
    if (!node.id || asksByName.test(node.id.name) || names.some((name) => checks.test(name) || name === 'IsOptional'))
      continue;
    // What is gone from here may have moved into the class that it extends.
    if (node.superClass || node.decorators.some((one) => notInput.test(decorator(one).name))) continue;
    const described = members.filter((member) =>
      member.decorators.some((one) => decorator(one).name === 'ApiProperty'),
    );
    const fields = described.flatMap((member) => {
      const name = propertyName(member);
      const { start, end } = member.loc;
      return name === undefined ? [] : [[name, { line: start.line, endLine: end.line, required: false }] as const];
    });
    if (fields.length > 0) found.set(node.id.name, new Map(fields));
  }
  return found;
}

function fieldOf(member: TSESTree.PropertyDefinition, isGraphql: boolean): readonly (readonly [string, SchemaField])[] {
  const decorators = member.decorators.map(decorator);
  const name = propertyName(member);
  const isField = isGraphql && decorators.some((one) => one.name === 'Field' || one.name === 'InputField');
  if (name === undefined || !(isField || decorators.some((one) => checks.test(one.name)))) return [];
  const mayMiss =
    member.optional ||
    member.value !== null ||
    decorators.some((one) => letsMissing.test(one.name)) ||
    (isGraphql && isNullable(member));
  const values = decorators.find((one) => one.name === 'IsIn')?.argument;
  return [
    [
      name,
      {
        line: member.loc.start.line,
        endLine: member.loc.end.line,
        required: !mayMiss,
        bounds: boundsIn(member),
        ...(values?.type === 'ArrayExpression' ? { values: literals(values) } : {}),
      },
    ],
  ];
}

function boundsIn({ decorators, typeAnnotation }: TSESTree.PropertyDefinition): Bounds {
  const steps = decorators.map((one) =>
    one.expression.type === 'CallExpression' ? said(decorator(one).name, one.expression.arguments) : {},
  );
  const type = /^TS(String|Number|Boolean)Keyword$/.exec(typeAnnotation?.typeAnnotation.type ?? '')?.[1];
  // `@Type(() => Number)` and `@Transform(…)` take what the client sends and make the type of it.
  const converted = decorators.some((one) => /^(?:Type|Transform)$/.test(decorator(one).name));
  return Object.assign({}, ...steps, type && !converted ? { kind: type.toLowerCase() } : {});
}

/** `@Field({ nullable: true })`, `@Field(() => Int, { defaultValue: 1 })` */
function isNullable({ decorators }: TSESTree.PropertyDefinition): boolean {
  return decorators.some(
    ({ expression }) =>
      expression.type === 'CallExpression' &&
      expression.arguments.some((given) => propertyOf(given, 'nullable') ?? propertyOf(given, 'defaultValue')),
  );
}

function literals(list: TSESTree.ArrayExpression): readonly string[] {
  return list.elements.flatMap((element) => (element?.type === 'Literal' ? [String(element.value)] : []));
}
