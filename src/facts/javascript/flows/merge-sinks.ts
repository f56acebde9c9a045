import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { CallSite, Sink } from './sink.ts';
import type { Value } from './value.ts';

const mergers =
  /^(?:lodash(?:\.\w+|\/\w+)?|_|underscore|deepmerge|merge-deep|defaults-deep|deep-extend|extend|jquery|just-extend|merge)(?:\.|$)/;
const deep = /^(?:merge|mergeWith|defaultsDeep|deepMerge|mergeDeep|deepExtend|set|setWith|extend|deepmerge)$/;

/** Places that put one object's properties into another, or set a property by name. */
export function mergeSinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, origin, receiver, args } = call;
  // A function of the file's own that has such a name: what it does is read where it does it.
  if (receiver === '' && !call.imported && !call.free) return [];
  const sink = { label: call.label, at: call.node };
  if (receiver === 'Object' && name === 'assign')
    return args.slice(1).map((target) => ({
      ...sink,
      kind: 'write' as const,
      target,
      accepts: (value: Value) =>
        value.trust === 'request' && value.whole && !value.validated && livesOn(source, args[0]),
    }));
  if (!deep.test(name) || !(mergers.test(origin) || /^(?:_|lodash)$/.test(receiver))) return [];
  // `_.set(object, path, value)` writes where the path says.
  const targets = /^set/.test(name) ? args.slice(1, 2) : args.slice(1);
  return targets.map((target) => ({
    ...sink,
    kind: 'object' as const,
    target,
    accepts: (value: Value) => value.trust === 'request' && !value.validated,
  }));
}

/** Into something that lives on, not into a fresh `{}`, nor into a name for one. */
function livesOn(source: Source, node: Node | undefined): boolean {
  if (node?.type !== 'Identifier') return node?.type === 'MemberExpression';
  const declared = source.tree.bindingOf(node)?.node;
  return declared?.type !== 'VariableDeclarator' || declared.init?.type !== 'ObjectExpression';
}
