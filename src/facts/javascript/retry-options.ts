import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Retry } from '../code.ts';
import { hasSpread, propertyOf, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const libraries = /^(?:p-retry|async-retry|promise-retry|retry\.operation)$/;
const queues = /^new (?:bullmq|bull)(?:\.(?:Queue|FlowProducer))?\.(?:add|addBulk)$/;
const makers = /^(?:bullmq\.Queue|bull)$/;

/**
 * What libraries are told about trying again. axios-retry waits for nothing between attempts unless it is given `retryDelay`, and
 * BullMQ and Bull put a failed job back at once unless it has a `backoff`; p-retry and async-retry wait longer each time, ten times
 * at most (their documentation).
 */
export function readRetryOptions(source: Source, placeOf: PlaceOf): readonly Retry[] {
  const calls = source.tree.of('CallExpression').flatMap((call) => {
    const { text, from } = source.originOf(call.callee);
    if (from !== 'import') return [];
    const stated = ofCall(source, call, text);
    return stated ? [stated] : [];
  });
  const made = source.tree.of('NewExpression').flatMap((node) => {
    const { text, from } = source.originOf(node.callee);
    if (from !== 'import' || !makers.test(text)) return [];
    const jobs = propertyOf(node.arguments[1], 'defaultJobOptions');
    const stated = jobs && jobsAtOnce(source, unwrap(jobs));
    return stated ? [stated] : [];
  });
  return [...calls, ...made].map(({ at, ...stated }) => ({ ...placeOf(at), endLine: at.loc.start.line, ...stated }));
}

type Stated = Pick<Retry, 'form' | 'of' | 'limited' | 'paced'> & { readonly at: Node };

function ofCall(source: Source, call: TSESTree.CallExpression, text: string): Stated | undefined {
  const [first, second, third] = call.arguments.map(unwrap);
  if (/^axios-retry(?:\.default)?$/.test(text)) {
    if (!first || (second && (second.type !== 'ObjectExpression' || hasSpread(second)))) return undefined;
    if (propertyOf(second, 'retryDelay') || isNumber(propertyOf(second, 'retries'), 1)) return undefined;
    return { at: call, form: 'options', of: 'axios-retry', limited: true, paced: false };
  }
  if (libraries.test(text)) {
    const options = call.arguments.map(unwrap).find((one) => one.type === 'ObjectExpression');
    const forever = propertyOf(options, 'forever');
    const retries = propertyOf(options, 'retries');
    const endless =
      (forever?.type === 'Literal' && forever.value === true) ||
      (retries?.type === 'Identifier' && retries.name === 'Infinity');
    return endless ? { at: call, form: 'options', of: text, limited: false, paced: true } : undefined;
  }
  return queues.test(text) && third ? jobsAtOnce(source, third) : undefined;
}

/** `{ attempts: 5 }` with no `backoff` in it, nor anywhere in the file, where the queue's defaults may stand. */
function jobsAtOnce(source: Source, options: Node): Stated | undefined {
  const attempts = propertyOf(options, 'attempts');
  if (!attempts || hasSpread(options) || isNumber(attempts, 1) || isNumber(attempts, 0)) return undefined;
  if (/\bbackoff\b/.test(source.tree.text)) return undefined;
  return { at: attempts.parent ?? attempts, form: 'jobs', of: 'attempts', limited: true, paced: false };
}

function isNumber(node: Node | undefined, value: number): boolean {
  return node?.type === 'Literal' && node.value === value;
}
