import type { SourceFile } from '../../../review/types.ts';
import type { ContractFacts } from '../../contract.ts';
import { isJavaScript } from '../../javascript/parse.ts';
import { treeOf } from '../../javascript/planted.ts';
import type { Documents } from '../documents.ts';
import type { Comparison, PlacedProblem, Spot } from '../openapi/change.ts';
import { compareSchemas } from '../openapi/compare-schemas.ts';
import { stringAt } from '../tree.ts';
import { lostNulls } from './lost-nulls.ts';
import { type RouteSchema, routeSchemas } from './route-schemas.ts';

/** What a file must say to be worth two parses. */
const says = /\b(?:body|querystring|query|headers|response)['"]?\s{0,5}:/;
const describes = /\btype['"]?\s{0,5}:\s{0,5}['"](?:object|array)['"]|\b(?:Type|t)\.(?:Object|Array)\(/;

/** A file of code says all that can be followed. What it refers to by `$ref` is registered elsewhere, and unknown. */
const written: Documents = {
  parsed: () => undefined,
  resolve: (node) => (stringAt(node, '$ref') === undefined ? { node, via: [] } : undefined),
};

/**
 * What a change does to the JSON schemas that a file's routes are registered with, for who calls them.
 *
 * @returns undefined when the file has no such schema on both sides
 * @throws as plantTree
 */
export function readRouteSchemas(file: SourceFile): ContractFacts | undefined {
  const { path, before, after } = file;
  if (before === undefined || after === undefined || !isJavaScript(path)) return undefined;
  if (![before, after].every((text) => says.test(text) && describes.test(text))) return undefined;
  const old = routeSchemas(treeOf(path, before));
  const comparison = comparisonOf(file);
  const problems: PlacedProblem[] = [];
  for (const [key, now] of routeSchemas(treeOf(path, after))) {
    const was = old.get(key);
    if (!was) continue;
    compareSchemas(comparison, now.direction, [spotOf(was)], [spotOf(now)], now.subject);
    if (now.direction === 'response') problems.push(...lostNulls(comparison, was, now));
  }
  problems.push(...[...comparison.found.values()].filter(isFelt).map(softened));
  // A schema that two routes share is told once.
  const told = new Map(problems.map((problem) => [`${problem.rule} ${problem.line}`, problem]));
  return { format: 'json-schema', problems: [...told.values()], notes: [...comparison.notes] };
}

function comparisonOf(file: SourceFile): Comparison {
  return {
    before: written,
    after: written,
    lines: { added: () => file.added, removed: () => file.removed },
    today: new Date().toISOString().slice(0, 10),
    found: new Map(),
    notes: new Set(),
    compared: new Set(),
    budget: { steps: 20_000 },
  };
}

/**
 * An answer is written by its schema: one that promises less lets through what the handler has sent all along, and one of
 * another type has it written as that type.
 */
function isFelt({ rule, because }: PlacedProblem): boolean {
  if (rule !== 'widened-response') return true;
  const [, old, now] = /^type changed from `(\w+)` to ([^:]{1,200}):/.exec(because) ?? [];
  if (old === undefined || now === undefined) return false;
  return !now.includes(`\`${old === 'integer' ? 'number' : old}\``) && !now.includes(`\`${old}\``);
}

/** Code is no published contract: its clients may be deployed with it. And Fastify drops what a schema does not name. */
function softened(problem: PlacedProblem): PlacedProblem {
  const severity = problem.rule === 'removed-request-input' ? 'notice' : 'warning';
  return { ...problem, severity };
}

function spotOf({ schema }: RouteSchema): Spot {
  return { node: schema, via: [] };
}
