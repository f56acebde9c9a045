import type { Catch } from '../code.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { isFunction, propertyName } from './tree.ts';

/** Calls that people wrap in an empty catch to ask a question: does it parse, does it exist. */
const probe =
  /\b(?:JSON\.parse|new URL|decodeURI\w*|require(?:\.resolve)?|unlink\w*|access\w*|stat\w*|rm\w*|mkdir\w*|exists\w*|localStorage|sessionStorage|close|abort|kill|destroy|disconnect|end|release|removeItem|import)\b\s*[(.]/;

/** States catch clauses and `.catch` callbacks that do nothing at all with an error. */
export function readCatches(source: Source, placeOf: PlaceOf): readonly Catch[] {
  const found: Catch[] = [];
  for (const clause of source.tree.of('CatchClause')) {
    if (clause.body.body.length > 0) continue;
    const guarded = clause.parent.type === 'TryStatement' ? clause.parent.block : clause;
    found.push({ ...placeOf(clause), ...empty(source, clause, guarded), form: 'clause' });
  }
  for (const call of source.tree.of('CallExpression')) {
    if (call.callee.type !== 'MemberExpression' || propertyName(call.callee) !== 'catch') continue;
    const [handler] = call.arguments;
    if (!isFunction(handler) || handler.body.type !== 'BlockStatement' || handler.body.body.length > 0) continue;
    found.push({
      ...placeOf(call),
      line: handler.loc.start.line,
      ...empty(source, handler, call.callee.object),
      form: 'callback',
    });
  }
  return found;
}

function empty(source: Source, node: Node, guarded: Node): Pick<Catch, 'does' | 'usesError' | 'commented' | 'guards'> {
  const [from, to] = node.range;
  const text = source.tree.text.slice(...guarded.range);
  return {
    does: ['nothing'],
    usesError: false,
    commented: source.tree.comments.some(
      (comment) =>
        comment.range[0] >= from - 2 && comment.range[1] <= to + 80 && comment.loc.start.line <= node.loc.end.line,
    ),
    guards: [text.length < 300 && probe.test(text) ? 'probe' : 'other'],
  };
}
