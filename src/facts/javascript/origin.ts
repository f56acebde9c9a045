import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { FunctionNode, Node } from './parse.ts';
import { type Binding, isFunction, propertyName, type Tree, unwrap } from './tree.ts';

/**
 * Where a value comes from, as a path that reads like code. `import { Pool } from 'pg'; const pool = new Pool()` gives `pool`
 * the text `new pg.Pool`; `pool.query` has `new pg.Pool.query`, `(await pool.connect())` has `new pg.Pool.connect()`.
 */
export interface Origin {
  /** `type`: known only by a declared type (an injected constructor parameter); the text is that of an instance. */
  readonly from: 'import' | 'global' | 'type' | 'parameter' | 'local' | 'literal' | 'unknown';
  readonly text: string;
  /** Module the root was imported from, as written. */
  readonly module?: string;
  /** Type arguments of a declared type (`Repository<User>`: `['User']`). */
  readonly typeArguments?: readonly string[];
  /** Names of decorators on the parameter or field, with their first argument's name: `InjectModel:User`. */
  readonly decorators?: readonly string[];
  /** For `parameter`: the function it belongs to and its position. */
  readonly parameter?: { readonly of: FunctionNode; readonly index: number };
  /** For `local`: the function or class that is named. */
  readonly declaration?: Node;
}

const unknown: Origin = { from: 'unknown', text: '?' };
/** Steps from variable to variable: enough for real code, an end for `a = b; b = a`. */
const maxSteps = 16;

export type OriginOf = (node: Node) => Origin;

