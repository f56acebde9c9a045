import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { UndocumentedAnswer } from '../code.ts';
import type { FoundHandler } from './handlers/found.ts';
import { nameOf } from './handlers/shape.ts';
import { enclosingFunction, hasSpread, propertyName, propertyOf, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/** What a Fastify handler answers beyond the response schema of its route: a status, or a field that the serialiser drops. */
export function readUndocumentedAnswers(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
): readonly UndocumentedAnswer[] {
  return handlers.flatMap((handler) => {
    const documented = handler.framework === 'fastify' ? documentedResponses(source, handler.node) : undefined;
    if (!documented) return [];
    const route = `${handler.method} ${handler.path}`;
    const found: UndocumentedAnswer[] = [];
    for (const { status, at, body } of answersOf(source, handler)) {
      const schema = schemaFor(documented, status);
      if (!schema) {
        if (isTold(documented, status)) found.push({ ...placeOf(at), route, what: 'status', name: String(status) });
        continue;
      }
      const fields = fieldsOf(schema);
      if (!fields || !body || hasSpread(body)) continue;
      for (const property of body.properties) {
        const name = property.type === 'Property' ? propertyName(property) : undefined;
        if (name !== undefined && !fields.has(name)) found.push({ ...placeOf(property), route, what: 'field', name });
      }
    }
    return found;
  });
}

type Documented = ReadonlyMap<string, Node>;

/** Statuses of a route's response schema, when all of them are in sight. */
function documentedResponses(source: Source, registration: Node): Documented | undefined {
  if (registration.type !== 'CallExpression') return undefined;
  for (const argument of registration.arguments) {
    const schema = propertyOf(unwrap(argument), 'schema');
    const response = schema && propertyOf(literal(source, schema), 'response');
    const object = response && literal(source, response);
    if (object?.type !== 'ObjectExpression' || hasSpread(object)) continue;
    const found = new Map<string, Node>();
    for (const property of object.properties) {
      const status = property.type === 'Property' ? propertyName(property) : undefined;
      if (property.type !== 'Property' || status === undefined) return undefined;
      found.set(status.toLowerCase(), literal(source, property.value));
    }
    return found;
  }
  return undefined;
}

/** An object where it is written, or that a name of the file stands for. */
function literal(source: Source, node: Node): Node {
  const plain = unwrap(node);
  const declared = plain.type === 'Identifier' ? source.originOf(plain).declaration : undefined;
  return declared?.type === 'ObjectExpression' ? declared : plain;
}

interface Answer {
  readonly status: number;
  readonly at: Node;
  readonly body?: TSESTree.ObjectExpression;
}

/** What a handler sends itself: `reply.code(409).send({ … })`, `return { … }`. */
function answersOf(source: Source, { fn }: FoundHandler): readonly Answer[] {
  const reply = fn.params[1] ? nameOf(fn.params[1]) : '';
  const answers: Answer[] = [];
  for (const call of reply === '' ? [] : within(source.tree, 'CallExpression', fn)) {
    if (call.callee.type !== 'MemberExpression') continue;
    const name = propertyName(call.callee);
    const chain = source.tree.text.slice(...call.callee.object.range);
    const [first] = call.arguments;
    const body = first?.type === 'ObjectExpression' ? { body: first } : {};
    if ((name === 'code' || name === 'status') && chain === reply && first?.type === 'Literal') {
      if (typeof first.value === 'number' && !isSent(call)) answers.push({ status: first.value, at: call });
    } else if (name === 'send' && chain === reply) {
      // An earlier `reply.code(…)` of its own would decide the status.
      if (!setsStatus(source, fn, reply)) answers.push({ status: 200, at: call, ...body });
    } else if (name === 'send' && /^\w+\s*\.(?:code|status)\(\d{3}\)$/.test(chain) && chain.startsWith(reply))
      answers.push({ status: Number(/\d{3}/.exec(chain)?.[0]), at: call, ...body });
  }
  if (setsStatus(source, fn, reply)) return answers;
  const returned = within(source.tree, 'ReturnStatement', fn)
    .filter((statement) => enclosingFunction(statement) === fn)
    .map(({ argument }) => argument);
  for (const value of [...returned, fn.body])
    if (value?.type === 'ObjectExpression') answers.push({ status: 200, at: value, body: value });
  return answers;
}

/** `reply.code(409)` in front of `.send(…)`: the sending call tells it. */
function isSent(call: Node): boolean {
  const member = call.parent;
  return member?.type === 'MemberExpression' && propertyName(member) === 'send';
}

/** A statement of its own sets the status: what is sent later cannot be told apart. */
function setsStatus(source: Source, fn: FoundHandler['fn'], reply: string): boolean {
  return within(source.tree, 'CallExpression', fn).some(
    (call) =>
      call.callee.type === 'MemberExpression' &&
      /^(?:code|status)$/.test(propertyName(call.callee) ?? '') &&
      source.tree.text.slice(...call.callee.object.range) === reply &&
      !isSent(call),
  );
}

function schemaFor(documented: Documented, status: number): Node | undefined {
  return documented.get(String(status)) ?? documented.get(`${Math.floor(status / 100)}xx`) ?? documented.get('default');
}

/** The route tells answers of this kind: a success always, an error where others are told. */
function isTold(documented: Documented, status: number): boolean {
  return status < 400 || [...documented.keys()].some((key) => /^[45]/.test(key));
}

/** Fields of an inline schema that names all of them: what else is answered, the serialiser leaves out. */
function fieldsOf(schema: Node): ReadonlySet<string> | undefined {
  if (schema.type !== 'ObjectExpression' || hasSpread(schema)) return undefined;
  if (
    ['additionalProperties', '$ref', 'allOf', 'anyOf', 'oneOf', 'patternProperties', 'if'].some((key) =>
      propertyOf(schema, key),
    )
  )
    return undefined;
  const properties = propertyOf(schema, 'properties');
  if (properties?.type !== 'ObjectExpression' || hasSpread(properties)) return undefined;
  return new Set(
    properties.properties.flatMap((property) => (property.type === 'Property' ? (propertyName(property) ?? []) : [])),
  );
}
