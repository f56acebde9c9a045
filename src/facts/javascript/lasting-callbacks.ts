import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Growth } from '../code.ts';
import { functionsOf } from './handlers/resolve.ts';
import { enclosingFunction, propertyName, simpleName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Running } from './scope.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** `shared.on('error', …)` in a function that runs for each request or call: the listeners pile up on what outlives it. */
export function readListeners(source: Source, running: Running, placeOf: PlaceOf): readonly Growth[] {
  const { tree } = source;
  const removals = tree.of('CallExpression').filter(isRemoval);
  return tree.of('CallExpression').flatMap((call) => {
    const { callee } = call;
    if (
      callee.type !== 'MemberExpression' ||
      !/^(?:on|addListener|addEventListener)$/.test(propertyName(callee) ?? '') ||
      callee.object.type !== 'Identifier'
    )
      return [];
    const [event, listener] = call.arguments;
    if (event?.type !== 'Literal' || !listener || functionsOf(source, listener).length === 0) return [];
    const fn = enclosingFunction(call);
    const binding = tree.bindingOf(callee.object);
    const shared = binding
      ? !enclosingFunction(binding.node) && binding.kind !== 'param'
      : /^(?:process|(?:event)?(?:bus|emitter)|pubsub)$/i.test(callee.object.name);
    if (!fn || !shared || isTakenAway(removals, callee.object.name, String(event.value))) return [];
    if (running.scopeOf(fn) !== 'request' && !isExecutor(fn)) return [];
    const place = placeOf(call);
    return [
      {
        ...place,
        endLine: Math.min(place.endLine, place.line + 3),
        kind: 'listener' as const,
        of: `${callee.object.name}.${propertyName(callee)}`,
        grownAt: place.line,
        endless: true,
      },
    ];
  });
}

/** Somewhere in the file a listener of that event, or of any, is taken from it. */
function isTakenAway(removals: readonly TSESTree.CallExpression[], emitter: string, event: string): boolean {
  return removals.some(({ callee, arguments: [first] }) => {
    if (callee.type !== 'MemberExpression' || simpleName(callee.object) !== emitter) return false;
    return first?.type !== 'Literal' || String(first.value) === event;
  });
}

function isRemoval({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    /^(?:off|remove(?:All)?(?:Event)?Listeners?|once)$/.test(propertyName(callee) ?? '')
  );
}

function isExecutor(fn: FunctionNode): boolean {
  const { parent } = fn;
  return parent.type === 'NewExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'Promise';
}

/** `setInterval(…)` for each request, whose handle nobody keeps: it runs until the process ends. */
export function readTimers(source: Source, running: Running, placeOf: PlaceOf): readonly Growth[] {
  return source.tree.of('CallExpression').flatMap((call) => {
    const fn = enclosingFunction(call);
    const named = call.callee.type === 'Identifier' && call.callee.name === 'setInterval';
    if (!fn || !named || source.originOf(call.callee).from !== 'global' || running.scopeOf(fn) !== 'request') return [];
    const [callback] = call.arguments;
    if (!callback || functionsOf(source, callback).length === 0 || isKept(source, call)) return [];
    const place = placeOf(call);
    return [
      { ...place, endLine: place.line, kind: 'timer' as const, of: 'setInterval', grownAt: place.line, endless: true },
    ];
  });
}

/** Somebody has the handle: it is given on, or its name is used again. */
function isKept(source: Source, call: TSESTree.CallExpression): boolean {
  const parent: Node = call.parent;
  // `setInterval(…).unref()` still runs.
  if (parent.type === 'MemberExpression') return parent.parent.parent?.type !== 'ExpressionStatement';
  if (parent.type === 'ExpressionStatement') return false;
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return true;
  const binding = source.tree.bindingOf(parent.id);
  return !binding || source.tree.referencesOf(binding).length > 0;
}
