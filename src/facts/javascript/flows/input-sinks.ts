import { enclosingFunction, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { CallSite, Sink } from './sink.ts';
import { isStore } from './stores.ts';
import type { Value } from './value.ts';

const writes =
  /^(?:create|createMany|createAndSave|insert|insertOne|insertMany|insertGraph|update|updateOne|updateMany|updateById|findOneAndUpdate|findByIdAndUpdate|upsert|save|bulkCreate|build|patch|patchAndFetchById|patchAndFetch|values|set)$/;
const filtered =
  /^(?:findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findMany|findOne|findAll|findAndCountAll|findOneOrFail|find|count|delete|deleteMany|destroy|update|updateMany|upsert|aggregate|groupBy)$/;
const byKey = /^(?:findByPk|findById|findOneBy|findOneByOrFail|findBy|exists?By|(?:find|load)By[A-Z]\w*)$/;

/**
 * Places that store a request's fields, or look rows up by them: what goes in has the type and the form that the client chose.
 */
export function inputSinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, args } = call;
  const [first, second] = args;
  if (!first || first.type === 'SpreadElement' || call.isNew) return [];
  const sink = { kind: 'input' as const, label: call.label, at: call.node, accepts: isUnchecked };
  // mysql writes an object that is bound as `key = value` into the statement.
  if (name === 'query' && second && /^(?:new )?(?:mysql2?|mysql2\/promise|promise-mysql)\b/.test(call.origin))
    return checksSomething(source, call.node) ? [] : [{ ...sink, target: second }];
  if (!writes.test(name) && !filtered.test(name) && !byKey.test(name)) return [];
  if (!isStore(source, call) && !isRowUpdate(call)) return [];
  if (checksSomething(source, call.node)) return [];
  const targets: Node[] = [];
  for (const argument of args) {
    if (argument.type === 'SpreadElement') continue;
    const options = unwrap(argument);
    const parts = ['where', 'data', '$set', 'create', 'update'].flatMap((part) => propertyOf(options, part) ?? []);
    if (parts.length > 0) targets.push(...parts);
    else if (writes.test(name) || byKey.test(name)) targets.push(argument);
  }
  return targets.map((target) => ({ ...sink, target }));
}

/** `await order.update({ … })`: a row of Sequelize or Objection, by what it is given; a hash is updated with text and not awaited. */
function isRowUpdate({ name, node, args }: CallSite): boolean {
  const [first] = args;
  const given = first && unwrap(first);
  return (
    name === 'update' &&
    node.parent.type === 'AwaitExpression' &&
    args.length === 1 &&
    (given?.type === 'ObjectExpression' || given?.type === 'Identifier')
  );
}

const checks =
  /\b(?:validationResult|matchedData|safeParse\w*|[vV]alidate\w*|validator\.|isValid\w*|assert\w*|check[A-Z]\w*|typeof|isNaN|Number\.is\w+|\w{0,40}[sS]chema\w{0,40}\.(?:parse\w*|cast|check))\b/;
const checked = new WeakMap<Node, boolean>();

/** A handler that checks its input by hand, or by a schema, may check all of it: who reads the code sees that better. */
function checksSomething(source: Source, node: Node): boolean {
  let outermost: Node | undefined;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) outermost = fn;
  if (!outermost) return false;
  const known = checked.get(outermost);
  if (known !== undefined) return known;
  const found = checks.test(source.tree.text.slice(...outermost.range));
  checked.set(outermost, found);
  return found;
}

/** A field of a body, a form or a query string as it came. A path's parameters are strings, and a whole body is another mistake. */
function isUnchecked(value: Value): boolean {
  return (
    value.trust === 'request' &&
    !value.whole &&
    !value.built &&
    !value.validated &&
    !value.textual &&
    !/\.params(?:\.|$)|\bparams\.|pathParameters|\.headers|\.cookies|\.path\b|\.url\b|\.files?\b|\.host/.test(
      value.source,
    )
  );
}
