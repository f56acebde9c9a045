import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { functionsOf } from '../handlers/resolve.ts';
import { enclosingFunction, isFunction, propertyName } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { quoted, within } from '../within.ts';
import { awaitedCalls, rootOf } from './awaited-calls.ts';
import { endsInCallback, knownAsync } from './library.ts';
import { memberReturn } from './member-types.ts';
import { annotationOf, declarationOf, isPromised, type Promised, promisedType } from './types.ts';

/** What is known of an expression: is it a promise, and who says so, in words that complete "… because". */
export interface Evidence {
  readonly promised: Promised;
  readonly by: string;
}
export type EvidenceOf = (node: Node) => Evidence;

const unknown: Evidence = { promised: 'unknown', by: '' };
const no: Evidence = { promised: 'no', by: '' };
const maxDepth = 8;

/** Gives the function that tells which expressions of a file are promises: by declared types, by async functions of the file, by libraries. */
export function evidencesOf(source: Source): EvidenceOf {
  const { tree } = source;
  const assigned = asyncMembers(source);
  const elsewhere = awaitedCalls(source);

  const of = (node: Node, depth: number): Evidence => {
    if (depth > maxDepth) return unknown;
    switch (node.type) {
      case 'ChainExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
        return of(node.expression, depth + 1);
      case 'TSAsExpression':
      case 'TSTypeAssertion':
        return node.typeAnnotation.type === 'TSTypeReference' &&
          node.typeAnnotation.typeName.type === 'Identifier' &&
          node.typeAnnotation.typeName.name === 'const'
          ? of(node.expression, depth + 1)
          : typed(node.typeAnnotation);
      case 'Identifier':
        return name(node, depth);
      case 'NewExpression':
        return node.callee.type === 'Identifier' && isPromiseClass(node.callee)
          ? { promised: 'promise', by: 'it is a `new Promise`' }
          : no;
      case 'ArrayExpression':
        return node.elements.some((element) => element && of(element, depth + 1).promised === 'promise')
          ? { promised: 'promises', by: 'the list holds promises' }
          : no;
      case 'CallExpression':
        return call(node, depth);
      case 'ConditionalExpression': {
        const one = of(node.consequent, depth + 1);
        return isPromised(one.promised) ? one : of(node.alternate, depth + 1);
      }
      case 'LogicalExpression':
        return of(node.right, depth + 1);
      case 'AwaitExpression':
      case 'Literal':
      case 'TemplateLiteral':
      case 'ObjectExpression':
        return no;
      default:
        return unknown;
    }
  };

  const typed = (type: Node | undefined): Evidence => {
    const promised = promisedType(tree, type);
    return { promised, by: promised === 'unknown' || promised === 'no' ? '' : 'its type is a promise' };
  };

  const name = (node: TSESTree.Identifier, depth: number): Evidence => {
    const binding = tree.bindingOf(node);
    if (!binding) return unknown;
    const declared = annotationOf(binding.at);
    if (declared) return typed(declared);
    const init = binding.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
    if (binding.node.type !== 'VariableDeclarator' || binding.node.id.type !== 'Identifier') return unknown;
    return init && binding.kind === 'const' ? of(init, depth + 1) : unknown;
  };

  const isPromiseClass = (id: TSESTree.Identifier): boolean => {
    const binding = tree.bindingOf(id);
    if (!binding) return id.name === 'Promise';
    const { node } = binding;
    return (
      node.type === 'ClassDeclaration' && node.superClass?.type === 'Identifier' && node.superClass.name === 'Promise'
    );
  };

  const call = (node: TSESTree.CallExpression, depth: number): Evidence => {
    const callee = node.callee.type === 'TSNonNullExpression' ? node.callee.expression : node.callee;
    if (callee.type === 'MemberExpression') {
      const method = propertyName(callee) ?? '';
      if (callee.object.type === 'Identifier' && callee.object.name === 'Promise' && !tree.bindingOf(callee.object))
        return /^(?:resolve|reject|all|allSettled|any|race|try)$/.test(method)
          ? { promised: 'promise', by: `\`Promise.${method}\` gives a promise` }
          : no;
      if (/^(?:then|catch|finally)$/.test(method)) return of(callee.object, depth + 1);
      if (/^(?:map|flatMap)$/.test(method) && node.arguments[0]) return mapped(node.arguments[0], depth);
    }
    return (
      declaredCall(callee, depth) ??
      functionCall(node, depth) ??
      memberCall(callee) ??
      awaited(node, callee) ??
      library(node)
    );
  };

  const mapped = (callback: Node, depth: number): Evidence => {
    const [fn] = functionsOf(source, callback);
    return fn && givesPromise(fn, depth + 1) ? { promised: 'promises', by: 'each turn gives a promise' } : unknown;
  };

  // Of overloads the first, which the later ones of a map would hide.
  const declaredFunctions = new Map(
    tree
      .of('TSDeclareFunction')
      .flatMap((one) => (one.id ? [[one.id.name, one] as const] : []))
      .reverse(),
  );

  /** `declare const f: () => Promise<void>`, a parameter `work: () => Promise<void>`, `declare function f(): Promise<void>`. */
  const declaredCall = (callee: Node, depth: number): Evidence | undefined => {
    if (callee.type !== 'Identifier') return undefined;
    const binding = tree.bindingOf(callee);
    if (!binding) {
      const declared = declaredFunctions.get(callee.name);
      return declared ? typed(declared.returnType?.typeAnnotation) : undefined;
    }
    let type = annotationOf(binding.at);
    if (type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier') {
      const alias = declarationOf(tree, type.typeName);
      if (alias?.type === 'TSTypeAliasDeclaration') type = alias.typeAnnotation;
    }
    if (type?.type !== 'TSFunctionType' || depth > maxDepth) return undefined;
    return typed(type.returnType?.typeAnnotation);
  };

  /** `this.store.save()` where the interface or the class of `store` stands in this file. */
  const memberCall = (callee: Node): Evidence | undefined => {
    const type = callee.type === 'MemberExpression' ? memberReturn(tree, callee) : undefined;
    if (type === 'async') return { promised: 'promise', by: `\`${quoted(tree, callee)}\` is async` };
    const evidence = type && typed(type);
    return evidence && isPromised(evidence.promised) ? evidence : undefined;
  };

  const functionCall = (node: TSESTree.CallExpression, depth: number): Evidence | undefined => {
    const callee = node.callee;
    if (isFunction(callee))
      return givesPromise(callee, depth + 1) ? { promised: 'promise', by: 'the function is async' } : unknown;
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return undefined;
    const fns = functionsOf(source, callee);
    if (fns.length === 0) {
      const line = callee.type === 'MemberExpression' && !rootOf(callee) ? assigned.get(textOf(callee)) : undefined;
      return line === undefined
        ? undefined
        : { promised: 'promise', by: `\`${quoted(tree, callee)}\` is an async function (line ${line})` };
    }
    const [fn] = fns;
    if (!fn || fns.length > 1) return undefined;
    return givesPromise(fn, depth + 1)
      ? { promised: 'promise', by: `\`${quoted(tree, callee)}\` is async (line ${fn.loc.start.line})` }
      : no;
  };

  const givesPromise = (fn: FunctionNode, depth: number): boolean => {
    if (fn.generator) return false;
    if (fn.async) return true;
    if (fn.returnType) return promisedType(tree, fn.returnType.typeAnnotation) === 'promise';
    if (fn.body.type !== 'BlockStatement') return of(fn.body, depth + 1).promised === 'promise';
    const answers = within(tree, 'ReturnStatement', fn.body).flatMap((statement) =>
      statement.argument && enclosingFunction(statement) === fn ? [statement.argument] : [],
    );
    // `return false` beside a call that others wait for: a yes or no, whoever waits for it.
    if (answers.some((one) => one.type === 'Literal')) return false;
    return answers.some((one) => of(one, depth + 1).promised === 'promise');
  };

  const awaited = (node: TSESTree.CallExpression, callee: Node): Evidence | undefined => {
    if (callee.type !== 'MemberExpression' && callee.type !== 'Identifier') return undefined;
    // `run(work)` gives a promise when the work does; with a callback it gives none.
    if (endsInCallback(node)) return undefined;
    const { line, binding } = elsewhere.get(textOf(callee)) ?? {};
    // The parameter of another function may be named the same.
    const root = rootOf(callee);
    const other = root !== undefined && binding !== tree.bindingOf(root);
    return line === undefined || other
      ? undefined
      : { promised: 'promise', by: `the same call of \`${quoted(tree, callee)}\` is waited for on line ${line}` };
  };

  const library = (node: TSESTree.CallExpression): Evidence => {
    const by = knownAsync(source, node);
    return by === undefined ? unknown : { promised: 'promise', by };
  };

  const textOf = (node: Node): string => tree.text.slice(...node.range).replace(/\s+|\?(?=\.)/g, '');
  return (node) => of(node, 0);
}

/** `User.approve = async function () {…}`: async functions by the member they are assigned to. */
function asyncMembers(source: Source): ReadonlyMap<string, number> {
  const members = new Map<string, number>();
  for (const { left, right } of source.tree.of('AssignmentExpression')) {
    if (left.type !== 'MemberExpression' || !isFunction(right) || !right.async) continue;
    const text = source.tree.text.slice(...left.range).replace(/\s+/g, '');
    members.set(text, right.loc.start.line);
    members.set(text.replace(/^module\.exports\./, 'exports.'), right.loc.start.line);
  }
  return members;
}