/** Gives the function that tells where a value of this tree comes from; answers are remembered. */
export function originsOf(tree: Tree): OriginOf {
  const known = new Map<Node, Origin>();
  const trace = (expression: Node, steps: number): Origin => {
    const node = unwrap(expression);
    const before = known.get(node);
    if (before) return before;
    if (steps > maxSteps) return unknown;
    const origin = traceNode(node, steps + 1);
    known.set(node, origin);
    return origin;
  };

  const traceNode = (node: Node, steps: number): Origin => {
    switch (node.type) {
      case 'Identifier': {
        const binding = tree.bindingOf(node);
        return binding ? traceBinding(binding, steps) : { from: 'global', text: node.name };
      }
      case 'ThisExpression':
        return { from: 'local', text: 'this' };
      case 'MemberExpression':
        return traceMember(node, steps);
      case 'CallExpression':
        return traceCall(node, steps);
      case 'NewExpression': {
        const callee = trace(node.callee, steps);
        if (callee.from === 'local' && callee.declaration) return instanceOfClass(callee, steps);
        return extend(callee, `new ${callee.text}`);
      }
      case 'Literal':
      case 'TemplateLiteral':
        return { from: 'literal', text: 'literal' };
      case 'AssignmentExpression':
        return trace(node.right, steps);
      case 'LogicalExpression': {
        // `globalThis.prisma ?? new PrismaClient()`: whichever side is known.
        const right = trace(node.right, steps);
        return right.from === 'import' || right.from === 'type' ? right : trace(node.left, steps);
      }
      case 'ConditionalExpression': {
        const one = trace(node.consequent, steps);
        return one.from === 'import' || one.from === 'type' ? one : trace(node.alternate, steps);
      }
      case 'SequenceExpression':
        return trace(node.expressions.at(-1) as Node, steps);
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ClassExpression':
        return { from: 'local', text: 'function', declaration: node };
      case 'ImportExpression':
        return node.source.type === 'Literal' ? moduleOrigin(String(node.source.value)) : unknown;
      case 'TaggedTemplateExpression': {
        const tag = trace(node.tag, steps);
        return extend(tag, `${tag.text}()`);
      }
      default:
        return unknown;
    }
  };

  const traceCall = (node: TSESTree.CallExpression, steps: number): Origin => {
    const [first] = node.arguments;
    if (
      node.callee.type === 'Identifier' &&
      node.callee.name === 'require' &&
      first?.type === 'Literal' &&
      !tree.bindingOf(node.callee)
    ) {
      return moduleOrigin(String(first.value));
    }
    const callee = trace(node.callee, steps);
    if (callee.from === 'local' && isFunction(callee.declaration)) {
      const result = resultOf(callee.declaration, steps);
      if (result.from !== 'unknown') return result;
    }
    return extend(callee, `${callee.text}()`);
  };

  /** What a local function gives back, when all it does is give back one thing: `const db = () => pool`. */
  const resultOf = (fn: FunctionNode, steps: number): Origin => {
    if (fn.body.type !== 'BlockStatement') return trace(fn.body, steps);
    const last = fn.body.body.at(-1);
    return last?.type === 'ReturnStatement' && last.argument ? trace(last.argument, steps) : unknown;
  };

  const traceMember = (node: TSESTree.MemberExpression, steps: number): Origin => {
    const name = propertyName(node);
    if (node.object.type === 'ThisExpression' && name !== undefined) {
      const field = fieldOf(node, name, steps);
      if (field) return field;
    }
    const object = trace(node.object, steps);
    if (name === undefined) return extend(object, `${object.text}[]`);
    return memberOf(object, name, steps);
  };

  const memberOf = (object: Origin, name: string, steps: number): Origin => {
    const declared = object.from === 'local' ? object.declaration : undefined;
    if (declared?.type === 'ObjectExpression') {
      for (const property of declared.properties)
        if (property.type === 'Property' && propertyName(property) === name) return trace(property.value, steps);
    }
    if (object.text === 'default' || (name === 'default' && object.from === 'import'))
      return extend(object, object.text);
    return extend(object, `${object.text}.${name}`);
  };

  const traceBinding = (binding: Binding, steps: number): Origin => {
    const { node } = binding;
    switch (binding.kind) {
      case 'import':
        return importOrigin(node);
      case 'function':
      case 'class':
        return { from: 'local', text: binding.name, declaration: node };
      case 'param':
        return parameterOrigin(binding, steps);
      case 'const':
      case 'let':
      case 'var':
        return node.type === 'VariableDeclarator' ? variableOrigin(binding, node, steps) : unknown;
      default:
        return unknown;
    }
  };

  const variableOrigin = (binding: Binding, node: TSESTree.VariableDeclarator, steps: number): Origin => {
    const loop = node.parent.parent;
    if (loop?.type === 'ForOfStatement' && loop.left === node.parent) {
      const over = trace(loop.right, steps);
      return path(binding, node.id, extend(over, `${over.text}[]`), steps);
    }
    if (!node.init) return assignedOrigin(binding, steps) ?? typed(node.id) ?? unknown;
    const init = unwrap(node.init);
    if (init.type === 'ObjectExpression' && node.id.type === 'Identifier')
      return { from: 'local', text: binding.name, declaration: init };
    const origin = trace(init, steps);
    if (origin.from === 'literal' && binding.kind !== 'const') return assignedOrigin(binding, steps) ?? origin;
    const found = path(binding, node.id, origin, steps);
    return found.from === 'unknown' || found.from === 'parameter' ? (typed(node.id) ?? found) : found;
  };

  /** `let pool; pool = new Pool()`: the first assignment that is known. */
  const assignedOrigin = (binding: Binding, steps: number): Origin | undefined => {
    for (const reference of tree.referencesOf(binding)) {
      const { parent } = reference;
      if (parent.type !== 'AssignmentExpression' || parent.left !== reference) continue;
      const origin = trace(parent.right, steps);
      if (origin.from !== 'unknown' && origin.from !== 'literal') return origin;
    }
    return undefined;
  };

  /** Follows a destructuring pattern from the whole to the name. */
  const path = (binding: Binding, pattern: Node, whole: Origin, steps: number): Origin => {
    if (pattern.type === 'Identifier') return whole;
    if (pattern.type === 'AssignmentPattern') return path(binding, pattern.left, whole, steps);
    if (pattern.type === 'ObjectPattern') {
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') {
          if (contains(property.argument, binding.at)) return whole;
          continue;
        }
        if (contains(property.value, binding.at))
          return path(binding, property.value, memberOf(whole, propertyName(property) ?? '[]', steps), steps);
      }
    }
    if (pattern.type === 'ArrayPattern') {
      for (const element of pattern.elements)
        if (element && contains(element, binding.at))
          return path(binding, element, extend(whole, `${whole.text}[]`), steps);
    }
    return unknown;
  };

  const parameterOrigin = (binding: Binding, steps: number): Origin => {
    const { node } = binding;
    const pattern = node.type === 'TSParameterProperty' ? node.parameter : node;
    const plain = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
    const declared = typed(plain, decoratorsOf(node));
    if (declared && plain.type === 'Identifier') return declared;
    if (pattern.type === 'AssignmentPattern' && plain.type === 'Identifier') {
      const value = trace(pattern.right, steps);
      if (value.from === 'import') return value;
    }
    const fn = node.parent as FunctionNode;
    if (!isFunction(fn)) return unknown;
    const index = fn.params.indexOf(node as TSESTree.Parameter);
    const whole: Origin = {
      from: 'parameter',
      text: plain.type === 'Identifier' ? plain.name : `$${index}`,
      parameter: { of: fn, index },
      decorators: decoratorsOf(node),
    };
    return declared && plain.type === 'ObjectPattern'
      ? path(binding, plain, declared, steps)
      : path(binding, pattern, whole, steps);
  };

  /** `this.x`: a declared field, a constructor's parameter property, or what a method assigns. */
  const fieldOf = (member: Node, name: string, steps: number): Origin | undefined => {
    const body = classBodyAbove(member);
    if (!body) return undefined;
    for (const element of body.body) {
      if (
        (element.type === 'PropertyDefinition' || element.type === 'AccessorProperty') &&
        propertyName(element as TSESTree.PropertyDefinition) === name
      ) {
        const declared =
          element.typeAnnotation && typeOrigin(element.typeAnnotation.typeAnnotation, decoratorsOf(element));
        const value = element.value ? trace(element.value, steps) : undefined;
        if (value && value.from !== 'unknown' && value.from !== 'literal') return value;
        return declared ?? assignedField(body, name, steps);
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
            return typed(inner, decoratorsOf(param)) ?? { from: 'parameter', text: `this.${name}` };
        }
      }
      if (element.type === 'MethodDefinition' && propertyName(element) === name && element.kind === 'method') {
        return { from: 'local', text: `this.${name}`, declaration: element.value };
      }
    }
    return assignedField(body, name, steps);
  };

  const assignedField = (body: TSESTree.ClassBody, name: string, steps: number): Origin | undefined => {
    for (const id of tree.named(name)) {
      const member = id.parent;
      if (
        member.type !== 'MemberExpression' ||
        member.object.type !== 'ThisExpression' ||
        member.parent.type !== 'AssignmentExpression'
      )
        continue;
      if (member.parent.left !== member || classBodyAbove(member) !== body || /^[+\-*/]/.test(member.parent.operator))
        continue;
      const origin = trace(member.parent.right, steps);
      if (origin.from !== 'unknown' && origin.from !== 'literal') return origin;
    }
    return undefined;
  };

  const typed = (id: Node, decorators: readonly string[] = []): Origin | undefined =>
    'typeAnnotation' in id && id.typeAnnotation
      ? typeOrigin((id.typeAnnotation as TSESTree.TSTypeAnnotation).typeAnnotation, decorators)
      : undefined;

  const typeOrigin = (type: Node, decorators: readonly string[]): Origin | undefined => {
    if (type.type !== 'TSTypeReference') return undefined;
    const root = type.typeName.type === 'TSQualifiedName' ? type.typeName.left : type.typeName;
    if (root.type !== 'Identifier') return undefined;
    const binding = tree.bindingOf(root);
    const named = binding?.kind === 'import' ? importOrigin(binding.node) : undefined;
    const tail = type.typeName.type === 'TSQualifiedName' ? `.${type.typeName.right.name}` : '';
    const typeArguments = (type.typeArguments?.params ?? []).map((param) => tree.text.slice(...param.range));
    const base = named ? `${named.text}${tail}` : `${root.name}${tail}`;
    if (binding?.kind === 'class') {
      const instance = instanceOfClass({ from: 'local', text: root.name, declaration: binding.node }, 0);
      return { ...instance, typeArguments, decorators };
    }
    return {
      from: 'type',
      text: `new ${base}`,
      ...(named?.module ? { module: named.module } : {}),
      typeArguments,
      decorators,
    };
  };

  /** An instance of a class of this file is an instance of the library class it extends. */
  const instanceOfClass = (callee: Origin, steps: number): Origin => {
    const { declaration } = callee;
    if (
      (declaration?.type === 'ClassDeclaration' || declaration?.type === 'ClassExpression') &&
      declaration.superClass
    ) {
      const parent = trace(declaration.superClass, steps + 1);
      if (parent.from === 'import') return extend(parent, `new ${parent.text}`);
    }
    return { ...callee, text: `new ${callee.text}` };
  };

  return (node) => trace(node, 0);
}

