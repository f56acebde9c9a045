import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';

/** What a field's schema takes: the kind of value, and between which numbers it or its length lies. */
export interface Bounds {
  /** `string`, `number` …; absent where it converts what it gets or takes several kinds. */
  readonly kind?: string;
  readonly min?: number;
  readonly max?: number;
}

const lower = /^(?:min|gte|minLength|minValue|minimum|minItems|MinLength|Min|ArrayMinSize)$/;
const upper = /^(?:max|lte|maxLength|maxValue|maximum|maxItems|MaxLength|Max|ArrayMaxSize)$/;
const exact = /^(?:length|Length)$/;
const kinds = /^(?:string|number|boolean|array|object|String|Number|Boolean|Array|Object)$/;
/** What comes in may be of another kind than what comes out. */
const converts =
  /^(?:coerce|preprocess|transform|pipe|union|or|any|unknown|cast|custom|alternatives|try|Transform|Union)$/;

/** The bounds that a chain of a schema builder sets: `z.string().min(1).max(80)`, `v.pipe(v.string(), v.maxLength(80))`. */
export function boundsOf(schema: Node): Bounds {
  let bounds: Bounds = {};
  let at = unwrap(schema);
  let several = false;
  for (let steps = 0; steps < 40; steps++) {
    if (at.type === 'MemberExpression') {
      several ||= converts.test(propertyName(at) ?? '');
      at = unwrap(at.object);
      continue;
    }
    if (at.type !== 'CallExpression' || at.callee.type !== 'MemberExpression') break;
    const name = propertyName(at.callee) ?? '';
    const [first] = at.arguments;
    if (name === 'pipe' && first && at.callee.object.type === 'Identifier') {
      for (const step of at.arguments.slice(1)) bounds = { ...boundsOf(step), ...bounds };
      at = unwrap(first);
      continue;
    }
    several ||= converts.test(name);
    bounds = { ...said(name, at.arguments), ...bounds };
    at = unwrap(at.callee.object);
  }
  const { kind, ...numbers } = bounds;
  return kind === undefined || several ? numbers : bounds;
}

/** What one call says: a decorator of class-validator, or a step of a chain. */
export function said(name: string, args: readonly (Node | TSESTree.SpreadElement)[]): Bounds {
  const [first, second] = args.map(numberOf);
  if (kinds.test(name)) return { kind: name.toLowerCase(), ...optionsOf(args[0]) };
  if (name === 'nonempty' || name === 'IsNotEmpty') return { min: 1 };
  if (first === undefined) return {};
  if (lower.test(name)) return { min: first };
  if (upper.test(name)) return { max: first };
  if (name === 'Length') return { min: first, ...(second !== undefined && { max: second }) };
  return exact.test(name) ? { min: first, max: first } : {};
}

/** TypeBox' `{ minLength: 1, maximum: 9 }`. */
function optionsOf(node: Node | undefined): Bounds {
  let bounds: Bounds = {};
  for (const property of node?.type === 'ObjectExpression' ? node.properties : []) {
    const value = property.type === 'Property' ? numberOf(property.value) : undefined;
    const name = property.type === 'Property' ? (propertyName(property) ?? '') : '';
    if (value === undefined) continue;
    if (lower.test(name)) bounds = { ...bounds, min: value };
    if (upper.test(name)) bounds = { ...bounds, max: value };
  }
  return bounds;
}

function numberOf(node: Node): number | undefined {
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = numberOf(node.argument);
    return value === undefined ? undefined : -value;
  }
  return node.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined;
}

/** How the new bounds refuse what the old ones took, in words; undefined where nothing of the kind is certain. A bound where none was is a check that was missing. */
export function narrowing(was: Bounds, now: Bounds): string | undefined {
  if (was.kind !== undefined && now.kind !== undefined && was.kind !== now.kind) return `${was.kind} → ${now.kind}`;
  if (was.max !== undefined && now.max !== undefined && now.max < was.max) return `at most ${was.max} → ${now.max}`;
  if (was.min !== undefined && now.min !== undefined && now.min > was.min) return `at least ${was.min} → ${now.min}`;
  return undefined;
}
