import { child, isTrue, stringAt } from '../tree.ts';
import { type Comparison, reportAfter, type Spot, short } from './change.ts';

const rule = 'sunset-without-notice';
const stabilities = ['draft', 'alpha', 'beta', 'stable'];

/**
 * Whether an operation or parameter of the base may go: it was deprecated, and its sunset, where it has one, has passed.
 * Drafts and alphas promise nothing.
 */
export function mayBeRemoved(c: Comparison, at: Spot): boolean {
  const stability = stringAt(at.node, 'x-stability-level');
  if (stability === 'draft' || stability === 'alpha') return true;
  if (!isTrue(at.node, 'deprecated')) return false;
  const sunset = child(at.node, 'x-sunset')?.scalar;
  if (sunset === undefined) return true;
  const date = dateOf(sunset);
  return date !== undefined && date <= c.today;
}

/** Sunset dates that say nothing or come nearer, and a promise of stability taken back. */
export function compareLifecycle(c: Comparison, before: Spot, after: Spot, subject: string): void {
  const sunset = child(after.node, 'x-sunset');
  const at = sunset && { node: sunset, via: after.via };
  const date = dateOf(sunset?.scalar);
  const old = dateOf(child(before.node, 'x-sunset')?.scalar);
  const wasDeprecated = isTrue(before.node, 'deprecated');
  if (at && isTrue(after.node, 'deprecated')) {
    const unchanged = child(before.node, 'x-sunset')?.scalar === sunset.scalar;
    if (date === undefined && !unchanged)
      reportAfter(c, rule, 'error', at, `the sunset of ${subject} is no date (YYYY-MM-DD).`);
    else if (date !== undefined && !unchanged && date < c.today)
      reportAfter(c, rule, 'error', at, `the sunset of ${subject} lies in the past: nobody is given time to move.`);
    else if (date !== undefined && old !== undefined && wasDeprecated && date < old)
      reportAfter(c, rule, 'error', at, `the sunset of ${subject} comes earlier than announced.`);
  }
  const level = stringAt(after.node, 'x-stability-level');
  const levelBefore = stringAt(before.node, 'x-stability-level');
  const node = child(after.node, 'x-stability-level');
  if (node && level && levelBefore && stabilities.indexOf(level) < stabilities.indexOf(levelBefore)) {
    reportAfter(
      c,
      rule,
      'error',
      { node, via: after.via },
      `the stability of ${subject} went down from \`${short(levelBefore)}\`.`,
    );
  }
}

function dateOf(value: unknown): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:$|T)/.exec(String(value ?? ''));
  return match?.[1] && !Number.isNaN(Date.parse(match[1])) ? match[1] : undefined;
}
