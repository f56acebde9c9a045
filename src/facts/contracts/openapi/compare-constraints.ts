import { canonical } from '../tree.ts';
import { type Comparison, note, reportGone } from './change.ts';
import { compareBounds } from './compare-bounds.ts';
import { breaks, type SchemaPair, widened } from './compare-values.ts';
import { concerns, keyword } from './schema-view.ts';

/** Bounds, patterns, `multipleOf`, `uniqueItems`: tightened for what is sent, loosened for what is received. */
export function compareConstraints(c: Comparison, pair: SchemaPair): void {
  compareBounds(c, pair);
  comparePatterns(c, pair);
  compareMultiples(c, pair);
  compareFlag(c, pair, 'uniqueItems', true);
}

/** Patterns that match every text. */
const anyText = new Set(['', '.*', '^.*$', '^', '$', '[\\s\\S]*', '^[\\s\\S]*$']);

function comparePatterns(c: Comparison, pair: SchemaPair): void {
  if (!concerns(pair.after, 'pattern')) return;
  const before = keyword(pair.before, 'pattern');
  const after = keyword(pair.after, 'pattern');
  const known = new Set(before.map((at) => String(at.node.scalar)));
  if (pair.direction === 'response') {
    const kept = new Set(after.map((at) => String(at.node.scalar)));
    // Clients seldom check what they are sent against a pattern, and which of two admits more is not decided.
    if ([...known].some((pattern) => !anyText.has(pattern) && !kept.has(pattern)))
      note(c, `another \`pattern\`, or none, in ${pair.subject}`);
    return;
  }
  for (const at of after) {
    const pattern = String(at.node.scalar);
    if (anyText.has(pattern) || known.has(pattern)) continue;
    // Whether one regular expression admits what another does is not decided here: a changed one is for a human to look at.
    if (before.length === 0) breaks(c, pair, 'error', at, 'a `pattern` is now demanded');
    else breaks(c, pair, 'warning', at, '`pattern` changed, and may refuse what it accepted');
  }
}

function compareMultiples(c: Comparison, pair: SchemaPair): void {
  const before = keyword(pair.before, 'multipleOf')[0];
  const after = keyword(pair.after, 'multipleOf')[0];
  const [old, now] = [before?.node.scalar, after?.node.scalar];
  if (old === now) return;
  const [wide, narrow] = pair.direction === 'request' ? [now, old] : [old, now];
  if (typeof wide !== 'number') return;
  if (typeof narrow === 'number' && Number.isInteger(narrow / wide)) return;
  if (after) breaks(c, pair, before ? 'error' : 'warning', after, `\`multipleOf\` is now ${now}`);
  else if (before)
    reportGone(
      c,
      widened,
      'warning',
      before,
      pair.after.parts[0],
      `\`multipleOf\` ${old} is no longer promised: ${pair.subject}.`,
    );
}

function compareFlag(c: Comparison, pair: SchemaPair, name: string, tight: boolean): void {
  const before = keyword(pair.before, name).find((at) => at.node.scalar === tight);
  const after = keyword(pair.after, name).find((at) => at.node.scalar === tight);
  if (pair.direction === 'request' && after && !before) breaks(c, pair, 'error', after, `\`${name}\` is now ${tight}`);
  if (pair.direction === 'response' && before && !after) {
    const now = keyword(pair.after, name)[0];
    if (now && canonical(now.node) !== canonical(before.node))
      breaks(c, pair, 'warning', now, `\`${name}\` is no longer ${tight}`);
    else
      reportGone(
        c,
        widened,
        'warning',
        before,
        pair.after.parts[0],
        `\`${name}\` is no longer ${tight}: ${pair.subject}.`,
      );
  }
}
