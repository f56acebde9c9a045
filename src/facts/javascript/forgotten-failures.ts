import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Observability } from '../code.ts';
import { doings } from './catches.ts';
import { jobsByKind } from './jobs.ts';
import { enclosingFunction } from './nodes.ts';
import type { FunctionNode } from './parse.ts';
import { paymentIn } from './payments.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { quoted, within } from './within.ts';

type Forgotten = Observability['forgotten'][number];

/** Services that ring somebody. */
const reporters =
  /^(?:@sentry\/|@bugsnag\/|bugsnag$|rollbar$|newrelic$|dd-trace$|@opentelemetry\/|@google-cloud\/error-reporting$|@honeybadger-io\/|elastic-apm-node$|applicationinsights$)/;

const verifying =
  /\bwebhooks?\.(?:constructEvent(?:Async)?|verify\w*|unwrap)$|\b(?:verify|validate)Webhook\w*$|\bwh\.verify$/i;
const telling = /mail|notif|slack|track|analytics|log(?:Event|Activity)|cache|metric/i;

/**
 * States catches that log and nothing else: around the whole of a job, which its queue then counts as done; around the whole of
 * a schedule, where the repository has a service that rings somebody; around a payment; and around what a webhook is for.
 */
export function forgottenFailures(source: Source, placeOf: PlaceOf): readonly Forgotten[] {
  const clauses = source.tree.of('CatchClause');
  if (clauses.length === 0) return [];
  const jobs = jobsByKind(source);
  const reports = Object.keys(source.packages.all).some((name) => reporters.test(name));
  return clauses.flatMap((clause) => {
    const attempt = clause.parent;
    if (attempt.type !== 'TryStatement' || !onlyLogs(source, clause)) return [];
    const fn = enclosingFunction(clause);
    const kind = fn && isWhole(source, attempt, fn) ? jobs.get(fn) : undefined;
    const where = kind === 'queue' || (kind === 'schedule' && reports) ? kind : undefined;
    const paid = where ? undefined : paymentIn(source, attempt.block);
    const heard = where || paid || !fn ? undefined : webhookBefore(source, attempt, fn);
    if (!where && !paid && !heard) return [];
    const place = placeOf(clause);
    return [{ ...place, endLine: place.line, where: where ?? (paid ? 'payment' : 'webhook'), of: paid ?? heard ?? '' }];
  });
}

/**
 * The call that checked who sent a webhook, before the work that failed: its sender tries again only if the answer says so.
 * What only tells somebody may fail on the way.
 */
function webhookBefore(source: Source, attempt: TSESTree.TryStatement, fn: FunctionNode): string | undefined {
  const { tree } = source;
  if (within(tree, 'AwaitExpression', attempt.block).length === 0) return undefined;
  if (telling.test(tree.text.slice(...attempt.block.range).slice(0, 2000))) return undefined;
  const checks = within(tree, 'CallExpression', fn.body).filter(({ callee }) =>
    verifying.test(tree.text.slice(...callee.range).slice(-60)),
  );
  const check = checks.find(({ range }) => range[1] < attempt.range[0]);
  return check && checks.every(({ range }) => range[1] < attempt.range[0]) ? quoted(tree, check.callee, 40) : undefined;
}

/** It logs, and does nothing else: no call that might report, no answer, no state that is kept. */
function onlyLogs(source: Source, clause: TSESTree.CatchClause): boolean {
  const does = doings(source, clause.body);
  if (!does.includes('logs') || does.some((one) => one !== 'logs' && one !== 'other')) return false;
  return within(source.tree, 'AssignmentExpression', clause.body).length === 0;
}

/**
 * The `try` is the function's work: nothing that is waited for stands behind it, which could make up for it, and what stands
 * before it only fetches what it works on.
 */
function isWhole(source: Source, attempt: TSESTree.TryStatement, fn: FunctionNode): boolean {
  if (fn.body.type !== 'BlockStatement' || attempt.parent !== fn.body) return false;
  if (within(source.tree, 'AwaitExpression', attempt.block).length === 0) return false;
  const at = fn.body.body.indexOf(attempt);
  return fn.body.body.every((statement, i) => {
    if (i < at) return statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AwaitExpression';
    return i === at || within(source.tree, 'AwaitExpression', statement).length === 0;
  });
}
