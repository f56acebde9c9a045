import type { SlowCall } from '../code.ts';
import { fateOf } from './fate.ts';
import type { ImportedSummary } from './helper-calls.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** States calls of functions of another file that wait for slow work there, where that file is in sight. */
export function readSlowHelpers(
  source: Source,
  placeOf: PlaceOf,
  imported: ImportedSummary,
  known: readonly SlowCall[],
): readonly SlowCall[] {
  const lines = new Set(known.map(({ line }) => line));
  return source.tree.of('CallExpression').flatMap((call) => {
    if (lines.has(call.loc.start.line) || source.originOf(call.callee).module === undefined) return [];
    const slow = imported(call.callee)?.slow;
    if (!slow?.work) return [];
    const name = source.tree.text.slice(...call.callee.range).slice(-40);
    const way = slow.via ? `${slow.via} → ${slow.what}` : slow.what;
    return [
      {
        ...placeOf(call),
        what: slow.work,
        call: `${name} → ${way}`,
        sync: false,
        evidence: 'import',
        fate: fateOf(call),
      },
    ];
  });
}
