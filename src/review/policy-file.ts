import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type PolicyLayer, policyLayerSchema } from './policy.ts';

/** Policy files are small; a larger one is a mistake or an attack. */
const maxLength = 64_000;

/** What is wrong with a policy file, and where. */
export interface PolicyError {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** Reads one layer of policy from YAML. Strict: an unknown key is an error. Aliases are refused (expansion bombs). */
export function parsePolicyFile(path: string, text: string): { layer: PolicyLayer } | { error: PolicyError } {
  if (text.length > maxLength)
    return { error: { path, line: 1, message: `the file is larger than ${maxLength / 1000} kB` } };
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem)
    return {
      error: {
        path,
        line: counter.linePos(problem.pos[0]).line,
        message: `no valid YAML: ${problem.code.toLowerCase().replaceAll('_', ' ')}`,
      },
    };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch {
    return { error: { path, line: 1, message: 'aliases are not allowed in a policy' } };
  }
  const parsed = policyLayerSchema.safeParse(value);
  if (parsed.success) return { layer: parsed.data };
  const [issue] = parsed.error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? []);
  return {
    error: {
      path,
      line: lineOf(document, keys, counter),
      message: `${keys.join('.') || 'policy'}: ${issue?.code === 'unrecognized_keys' ? 'unknown key' : (issue?.message ?? 'not valid')}`,
    },
  };
}

function lineOf(document: Document, path: readonly PropertyKey[], counter: LineCounter): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (!pair) break;
    if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0];
    node = pair.value;
  }
  return counter.linePos(offset).line;
}

/** The policy's JSON Schema (draft 2020-12), published with the app for editors. */
export function policyJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(policyLayerSchema, { io: 'input' }),
    title: 'Hindsight policy',
    description: 'The file .github/hindsight.yml',
  };
}
