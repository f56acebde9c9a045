import type { SlowCall } from '../code.ts';
import { fateOf } from './fate.ts';
import type { ImportedSummary } from './helper-calls.ts';
import { isFromProject } from './neighbours/imported-functions.ts';
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
    const fate = fateOf(call);
    // Nobody waits for the others, and what nobody waits for is not worth opening a file.
    if ((fate !== 'awaited' && fate !== 'returned') || lines.has(call.loc.start.line)) return [];
    if (!isFromProject(source, call.callee)) return [];
    const place = placeOf(call);
    if (place.scope === 'module' || place.scope === 'job' || place.scope === 'startup') return [];
    const slow = imported(call.callee)?.slow;
    if (!slow?.work) return [];
    const name = source.tree.text.slice(...call.callee.range).slice(-40);
    const way = slow.via ? `${slow.via} → ${slow.what}` : slow.what;
    return [
      {
        ...place,
        what: slow.work,
        call: `${name} → ${way}`,
        sync: false,
        evidence: 'import',
        fate,
      },
    ];
  });
}
