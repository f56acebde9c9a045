import type { LastResort } from '../code.ts';
import { functionsOf } from './handlers/resolve.ts';
import { propertyName, simpleName } from './nodes.ts';
import type { FunctionNode } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const events = /^(?:uncaughtException|unhandledRejection)$/;
/** Calls that write a line, or tell somebody, and leave the process running. */
const telling =
  /^(?:log|info|debug|trace|warn|error|fatal|then|catch|toString|stringify|inspect|format|captureException|captureMessage|noticeError|recordException|notify)$/;

/** States the listeners for what nobody caught after which the process runs on: those of exceptions, and those of rejections that say nothing. */
export function readLastResorts(source: Source, placeOf: PlaceOf): readonly LastResort[] {
  return source.tree.of('CallExpression').flatMap((call) => {
    const { callee } = call;
    if (callee.type !== 'MemberExpression' || simpleName(callee.object) !== 'process') return [];
    if (!/^(?:on|once|addListener)$/.test(propertyName(callee) ?? '')) return [];
    const [event, listener] = call.arguments;
    if (event?.type !== 'Literal' || !events.test(String(event.value)) || !listener) return [];
    const [fn, ...more] = functionsOf(source, listener);
    if (!fn || more.length > 0 || isCommented(source, fn)) return [];
    const silent = fn.body.type === 'BlockStatement' && fn.body.body.length === 0;
    if (!silent && (event.value === 'unhandledRejection' || !runsOn(source, fn))) return [];
    const place = placeOf(call);
    return [{ ...place, endLine: place.line, event: String(event.value), silent }];
  });
}

/** All that it does is tell: whatever it calls besides may end the process. */
function runsOn(source: Source, fn: FunctionNode): boolean {
  if (within(source.tree, 'ThrowStatement', fn.body).length > 0) return false;
  const inside = within(source.tree, 'CallExpression', fn.body);
  const calls = fn.body.type === 'CallExpression' ? [fn.body, ...inside] : inside;
  return calls.length > 0 && calls.every(({ callee }) => telling.test(simpleName(callee)));
}

function isCommented(source: Source, fn: FunctionNode): boolean {
  return source.tree.comments.some(({ range }) => range[0] > fn.body.range[0] && range[1] < fn.body.range[1]);
}
