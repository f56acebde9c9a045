import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Catch } from '../code.ts';
import type { Comment } from './comments.ts';
import { namesIn } from './declarations.ts';
import { isMessageOnly } from './error-uses.ts';
import { opensGate } from './gates.ts';
import { guardedKind } from './guarded.ts';
import { isFunction, isPropertyName, propertyName, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import type { Tree } from './tree.ts';
import { within } from './within.ts';

/** A status of the server's own failure. */
const admits = /\b50[0234]\b|\bINTERNAL_SERVER_ERROR\b|\binternalServerError\(/;
const logging = /^(?:log|info|debug|trace|warn|warning|error|fatal|verbose|notice|critical|exception)$/;
const reporting =
  /capture|report|record(?:Exception|Error)|notice|notify|track|alert|sentry|bugsnag|rollbar|log|handle\w{0,80}(?:Error|Exception)|on(?:Error|Fail)|fail|reject|abort|retry|reconnect/i;

/** States what catch clauses and `.catch` callbacks do with an error. */
export function readCatches(source: Source, placeOf: PlaceOf): readonly Catch[] {
  const found: Catch[] = [];
  for (const clause of source.tree.of('CatchClause')) {
    if (clause.parent.type !== 'TryStatement') continue;
    const error = clause.param ? namesIn(clause.param) : [];
    found.push({ ...placeOf(clause), ...stated(source, clause.body, error, clause.parent.block), form: 'clause' });
  }
  for (const call of source.tree.of('CallExpression')) {
    if (call.callee.type !== 'MemberExpression' || propertyName(call.callee) !== 'catch') continue;
    const [handler] = call.arguments;
    if (!isFunction(handler)) continue;
    const error = handler.params[0] ? namesIn(handler.params[0]) : [];
    const told = stated(source, handler.body, error, call.callee.object);
    found.push({
      ...placeOf(call),
      line: handler.loc.start.line,
      ...told,
      ...(isHeldElsewhere(source, call.callee.object) ? { guards: ['held'] } : {}),
      ...(told.does[0] === 'nothing' && handler.body.type !== 'BlockStatement' && isUsed(call)
        ? { does: ['other'] }
        : {}),
      form: 'callback',
    });
  }
  return found;
}

/** A promise that is kept under a name and used by others too: they hear of the error, here it is only waited for. */
function isHeldElsewhere({ tree }: Source, promise: Node): boolean {
  const plain = unwrap(promise);
  if (plain.type === 'MemberExpression')
    return unwrap(plain.object).type === 'ThisExpression' || /promise|deferred/i.test(propertyName(plain) ?? '');
  // `Promise.resolve(given).catch(…)`: whoever gave it holds it too.
  if (plain.type === 'CallExpression' && tree.text.slice(...plain.callee.range) === 'Promise.resolve')
    return plain.arguments[0]?.type === 'Identifier';
  const binding = plain.type === 'Identifier' ? tree.bindingOf(plain) : undefined;
  if (binding === undefined) return false;
  // The last of a queue: `const previous = queues.get(key)`.
  const init = binding.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
  const taken = init && /\.get\(/.test(tree.text.slice(...init.range));
  return taken || tree.referencesOf(binding).length > 1;
}

/** What the callback gives instead goes into a variable, an answer or a call. */
function isUsed(call: Node): boolean {
  let at = call.parent;
  while (at?.type === 'AwaitExpression' || at?.type === 'TSAsExpression') at = at.parent;
  return /^(?:VariableDeclarator|AssignmentExpression|ReturnStatement|Property|LogicalExpression|ConditionalExpression|IfStatement|CallExpression)$/.test(
    at?.type ?? '',
  );
}

type Stated = Omit<Catch, 'form' | keyof ReturnType<PlaceOf>>;

function stated(source: Source, body: Node, error: readonly TSESTree.Identifier[], guarded: Node): Stated {
  const text = source.tree.text.slice(...guarded.range);
  const usesError = error.some((id) => isRead(source, id, body));
  const opens = opensGate(source, body, guarded);
  return {
    does: doings(source, body),
    usesError,
    ...(usesError && error[0] && isMessageOnly(source.tree, error[0], body) ? { messageOnly: true } : {}),
    commented: isCommented(source.tree, body),
    guards: [guardedKind(source, guarded, text)],
    ...(opens ? { opens } : {}),
    ...(admits.test(source.tree.text.slice(...body.range)) ? { admits: true } : {}),
  };
}

function isRead(source: Source, id: TSESTree.Identifier, body: Node): boolean {
  const binding = source.tree.bindingOf(id);
  const names = body.type === 'Identifier' ? [body] : within(source.tree, 'Identifier', body);
  return names.some(
    (one) => one.name === id.name && !isPropertyName(one) && (!binding || source.tree.bindingOf(one) === binding),
  );
}

/** What the body of a catch does with the error. */
export function doings(source: Source, body: Node): Catch['does'] {
  const { tree } = source;
  if (body.type !== 'BlockStatement')
    return isNothing(body) ? ['nothing'] : body.type === 'CallExpression' ? callDoes(source, body) : ['returns'];
  if (body.body.length === 0) return ['nothing'];
  const does = new Set<Catch['does'][number]>();
  if (within(tree, 'ThrowStatement', body).length > 0) does.add('rethrows');
  for (const call of within(tree, 'CallExpression', body)) for (const one of callDoes(source, call)) does.add(one);
  for (const { argument } of within(tree, 'ReturnStatement', body))
    does.add(argument && !isNothing(argument) ? 'returns' : 'other');
  if (within(tree, 'NewExpression', body).length > 0) does.add('passes-on');
  return does.size > 0 ? [...does] : ['other'];
}

function callDoes(source: Source, call: TSESTree.CallExpression): Catch['does'] {
  const { callee } = call;
  const name = simpleName(callee);
  const receiver = callee.type === 'MemberExpression' ? source.tree.text.slice(...callee.object.range).slice(-40) : '';
  if (callee.type === 'MemberExpression' && logging.test(name)) return ['logs'];
  if (/^(?:next|done|cb|callback)$/.test(name)) return call.arguments.length > 0 ? ['passes-on'] : ['other'];
  if (reporting.test(name) || /sentry|logger|log$/i.test(receiver)) return ['reports'];
  if (/^(?:res|response|reply|ctx|c)\b/.test(receiver) || /^(?:json|send|status|code|redirect)$/.test(name))
    return ['answers'];
  return ['passes-on'];
}

/** `undefined`, `null`, `{}`: nothing that says that it failed. */
function isNothing(node: Node): boolean {
  const plain = unwrap(node);
  if (plain.type === 'Identifier') return plain.name === 'undefined';
  if (plain.type === 'UnaryExpression') return plain.operator === 'void';
  return plain.type === 'Literal' && plain.value === null;
}

/** A comment inside, behind the closing brace, or above a callback of one expression: it says why. */
function isCommented({ comments }: Tree, body: Node): boolean {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle] as Comment).range[0] < body.range[0]) low = middle + 1;
    else high = middle;
  }
  const before = comments[low - 1];
  if (body.type !== 'BlockStatement' && before?.endLine === body.loc.start.line - 1) return true;
  const next = comments[low];
  return next !== undefined && (next.range[1] <= body.range[1] || next.line === body.loc.end.line);
}
