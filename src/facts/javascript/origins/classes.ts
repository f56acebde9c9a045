import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { extend, importOrigin, type Origin, type Tracer } from './origin.ts';

/** `this.x`: a declared field, a constructor's parameter property, or what a method assigns. */
export function fieldOf(tracer: Tracer, member: Node, name: string, steps: number): Origin | undefined {
  const body = classBodyAbove(member);
  if (!body) return undefined;
  const known = tracer.fields.get(body) ?? new Map<string, Origin | undefined>();
  tracer.fields.set(body, known);
  if (known.has(name)) return known.get(name);
  // Until it is known: `this.a = this.a` leads back here.
  known.set(name, undefined);
  const found = fieldIn(tracer, body, name, steps);
  known.set(name, found);
  return found;
}

function fieldIn(tracer: Tracer, body: TSESTree.ClassBody, name: string, steps: number): Origin | undefined {
  for (const element of body.body) {
    if (
      (element.type === 'PropertyDefinition' || element.type === 'AccessorProperty') &&
      propertyName(element as TSESTree.PropertyDefinition) === name
    ) {
      const declared =
        element.typeAnnotation && typeOrigin(tracer, element.typeAnnotation.typeAnnotation, decoratorsOf(element));
      const value = element.value ? tracer.trace(element.value, steps) : undefined;
      if (value && value.from !== 'unknown' && value.from !== 'literal') return value;
      return declared ?? assignedField(tracer, body, name, steps);
    }
    if (
      element.type === 'MethodDefinition' &&
      element.kind === 'constructor' &&
      element.value.type === 'FunctionExpression'
    ) {
      for (const param of element.value.params) {
        if (param.type !== 'TSParameterProperty') continue;
        const inner = param.parameter.type === 'AssignmentPattern' ? param.parameter.left : param.parameter;
        if (inner.type === 'Identifier' && inner.name === name)
          return typed(tracer, inner, decoratorsOf(param)) ?? { from: 'parameter', text: `this.${name}` };
      }
    }
    if (element.type === 'MethodDefinition' && propertyName(element) === name && element.kind === 'method') {
      return { from: 'local', text: `this.${name}`, declaration: element.value };
    }
  }
  return assignedField(tracer, body, name, steps);
}

function assignedField(tracer: Tracer, body: TSESTree.ClassBody, name: string, steps: number): Origin | undefined {
  for (const id of tracer.tree.named(name)) {
    const member = id.parent;
    if (
      member.type !== 'MemberExpression' ||
      member.object.type !== 'ThisExpression' ||
      member.parent.type !== 'AssignmentExpression'
    )
      continue;
    if (member.parent.left !== member || classBodyAbove(member) !== body || /^[+\-*/]/.test(member.parent.operator))
      continue;
    const origin = tracer.trace(member.parent.right, steps);
    if (origin.from !== 'unknown' && origin.from !== 'literal') return origin;
  }
  return undefined;
}

/** The origin that a declared type gives to a name. */
export function typed(tracer: Tracer, id: Node, decorators: readonly string[] = []): Origin | undefined {
  return 'typeAnnotation' in id && id.typeAnnotation
    ? typeOrigin(tracer, (id.typeAnnotation as TSESTree.TSTypeAnnotation).typeAnnotation, decorators)
    : undefined;
}

function typeOrigin(tracer: Tracer, type: Node, decorators: readonly string[]): Origin | undefined {
  if (type.type !== 'TSTypeReference') return undefined;
  const root = type.typeName.type === 'TSQualifiedName' ? type.typeName.left : type.typeName;
  if (root.type !== 'Identifier') return undefined;
  const binding = tracer.tree.bindingOf(root);
  const named = binding?.kind === 'import' ? importOrigin(binding.node) : undefined;
  const tail = type.typeName.type === 'TSQualifiedName' ? `.${type.typeName.right.name}` : '';
  const typeArguments = (type.typeArguments?.params ?? []).map((param) => tracer.tree.text.slice(...param.range));
  const base = named ? `${named.text}${tail}` : `${root.name}${tail}`;
  if (binding?.kind === 'class') {
    const instance = instanceOfClass(tracer, { from: 'local', text: root.name, declaration: binding.node }, 0);
    return { ...instance, typeArguments, decorators };
  }
  return {
    from: 'type',
    text: `new ${base}`,
    ...(named?.module ? { module: named.module } : {}),
    typeArguments,
    decorators,
  };
}

/** An instance of a class of this file is an instance of the library class it extends. */
export function instanceOfClass(tracer: Tracer, callee: Origin, steps: number): Origin {
  const { declaration } = callee;
  if ((declaration?.type === 'ClassDeclaration' || declaration?.type === 'ClassExpression') && declaration.superClass) {
    const parent = tracer.trace(declaration.superClass, steps + 1);
    if (parent.from === 'import') return extend(parent, `new ${parent.text}`);
  }
  return { ...callee, text: `new ${callee.text}` };
}

/** Names of the decorators of a parameter or field, each with its first argument’s name where it has one. */
export function decoratorsOf(node: Node): readonly string[] {
  const decorators = 'decorators' in node ? (node.decorators as TSESTree.Decorator[] | undefined) : undefined;
  return (decorators ?? []).map(({ expression }) => {
    if (expression.type !== 'CallExpression') return expression.type === 'Identifier' ? expression.name : '';
    const [first] = expression.arguments;
    const name = expression.callee.type === 'Identifier' ? expression.callee.name : '';
    const of =
      first?.type === 'Identifier'
        ? first.name
        : first?.type === 'MemberExpression' && first.object.type === 'Identifier'
          ? first.object.name
          : first?.type === 'Literal'
            ? String(first.value)
            : '';
    return of === '' ? name : `${name}:${of}`;
  });
}

function classBodyAbove(node: Node): TSESTree.ClassBody | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'ClassBody') return at;
  return undefined;
}
