import { canonical, child, entries, isTrue, items, stringAt, type Tree } from '../tree.ts';
import type { Check } from './check.ts';
import { everyMap, holdsNames } from './scan.ts';

const typeNames = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null', 'file', 'any']);
const numeric = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
];
const lists = ['allOf', 'oneOf', 'anyOf', 'enum', 'required'];

/** Schemas that cannot mean what they say: arrays without items, enums of another type, keywords of the wrong shape. */
export function checkSchemas(check: Check): void {
  for (const visit of everyMap(check.root)) {
    if (holdsNames(visit)) continue;
    const { node } = visit;
    const type = child(node, 'type');
    if (type && (type.list || typeof type.scalar === 'string') && !isSecurityScheme(visit.keys)) {
      arrayItems(check, node, type);
      typedEnum(check, node, type);
    }
    if (isSchema(visit.keys)) shapes(check, node, type);
    discriminator(check, node);
  }
}

function isSecurityScheme(keys: readonly string[]): boolean {
  return keys.includes('securitySchemes') || keys.includes('securityDefinitions');
}

function isSchema(keys: readonly string[]): boolean {
  const [last, parent] = [keys.at(-1), keys.at(-2)];
  return (
    last === 'schema' ||
    last === 'items' ||
    parent === 'properties' ||
    (parent === 'schemas' && keys.includes('components')) ||
    (parent === 'definitions' && keys.length === 2)
  );
}

function arrayItems(check: Check, node: Tree, type: Tree): void {
  const isArray = type.scalar === 'array' || items(type).some((item) => item.scalar === 'array');
  if (!isArray || child(node, 'items') || child(node, 'prefixItems') || child(node, '$ref') || child(node, 'allOf'))
    return;
  check.report(
    'array-without-items',
    check.version < 3.1 ? 'error' : 'warning',
    type,
    'The array does not say what its items are.',
  );
}

function typedEnum(check: Check, node: Tree, type: Tree): void {
  const list = child(node, 'enum');
  if (!list?.list) return;
  const types = new Set(type.list ? type.list.map((item) => String(item.scalar)) : [String(type.scalar)]);
  if (isTrue(node, 'nullable') || isTrue(node, 'x-nullable')) types.add('null');
  if ([...types].some((name) => !typeNames.has(name))) return;
  const seen = new Set<string>();
  for (const value of list.list) {
    if (!fits(value, types))
      check.report(
        'enum-value-of-wrong-type',
        'warning',
        value,
        `The value is not of the schema's type \`${[...types].join('` or `')}\`.`,
      );
    const text = canonical(value);
    if (seen.has(text)) check.report('duplicate-enum-value', 'warning', value, 'The value is in the list already.');
    seen.add(text);
  }
}

function fits(value: Tree, types: ReadonlySet<string>): boolean {
  if (types.has('any') || types.has('file')) return true;
  if (value.map) return types.has('object');
  if (value.list) return types.has('array');
  const scalar = value.scalar;
  if (scalar === null || scalar === undefined) return types.has('null');
  if (typeof scalar === 'number') return types.has('number') || (types.has('integer') && Number.isInteger(scalar));
  return types.has(typeof scalar);
}

function shapes(check: Check, node: Tree, type: Tree | undefined): void {
  for (const name of type?.list ?? (type ? [type] : [])) {
    if (typeof name.scalar !== 'string' || !typeNames.has(name.scalar))
      check.report('invalid-contract', 'error', name, `The type is none of JSON Schema's types.`);
  }
  for (const key of numeric) {
    const value = child(node, key);
    if (value && typeof value.scalar !== 'number')
      check.report('invalid-contract', 'error', value, `\`${key}\` must be a number.`);
  }
  for (const key of lists) {
    const value = child(node, key);
    if (value && !value.list && !(key === 'required' && typeof value.scalar === 'boolean' && check.version < 3))
      check.report('invalid-contract', 'error', value, `\`${key}\` must be a list.`);
  }
  const properties = child(node, 'properties');
  if (properties && !properties.map)
    check.report('invalid-contract', 'error', properties, '`properties` must be a map of names to schemas.');
  const [low, high] = [child(node, 'minLength')?.scalar, child(node, 'maxLength')?.scalar];
  if (typeof low === 'number' && typeof high === 'number' && low > high)
    check.report(
      'invalid-contract',
      'error',
      child(node, 'minLength') ?? node,
      '`minLength` is above `maxLength`: no value fits.',
    );
  if (check.version === 2)
    for (const key of ['oneOf', 'anyOf'] as const)
      if (child(node, key)?.list)
        check.report(
          'invalid-contract',
          'warning',
          child(node, key) ?? node,
          `\`${key}\` is OpenAPI 3's: Swagger 2 tools ignore it.`,
        );
}

/** Swagger 2: a discriminator names a required property. OpenAPI 3: it is a map with `propertyName`. */
function discriminator(check: Check, node: Tree): void {
  const at = child(node, 'discriminator');
  if (!at || node.list) return;
  if (check.version === 2 && typeof at.scalar === 'string' && child(node, 'properties')) {
    const required = items(child(node, 'required')).some((item) => item.scalar === at.scalar);
    if (!child(node, 'properties', at.scalar) || !required)
      check.report('invalid-contract', 'error', at, 'The discriminator must be a required property of this schema.');
  }
  if (
    check.version >= 3 &&
    at.map &&
    stringAt(at, 'propertyName') === undefined &&
    [...entries(at)].some(([key]) => key === 'mapping')
  ) {
    check.report('invalid-contract', 'error', at, 'The discriminator lacks `propertyName`.');
  }
}
