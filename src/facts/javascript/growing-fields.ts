import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { growthOf, isContainer, shrinks, type Write } from './growing-containers.ts';
import { enclosingFunction, functionName, propertyName, simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

type Class = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A field that is made with its object, only grows, and belongs to an object that lives as long as the process. */
export interface GrowingField {
  readonly name: string;
  readonly declared: Node;
  readonly write: Write;
  /** The class is a cache for whatever its callers put into it: `set(key, value)`. */
  readonly ofCache: boolean;
}

const provided = /^(?:Injectable|Controller|Service|Singleton|Resolver|WebSocketGateway|Middleware|Catch)$/;
const single = /(?:Service|Controller|Repository|Provider|Gateway|Guard|Interceptor|Middleware|Resolver)$/;
const bounded =
  /ttl|expir|max(?:Size|Items|Entries|Age)?\b|lru|evict|redis|memcached|limit|setTimeout|setInterval|WeakMap|Scope\.|extends/i;

/** Fields of services and caches that nothing in their class takes from; a cache forgets nothing by itself where it forgets what it is told to. */
export function fieldsThatGrow(source: Source): readonly GrowingField[] {
  const classes: readonly Class[] = [...source.tree.of('ClassDeclaration'), ...source.tree.of('ClassExpression')];
  return classes.flatMap((owner) => {
    const name = owner.id?.name ?? '';
    const isCache = /cache$/i.test(name);
    const isProvided = owner.decorators.some(({ expression }) => provided.test(calleeName(expression)));
    if (!(isCache || isProvided || single.test(name))) return [];
    if (bounded.test(source.tree.text.slice(...owner.range))) return [];
    return declaredIn(source, owner).flatMap(({ field, declared }) => {
      const uses = usesOf(source, owner, field).filter((use) => use !== declared);
      const write = growthOf(source, uses);
      if (!write) return [];
      const ofCache = isCache && isSetter(write);
      if (ofCache ? uses.some(isCounted) : uses.some(shrinks)) return [];
      return [{ name: field, declared: declared.parent ?? declared, write, ofCache }];
    });
  });
}

/** `set(key, value) { this.known[key] = value; }`. */
function isSetter({ at, key }: Write): boolean {
  const fn = enclosingFunction(at);
  const [first] = fn?.params ?? [];
  return (
    fn !== undefined &&
    /(?:^|\.)(?:set|put|add|store|save)$/.test(functionName(fn)) &&
    first?.type === 'Identifier' &&
    key?.type === 'Identifier' &&
    key.name === first.name
  );
}

function isCounted({ parent }: Node): boolean {
  return parent?.type === 'MemberExpression' && /^(?:size|length|shift|splice)$/.test(propertyName(parent) ?? '');
}

/** `private readonly known = new Map()`, and `this.known = new Map()` in the constructor. */
function declaredIn(source: Source, owner: Class): readonly { field: string; declared: Node }[] {
  const found: { field: string; declared: Node }[] = [];
  for (const member of owner.body.body) {
    const field = member.type === 'PropertyDefinition' && !member.computed ? propertyName(member) : undefined;
    if (member.type === 'PropertyDefinition' && field !== undefined && member.value && isContainer(member.value))
      found.push({ field, declared: member.value });
  }
  for (const { left, right } of source.tree.of('AssignmentExpression')) {
    if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression' || !isContainer(right)) continue;
    const fn = left.range[0] > owner.range[0] && left.range[1] < owner.range[1] ? enclosingFunction(left) : undefined;
    const field = propertyName(left);
    if (fn && field !== undefined && functionName(fn).endsWith('constructor')) found.push({ field, declared: left });
  }
  return found;
}

/** `this.known`, or `Names.known` of a static field, within the class. */
function usesOf(source: Source, owner: Class, field: string): readonly Node[] {
  return source.tree.named(field).flatMap(({ parent }) => {
    if (parent.type !== 'MemberExpression' || parent.computed || propertyName(parent) !== field) return [];
    const { object } = parent;
    const own = object.type === 'ThisExpression' || (object.type === 'Identifier' && object.name === owner.id?.name);
    return own && parent.range[0] > owner.range[0] && parent.range[1] < owner.range[1] ? [parent] : [];
  });
}

function calleeName(expression: Node): string {
  return simpleName(expression.type === 'CallExpression' ? expression.callee : expression);
}
