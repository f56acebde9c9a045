import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { LogCall } from '../code.ts';
import { loggedValues } from './logged-values.ts';
import { isFunction, propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const levels = /^(?:log|info|debug|trace|warn|warning|error|fatal|verbose|silly|notice|http|assert|dir|table)$/;
const loggers = /(?:^|\.)(?:console|log|logger|logging|winston|pino|bunyan|LOG|Logger|fastify\.log)$/i;
const formatters =
  /^(?:util\.(?:format|log)|printf|printj\.\w+|sprintf-js\.\w+|format-util|string-template(?:\/compile)?|sprintf(?:-js)?)$/;
const input =
  /^(?:this\.)?(?:req|request|ctx|ctx\.request|ctx\.req|c\.req|event|socket\.handshake)\??\.(?:body|query|params|headers|cookies|originalUrl|url|rawBody|queryStringParameters|pathParameters)\b/;

/** States calls of loggers, how their message is made, and which sensitive values go in. */
export function readLogCalls(source: Source, placeOf: PlaceOf): readonly LogCall[] {
  const found: LogCall[] = [];
  for (const call of source.tree.of('CallExpression')) {
    const known = loggerOf(source, call);
    if (!known) continue;
    const [first] = call.arguments;
    found.push({
      ...placeOf(call),
      ...known,
      structured: first?.type === 'ObjectExpression',
      built: first?.type === 'TemplateLiteral' ? first.expressions.length > 0 : first?.type === 'BinaryExpression',
      conditional: isConditional(call),
      ...dropsOf(source, call, known),
      values: known.logger === 'format' ? [] : call.arguments.flatMap((argument) => loggedValues(argument)),
      ...inputOf(source, call, known),
    });
  }
  return found;
}

/** Which logger a call is of, and the level; undefined when it is none. `format` only makes text, as `util.format` does. */
export function loggerOf(source: Source, call: TSESTree.CallExpression): Pick<LogCall, 'logger' | 'level'> | undefined {
  const callee = unwrap(call.callee);
  const origin = source.originOf(callee).text;
  if (formatters.test(origin) || origin === 'util.formatWithOptions') return { logger: 'format', level: origin };
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  const level = propertyName(callee);
  if (level === undefined || !levels.test(level)) return undefined;
  const receiver = source.tree.text.slice(...callee.object.range);
  if (receiver.length > 60 || !loggers.test(receiver.replace(/^this\./, '').replace(/\(\)$/, ''))) return undefined;
  if (receiver === 'console') return { logger: 'console', level };
  const library = /^(?:new )?(?:\S*\/)?(pino|winston|bunyan|log4js)\b/.exec(origin)?.[1];
  const nest = /^new @nestjs\/common\.Logger/.test(origin);
  return { logger: nest ? 'nest' : ((library as LogCall['logger'] | undefined) ?? 'other'), level };
}

/** Whether a branch, a catch or a short circuit stands between a call and the loop or function around it. */
function isConditional(call: Node): boolean {
  for (let at: Node | undefined = call.parent; at && !isFunction(at); at = at.parent) {
    if (/^(?:For\w*|While|DoWhile)Statement$/.test(at.type)) return false;
    if (/^(?:IfStatement|ConditionalExpression|LogicalExpression|SwitchCase|CatchClause)$/.test(at.type)) return true;
  }
  return false;
}

/** pino and bunyan take fields first: in `log.error('failed', err)` the error fills no place of the message and is gone. */
function dropsOf(
  source: Source,
  call: TSESTree.CallExpression,
  { logger, level }: Pick<LogCall, 'logger' | 'level'>,
): Pick<LogCall, 'drops'> {
  if (logger !== 'pino' || !/^(?:warn|error|fatal)$/.test(level)) return {};
  const [first, second, ...more] = call.arguments;
  if (first?.type !== 'Literal' || typeof first.value !== 'string' || first.value.includes('%') || more.length > 0)
    return {};
  if (second?.type !== 'Identifier') return {};
  const caught = source.tree.bindingOf(second)?.kind === 'catch' || /^(?:err|error)$/.test(second.name);
  return caught ? { drops: second.name } : {};
}

/** The request's own text as the message, or put into one: it can begin a new line, or ask for arguments. */
function inputOf(
  source: Source,
  call: TSESTree.CallExpression,
  { logger, level }: Pick<LogCall, 'logger' | 'level'>,
): { fromInput?: NonNullable<LogCall['fromInput']> } {
  const skipped = level === 'assert' || level === 'util.formatWithOptions' ? 1 : 0;
  const [first, ...rest] = call.arguments.slice(skipped);
  if (!first) return {};
  if (isInput(source, first) && rest.length > 0) return { fromInput: 'format' };
  // `printf(stream, format, …)`.
  if (logger === 'format' && rest[0] && isInput(source, rest[0]) && rest.length > 1) return { fromInput: 'format' };
  if (logger === 'format' || logger === 'console') return {};
  const parts = partsOf(first).filter((part) => isInput(source, part));
  if (parts.length === 0) return {};
  // A part of the path, or a cookie, is short and comes from a link more often than from a form.
  const short = parts.every((part) =>
    /\.(?:params|cookies|originalUrl|url|pathParameters)\b/.test(source.tree.text.slice(...part.range)),
  );
  return { fromInput: short ? 'path' : 'message' };
}

function partsOf(message: Node): readonly Node[] {
  if (message.type === 'TemplateLiteral') return message.expressions;
  const parts: Node[] = [];
  let at: Node = message;
  for (let steps = 0; at.type === 'BinaryExpression' && at.operator === '+' && steps < 50; steps++) {
    parts.push(at.right);
    at = at.left;
  }
  return parts;
}

function isInput(source: Source, node: Node): boolean {
  const plain = unwrap(node);
  return plain.type === 'MemberExpression' && input.test(source.tree.text.slice(...plain.range));
}
