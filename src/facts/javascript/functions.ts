import type { FunctionFact, FunctionSummary, ImportFact } from '../code.ts';
import { exportsOf } from './handlers/exported.ts';
import { enclosingFunction, functionName } from './nodes.ts';
import type { FunctionNode } from './parse.ts';
import type { Source } from './source.ts';

/** States the functions of a file, in the order of `tree.functions`. */
export function readFunctions(
  source: Source,
  summaryOf: (fn: FunctionNode) => FunctionSummary = () => ({}),
): readonly FunctionFact[] {
  const exported = new Set([...exportsOf(source).values()].flat());
  return source.tree.functions.map((fn) => ({
    name: functionName(fn),
    line: fn.loc.start.line,
    endLine: fn.loc.end.line,
    async: fn.async,
    exported: exported.has(fn),
    parent: source.indexOf(enclosingFunction(fn)),
    summary: summaryOf(fn),
  }));
}

/** States what a file imports, ESM and CommonJS. */
export function readImports(source: Source): readonly ImportFact[] {
  const imports: ImportFact[] = [];
  for (const node of source.tree.of('ImportDeclaration')) {
    const { line } = node.loc.start;
    const module = node.source.value;
    if (node.specifiers.length === 0) imports.push({ module, name: '', local: '', line });
    for (const specifier of node.specifiers) {
      const name =
        specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : specifier.type === 'ImportNamespaceSpecifier'
            ? '*'
            : specifier.imported.type === 'Identifier'
              ? specifier.imported.name
              : specifier.imported.value;
      imports.push({ module, name, local: specifier.local.name, line });
    }
  }
  for (const call of source.tree.named('require')) {
    const { parent } = call;
    if (parent.type !== 'CallExpression' || parent.callee !== call) continue;
    const [first] = parent.arguments;
    if (first?.type !== 'Literal' || typeof first.value !== 'string') continue;
    const target = parent.parent.type === 'VariableDeclarator' ? parent.parent.id : undefined;
    const local = target?.type === 'Identifier' ? target.name : '';
    imports.push({ module: first.value, name: '*', local, line: parent.loc.start.line });
  }
  return imports;
}
