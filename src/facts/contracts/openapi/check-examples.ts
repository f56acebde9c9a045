import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { child, entries, plainValue, type Tree } from '../tree.ts';
import { linesWithin } from './change.ts';
import type { Check } from './check.ts';
import { schemaForAjv } from './json-schema.ts';
import { everyMap, holdsNames } from './scan.ts';

const maxExamples = 300;
const maxMilliseconds = 2_000;

interface ExampleAt {
  readonly schema: Tree;
  readonly value: Tree;
  readonly direction?: 'request' | 'response';
}

/**
 * Examples and defaults that their own schema refuses. Only those are validated whose lines, or whose schema's, the change
 * touches.
 */
export function checkExamples(check: Check): void {
  const deadline = performance.now() + maxMilliseconds;
  let examples = 0;
  for (const visit of everyMap(check.root)) {
    if (holdsNames(visit) && !child(visit.node, 'schema')) continue;
    for (const example of examplesOf(visit.node, visit.keys)) {
      if (!touched(check, example.value) && !touched(check, example.schema)) continue;
      if (++examples > maxExamples || performance.now() > deadline) return;
      const refused = whyRefused(check, example);
      if (refused)
        check.report('mismatched-example', 'error', refused.at, `The example does not fit its schema: ${refused.why}.`);
    }
  }
}

function* examplesOf(node: Tree, keys: readonly string[]): Generator<ExampleAt> {
  const way = wayOf(keys);
  const schema = child(node, 'schema');
  const example = child(node, 'example');
  if (schema?.map) {
    if (example) yield { schema, value: example, ...way };
    for (const [, named] of entries(child(node, 'examples'))) {
      const value = child(named, 'value');
      if (value) yield { schema, value, ...way };
    }
    return;
  }
  if (!['type', 'enum', 'properties', 'allOf', 'oneOf', 'anyOf', 'format', 'items'].some((key) => child(node, key)))
    return;
  if (example) yield { schema: node, value: example, ...way };
  const initial = child(node, 'default');
  if (initial) yield { schema: node, value: initial, ...way };
  for (const value of child(node, 'examples')?.list ?? []) yield { schema: node, value, ...way };
}

function wayOf(keys: readonly string[]): Pick<ExampleAt, 'direction'> {
  if (keys.includes('requestBody') || keys.includes('parameters')) return { direction: 'request' };
  return keys.includes('responses') ? { direction: 'response' } : {};
}

function touched(check: Check, node: Tree): boolean {
  return node.path === check.file.path && linesWithin(check.file.added, node.line, node.endLine).length > 0;
}

/** Where and why an example is refused; undefined when it fits or when nobody can tell. */
function whyRefused(check: Check, example: ExampleAt): { at: Tree; why: string } | undefined {
  try {
    const ajv = new Ajv2020({
      strict: false,
      validateSchema: false,
      allErrors: false,
      logger: false,
      code: { regExp: safeRegExp },
    });
    // ajv-formats is CommonJS: its default export is the module's own function.
    (addFormats as unknown as (ajv: Ajv2020, options: object) => void)(ajv, {
      mode: 'fast',
      formats: ['date', 'date-time', 'email', 'uuid', 'ipv4', 'ipv6', 'int32', 'int64', 'float', 'double'],
    });
    const validate = ajv.compile(schemaForAjv(check.documents, example.schema, check.version, example.direction));
    if (validate(plainValue(example.value))) return undefined;
    const error = validate.errors?.[0];
    if (!error) return undefined;
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const at = child(example.value, ...path) ?? example.value;
    return { at, why: wordsFor(error.keyword, error.params) };
  } catch {
    // A schema that cannot be compiled (a cycle without end, a keyword of the wrong shape) says nothing of its example.
    return undefined;
  }
}

function wordsFor(keyword: string, params: Record<string, unknown>): string {
  if (keyword === 'type') return `the type must be ${[params.type].flat().join(' or ')}`;
  if (keyword === 'required') return `\`${String(params.missingProperty).slice(0, 60)}\` is missing`;
  if (keyword === 'additionalProperties')
    return `\`${String(params.additionalProperty).slice(0, 60)}\` is not in the schema`;
  if (keyword === 'format') return `it is no \`${String(params.format).slice(0, 30)}\``;
  return `\`${keyword}\` is not met`;
}

/** A pattern of a hostile contract must not hang the review: only patterns that cannot backtrack far are run. */
function safeRegExp(pattern: string, flags: string): { test(text: string): boolean; source: string } {
  const quantifiers = pattern.match(/[*+]|\{\d*,\d*\}/g)?.length ?? 0;
  const nested =
    /\)\s{0,2}[*+{?]/.test(pattern) ||
    pattern.includes('\\1') ||
    pattern.includes('(?<') ||
    pattern.includes('(?=') ||
    pattern.includes('(?!');
  if (pattern.length > 200 || quantifiers > 3 || nested) return { test: () => true, source: pattern };
  const compiled = new RegExp(pattern, flags);
  return { test: (text) => text.length > 200 || compiled.test(text), source: pattern };
}
safeRegExp.code = 'new RegExp';
