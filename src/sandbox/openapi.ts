import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';

// biome-ignore lint/suspicious/noExplicitAny: eleven megabytes of somebody else's JSON, walked by path
type Json = any;

const require = createRequire(import.meta.url);
const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
const compiled = new Map<string, ValidateFunction | undefined>();
let description: Json;

/** GitHub's own description of its API (GitHub Enterprise Server 3.19), read when first asked for. */
function github(): Json {
  description ??= JSON.parse(readFileSync(require.resolve('@octokit/openapi/generated/ghes-3.19.json'), 'utf8'));
  return description;
}

/** Says in GitHub's manner what is wrong with a request's body, or nothing. */
export function bodyFault(method: string, path: string, body: unknown): string | undefined {
  const schema = validatorOf(`${method} ${path} request`, () => {
    const operation = github().paths[path]?.[method.toLowerCase()];
    return operation?.requestBody?.content?.['application/json']?.schema;
  });
  return fault(schema, body ?? {});
}

/** The same for an answer: the sandbox's own tests hold its answers against the description. */
export function answerFault(method: string, path: string, status: number, body: unknown): string | undefined {
  const schema = validatorOf(`${method} ${path} ${status}`, () => {
    const responses = github().paths[path]?.[method.toLowerCase()]?.responses;
    return expand(responses?.[String(status)], [])?.content?.['application/json']?.schema;
  });
  return fault(schema, body);
}

function fault(validate: ValidateFunction | undefined, value: unknown): string | undefined {
  if (!validate || validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  const where = error?.instancePath ? error.instancePath.slice(1).replaceAll('/', '.') : 'body';
  return `For '${where}', ${error?.message ?? 'invalid'}.`;
}

function validatorOf(key: string, find: () => Json): ValidateFunction | undefined {
  if (!compiled.has(key)) {
    const schema = find();
    compiled.set(key, schema ? ajv.compile(expand(schema, [])) : undefined);
  }
  return compiled.get(key);
}

/** Replaces references by what they stand for; a schema that contains itself ends as "anything". */
function expand(value: Json, inside: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => expand(item, inside));
  if (value === null || typeof value !== 'object') return value;
  const reference = value.$ref;
  if (typeof reference === 'string') {
    if (inside.includes(reference)) return {};
    const target = reference
      .slice(2)
      .split('/')
      .reduce((node: Json, part: string) => node?.[part], github());
    return expand(target, [...inside, reference]);
  }
  // OpenAPI 3.0 says `nullable` where JSON Schema wants a type list; beside `allOf` or an enum ajv does not read it.
  const { nullable, discriminator, example, ...rest } = value;
  const schema = Object.fromEntries(Object.entries(rest).map(([name, item]) => [name, expand(item, inside)]));
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}
