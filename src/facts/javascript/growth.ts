import type { Growth } from '../code.ts';
import { constantText } from './constant-text.ts';
import type { Binding } from './declarations.ts';
import { readListeners, readTimers } from './lasting-callbacks.ts';
import { enclosingFunction, functionName, propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Running } from './scope.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const caches =
  /cache|memo|session|seen|visited|history|recent|pending|clients?(?:Map|ById|s)?$|connections|tokens|attempts|buffers?$|byId$|lookup|store$|holder/i;
const registering =
  /^(?:register|define|add(?:Route|Handler|Plugin|Type|Rule|Command)|use|configure|init|setup|load|build|create(?!Client))/i;
const shrinking = /^(?:delete|clear|shift|pop|splice|del|remove|evict|prune|reset|destroy)$/;

/** States what lives as long as the process and only ever grows: containers, listeners on something shared, timers. */
export function readGrowth(source: Source, running: Running, placeOf: PlaceOf): readonly Growth[] {
  return [
    ...containers(source, running, placeOf),
    ...classCaches(source, placeOf),
    ...readListeners(source, running, placeOf),
    ...readTimers(source, running, placeOf),
  ];
}

function containers(source: Source, running: Running, placeOf: PlaceOf): readonly Growth[] {
  const { tree } = source;
  return tree.of('VariableDeclarator').flatMap((declarator) => {
    const { id, init } = declarator;
    if (enclosingFunction(declarator) || id.type !== 'Identifier' || !init || !isContainer(init)) return [];
    const binding = tree.bindingOf(id);
    if (!binding || shrinks(source, binding)) return [];
    const write = tree
      .referencesOf(binding)
      .map((reference) => growth(source, reference))
      .find((node) => node !== undefined);
    const fn = write && enclosingFunction(write);
    if (!write || !fn || registering.test(functionName(fn).replace(/^.*\./, ''))) return [];
    const scope = running.scopeOf(fn);
    if (scope === 'startup' || scope === 'module' || (scope !== 'request' && !caches.test(id.name))) return [];
    return [
      {
        ...placeOf(write),
        line: declarator.loc.start.line,
        endLine: declarator.loc.start.line,
        kind: 'container' as const,
        of: id.name,
        grownAt: write.loc.start.line,
      },
    ];
  });
}

function isContainer(init: Node): boolean {
  const node = unwrap(init);
  if (node.type === 'NewExpression')
    return node.callee.type === 'Identifier' && /^(?:Map|Set)$/.test(node.callee.name) && node.arguments.length === 0;
  if (node.type === 'ObjectExpression') return node.properties.length === 0;
  return node.type === 'ArrayExpression' && node.elements.length === 0;
}

/** The write that a reference is part of, when it adds under a key that is not constant. */
function growth(source: Source, reference: Node): Node | undefined {
  const { parent } = reference;
  if (parent?.type !== 'MemberExpression' || parent.object !== reference) return undefined;
  const outer = parent.parent;
  if (parent.computed) {
    if (
      outer.type !== 'AssignmentExpression' ||
      outer.left !== parent ||
      constantText(source.tree, parent.property) !== undefined
    )
      return undefined;
    return outer;
  }
  const name = propertyName(parent) ?? '';
  if (outer.type !== 'CallExpression' || outer.callee !== parent || !/^(?:set|add|push|unshift)$/.test(name))
    return undefined;
  const [key] = outer.arguments;
  return key && constantText(source.tree, key) === undefined ? outer : undefined;
}

/** Anything in the file takes from it, counts it, or hands it to somebody who may. */
function shrinks(source: Source, binding: Binding): boolean {
  return source.tree.referencesOf(binding).some((reference) => {
    const { parent } = reference;
    if (parent.type === 'MemberExpression' && parent.object === reference) {
      const name = propertyName(parent) ?? '';
      if (shrinking.test(name) || name === 'size' || name === 'length') return true;
      return parent.parent.type === 'UnaryExpression' && parent.parent.operator === 'delete';
    }
    if (parent.type === 'AssignmentExpression' && parent.left === reference) return true;
    return (
      parent.type === 'CallExpression' ||
      parent.type === 'ExportSpecifier' ||
      parent.type === 'Property' ||
      parent.type === 'ReturnStatement' ||
      parent.type === 'NewExpression'
    );
  });
}

/** A class that calls itself a cache and never forgets: no size, no age, nothing removed but by name. */
function classCaches(source: Source, placeOf: PlaceOf): readonly Growth[] {
  return [...source.tree.of('ClassDeclaration'), ...source.tree.of('ClassExpression')].flatMap((owner) => {
    if (!owner.id || !/cache$/i.test(owner.id.name)) return [];
    const text = source.tree.text.slice(...owner.range);
    if (
      /ttl|expir|max(?:Size|Items|Entries|Age)?\b|lru|evict|redis|memcached|limit|setTimeout|setInterval|WeakMap|extends/i.test(
        text,
      )
    )
      return [];
    for (const assignment of source.tree.of('AssignmentExpression')) {
      const { left, right } = assignment;
      if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression' || !isContainer(right)) continue;
      if (assignment.range[0] < owner.range[0] || assignment.range[1] > owner.range[1]) continue;
      const name = propertyName(left) ?? '';
      if (!new RegExp(`this\\.${name.replace(/\W/g, '')}(?:\\[|\\.(?:set|add|push)\\()`).test(text)) continue;
      return [
        { ...placeOf(assignment), kind: 'container' as const, of: `this.${name}`, grownAt: assignment.loc.start.line },
      ];
    }
    return [];
  });
}