function extend(origin: Origin, text: string): Origin {
  if (text.length > 300) return unknown;
  const { declaration: _, ...rest } = origin;
  return { ...rest, text };
}

function moduleOrigin(module: string): Origin {
  const bare = module.replace(/^node:/, '');
  return { from: 'import', text: bare, module: bare };
}

function importOrigin(node: Node): Origin {
  if (node.type === 'TSImportEqualsDeclaration') {
    return node.moduleReference.type === 'TSExternalModuleReference' &&
      node.moduleReference.expression.type === 'Literal'
      ? moduleOrigin(String(node.moduleReference.expression.value))
      : unknown;
  }
  if (node.parent?.type !== 'ImportDeclaration') return unknown;
  const whole = moduleOrigin(String(node.parent.source.value));
  if (node.type !== 'ImportSpecifier') return whole;
  const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
  return name === 'default' ? whole : extend(whole, `${whole.text}.${name}`);
}

function decoratorsOf(node: Node): readonly string[] {
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

function contains(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The text of a constant string, following `const` names and concatenation; undefined where any part is not constant. */
export function constantText(tree: Tree, expression: Node, steps = 0): string | undefined {
  const node = unwrap(expression);
  if (steps > maxSteps) return undefined;
  if (node.type === 'Literal')
    return typeof node.value === 'string' ? node.value : node.value === null ? undefined : String(node.value);
  if (node.type === 'TemplateLiteral') {
    let text = '';
    for (const [i, quasi] of node.quasis.entries()) {
      const hole = node.expressions[i];
      const value = hole ? constantText(tree, hole, steps + 1) : '';
      if (value === undefined) return undefined;
      text += quasi.value.cooked + value;
    }
    return text;
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const left = constantText(tree, node.left, steps + 1);
    const right = left === undefined ? undefined : constantText(tree, node.right, steps + 1);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (node.type === 'Identifier') {
    const binding = tree.bindingOf(node);
    if (
      binding?.kind !== 'const' ||
      binding.node.type !== 'VariableDeclarator' ||
      binding.node.id.type !== 'Identifier' ||
      !binding.node.init
    )
      return undefined;
    return constantText(tree, binding.node.init, steps + 1);
  }
  return undefined;
}

/** The name a function goes by: its own, or that of the variable, property, class member or argument it is. */
export function functionName(fn: FunctionNode): string {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (parent.type === 'AssignmentExpression')
    return parent.left.type === 'MemberExpression'
      ? (propertyName(parent.left) ?? '')
      : parent.left.type === 'Identifier'
        ? parent.left.name
        : '';
  if (parent.type === 'Property' || parent.type === 'PropertyDefinition') return propertyName(parent) ?? '';
  if (parent.type === 'MethodDefinition') {
    const owner = parent.parent.parent;
    const method = propertyName(parent) ?? '';
    return owner.id ? `${owner.id.name}.${method}` : method;
  }
  // `const f = useCallback(() => …)`, `export const get = asyncHandler(async …)`: the wrapper's variable names it.
  if (
    parent.type === 'CallExpression' &&
    parent.parent.type === 'VariableDeclarator' &&
    parent.parent.id.type === 'Identifier'
  )
    return parent.parent.id.name;
  return '';
}
