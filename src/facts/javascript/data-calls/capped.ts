import type { Fix } from '../../../review/types.ts';
import type { DataCall } from '../../code.ts';
import type { Node } from '../parse.ts';
import { repaired } from '../repair.ts';
import type { Source } from '../source.ts';

/** The call with a most for its number of rows, and a default for one that is no number. */
export function capped(source: Source, top: Node, value: Node, limit: DataCall['limit']): Fix | undefined {
  if (limit !== 'input' && limit !== 'unknown') return undefined;
  const text = source.tree.text.slice(...value.range);
  if (text.includes('\n') || text.length > 120) return undefined;
  const number = /^(?:Number|Number\.parseInt|parseInt)\(|^\+/.test(text) ? text : `Number(${text})`;
  const most = `Math.min(${/\|\||\?\?/.test(text) ? number : `${number} || 50`}, 100)`;
  const shorthand = value.parent?.type === 'Property' && value.parent.shorthand;
  const edit = { at: value.range[0], to: value.range[1], text: shorthand ? `${text}: ${most}` : most };
  return repaired(source.tree, top, top.loc.end.line, [edit]);
}
