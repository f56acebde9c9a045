import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Growth, Scope } from '../code.ts';
import { growthOf, isContainer, shrinks } from './growing-containers.ts';
import { fieldsThatGrow } from './growing-fields.ts';
import { endOf } from './growth-keys.ts';
import { readListeners, readTimers } from './lasting-callbacks.ts';
import { enclosingFunction, functionName, propertyName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Running } from './scope.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const caches =
  /cache|memo|session|seen|visited|history|recent|pending|clients?(?:Map|ById|s)?$|connections|tokens|attempts|buffers?$|byId$|lookup|store$|holder/i;
const registering =
  /^(?:register|define|add(?:Route|Handler|Plugin|Type|Rule|Command)|use|configure|init|setup|load|build|create(?!Client))/i;

/** Tables that are filled by the program itself, whoever is served meanwhile. */
const registries =
  /(?:handlers?|registry|registries|plugins?|routes?|routers?|modules?|adapters?|strategies|factories|providers?|commands|rules|schemas?|models?)$/i;

/** States what lives as long as the process and only ever grows: containers, listeners on something shared, timers. */
export function readGrowth(source: Source, running: Running, placeOf: PlaceOf): readonly Growth[] {
  return [
    ...variables(source, running, placeOf),
    ...fields(source, running, placeOf),
    ...readListeners(source, running, placeOf),
    ...readTimers(source, running, placeOf),
  ];
}

/** Containers of the module, and of a function that sets up handlers: each is there as long as they are. */
function variables(source: Source, running: Running, placeOf: PlaceOf): readonly Growth[] {
  const { tree } = source;
  return tree.of('VariableDeclarator').flatMap((declarator) => {
    const { id, init } = declarator;
    if (id.type !== 'Identifier' || !init || !isContainer(init)) return [];
    const around = enclosingFunction(declarator);
    if (around && /^(?:request|job)$/.test(running.scopeOf(around))) return [];
    const binding = tree.bindingOf(id);
    const references = binding ? tree.referencesOf(binding) : [];
    if (!binding || references.some(shrinks)) return [];
    const write = growthOf(source, references);
    const fn = write && enclosingFunction(write.at);
    if (!write || !fn || fn === around) return [];
    if (!lasts(functionName(fn), running.scopeOf(fn), isLookedUp(references, fn) ? 'cache' : id.name)) return [];
    if (around && running.scopeOf(fn) !== 'request') return [];
    const end = endOf(source, write, running.scopeOf(fn));
    if (end === 'known' || (end === 'unknown' && !isKeyedByObjects(id))) return [];
    const line = declarator.loc.start.line;
    return [
      {
        ...placeOf(write.at),
        line,
        endLine: line,
        kind: 'container' as const,
        of: id.name,
        grownAt: write.at.loc.start.line,
        endless: end === 'none',
      },
    ];
  });
}

/** Fields of what is made once: a provider of a container, or a class that calls itself a cache. */
function fields(source: Source, running: Running, placeOf: PlaceOf): readonly Growth[] {
  return fieldsThatGrow(source).flatMap(({ name, declared, write, ofCache }) => {
    const fn = enclosingFunction(write.at);
    const scope = running.scopeOf(fn);
    if (!fn || !(lasts(functionName(fn), scope, name) || ofCache)) return [];
    const end = ofCache ? 'none' : endOf(source, write, scope);
    if (end !== 'none') return [];
    const place = placeOf(declared);
    return [
      {
        ...place,
        endLine: place.line,
        kind: 'container' as const,
        of: `this.${name}`,
        grownAt: write.at.loc.start.line,
        endless: true,
      },
    ];
  });
}

/** What runs for each request, or for each call where the name says that it remembers; not what is filled once. */
function lasts(fn: string, scope: Scope, name: string): boolean {
  if (scope === 'startup' || scope === 'module' || registries.test(name) || registering.test(fn.replace(/^.*\./, '')))
    return false;
  return scope === 'request' || caches.test(name);
}

/** The function that writes asks first whether it is there: a cache, whatever its name. */
function isLookedUp(references: readonly Node[], fn: FunctionNode): boolean {
  return references.some(({ parent }) => {
    if (parent?.type !== 'MemberExpression' || enclosingFunction(parent) !== fn) return false;
    return /^(?:get|has)$/.test(propertyName(parent) ?? '') && parent.parent.type === 'CallExpression';
  });
}

/** `Map<Connection, Client>`: an object that is read anew is another key each time. */
function isKeyedByObjects({ typeAnnotation }: TSESTree.Identifier): boolean {
  const type = typeAnnotation?.typeAnnotation;
  if (type?.type !== 'TSTypeReference') return false;
  const key = type.typeArguments?.params[0];
  const isMap = type.typeName.type === 'Identifier' && /^(?:Map|Set)$/.test(type.typeName.name);
  const name = isMap && key?.type === 'TSTypeReference' && key.typeName.type === 'Identifier' ? key.typeName.name : '';
  return /^[A-Z]/.test(name) && !/(?:Id|Key|Name|Type|Kind|Enum|Code|Status)$/.test(name);
}
