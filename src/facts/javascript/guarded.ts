import { simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import { paymentIn } from './payments.ts';
import type { Source } from './source.ts';
import type { Tree } from './tree.ts';
import { within } from './within.ts';

/** Calls that people wrap in a catch to ask a question: does it parse, does it exist. */
const probe =
  /\b(?:JSON\.parse|JSON\.stringify|new URL|URL\.canParse|decodeURI\w*|atob|Buffer\.from|require(?:\.resolve)?|unlink\w*|access\w*|stat\w*|lstat\w*|rm\w*|mkdir\w*|exists\w*|localStorage|sessionStorage|close|abort|cancel\w*|kill|resize|rimraf\w*|destroy|disconnect|end|release|rollback\w*|quit|terminate|dispose|unlock|unsubscribe|cleanup|teardown|releaseLock|removeItem|import|createRequire|structuredClone|BigInt|new RegExp|verify\w*|parse\w*|decode\w*|validate\w*|isValid\w*)\b\)?\s*[(.]|['"`]rollback\b|\.return\??\.?\(|\.json\(\)\s*$/i;
/** Which runtime is this? */
const runtime = /\btypeof \w|\bglobalThis\b|\b(?:Deno|Bun)\.|\bReflect\.construct\(/;
/** What only counts visitors may fail without a word. */
const counting = /\b(?:telemetry|analytics|posthog|mixpanel|amplitude)\b/i;

/** What a `try`, or a chain with a `catch`, is about: `payment`, `probe`, `attempt` or `other`. */
export function guardedKind(source: Source, guarded: Node, text: string): string {
  if (paymentIn(source, guarded) !== undefined) return 'payment';
  if (isProbe(source, guarded, text)) return 'probe';
  // A file that is read so need not be there.
  const optional = text.length < 400 && /\breadFile(?:Sync)?\)?\(/.test(text);
  return optional || isAttempt(source.tree, guarded) ? 'attempt' : 'other';
}

/** A question, a count, or nothing but a look at properties that may not be there. */
function isProbe({ tree }: Source, guarded: Node, text: string): boolean {
  if (text.length >= 400) return false;
  if (runtime.test(text) && within(tree, 'AwaitExpression', guarded).length === 0) return true;
  return (
    probe.test(text) ||
    counting.test(text) ||
    isTrial(guarded) ||
    (guarded.type === 'BlockStatement' && !calls(tree, guarded))
  );
}

/** `for (const key of keys) try { opened = open(box, key); break; } catch {}`: the next one may fit. */
function isTrial(guarded: Node): boolean {
  if (guarded.type !== 'BlockStatement' || guarded.body.at(-1)?.type !== 'BreakStatement') return false;
  const around = guarded.parent.parent;
  return (around?.type === 'BlockStatement' ? around.parent : around)?.type === 'ForOfStatement';
}

/** `try { return native(); } catch {}`, `try { found = read(); } catch {}`: what follows is for the case that it failed. */
function isAttempt(tree: Tree, guarded: Node): boolean {
  if (guarded.type !== 'BlockStatement') return false;
  const last = guarded.body.at(-1);
  if (last?.type === 'ReturnStatement') return true;
  if (guarded.body.length > 1 || last?.type !== 'ExpressionStatement') return false;
  // What the listeners of an event do wrong is theirs.
  if (last.expression.type === 'CallExpression' && simpleName(last.expression.callee) === 'emit') return true;
  return last.expression.type === 'AssignmentExpression' && within(tree, 'AwaitExpression', last).length === 0;
}

function calls(tree: Tree, node: Node): boolean {
  return (
    ['CallExpression', 'NewExpression', 'AwaitExpression', 'TaggedTemplateExpression', 'ThrowStatement'] as const
  ).some((type) => within(tree, type, node).length > 0);
}
