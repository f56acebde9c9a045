import { importedFunctions } from '../neighbours/imported-functions.ts';
import { enclosingFunction, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { textOf } from './guard-texts.ts';
import type { CallSite, Sink } from './sink.ts';
import { isStore, isStoreLibrary } from './stores.ts';
import type { Value } from './value.ts';

const filters =
  /^(?:find|findOne|findOneAndUpdate|findOneAndDelete|findOneAndReplace|findOneAndRemove|updateOne|updateMany|update|deleteOne|deleteMany|remove|count|countDocuments|replaceOne|aggregate|distinct|exists|where)$/;
const documents = /^(?:new )?(?:mongodb|mongoose|monk|mongojs|@nestjs\/mongoose)\b/;
const writes =
  /^(?:create|createMany|insert|insertOne|insertMany|insertGraph|update|updateOne|updateMany|updateById|findOneAndUpdate|findByIdAndUpdate|findByPkAndUpdate|upsert|save|bulkCreate|build|patch|patchAndFetchById|patchAndFetch|merge|assign|values|set|preload|query)$/;
/** Places that query documents by an object, or write whole objects. */
export function storeSinks(source: Source, call: CallSite): readonly Sink[] {
  return [...filterSinks(source, call), ...writeSinks(source, call)];
}

function filterSinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, receiver, origin, args } = call;
  const [first] = args;
  if (!filters.test(name) || !first || first.type === 'SpreadElement' || call.isNew) return [];
  // `row.update(values)`: what writes takes a filter and a change; a change alone goes to a row that is known.
  if (/^(?:update|updateOne|updateMany|replaceOne)$/.test(name) && args.length === 1) return [];
  const options = unwrap(first);
  // Sequelize, Prisma and TypeORM take `{ where }` and bind what is in it.
  if (args.some((argument) => propertyOf(unwrap(argument), 'where'))) return [];
  // A class of the project that has such a method itself is no model.
  const model =
    /^[A-Z]\w*$/.test(receiver) &&
    !isStoreLibrary(origin) &&
    mongoIsLikely(source) &&
    !importedFunctions(source, call.node.callee);
  const evident =
    documents.test(origin) ||
    /^(?:collection|getCollection|getMongooseModel|getMongooseQuery|model)\(\)$/.test(receiver) ||
    /Collection$/.test(receiver) ||
    receiver === 'collection';
  // `db.users.find(…)`: the driver's shell style.
  const shell = call.object?.type === 'MemberExpression' && /^(?:db|mongo)$/.test(textOf(source, call.object.object));
  if ((!evident && !model && !shell) || sanitises(source)) return [];
  const sinks: Sink[] = [{ kind: 'nosql', label: call.label, at: call.node, target: first, accepts: isOperator }];
  const where = propertyOf(options, '$where');
  if (where)
    sinks.push({
      kind: 'nosql',
      label: '$where',
      at: call.node,
      target: where,
      accepts: (value) => value.built && value.trust === 'request',
    });
  return sinks;
}

/** Input that can be an object, `{ $ne: null }`: bodies and query strings, not path parameters, which are strings. */
function isOperator(value: Value): boolean {
  if (value.trust !== 'request' || value.validated || value.built || value.textual) return false;
  return !/\.params(?:\.|$)|\bparams\.|pathParameters|\.headers|\.path\b|\.url\b/.test(value.source);
}

/** Operators are cut out of all input before any handler sees it. */
function sanitises(source: Source): boolean {
  return /mongo-sanitize|\bsanitizeFilter\b/.test(source.tree.text) || 'express-mongo-sanitize' in source.packages.all;
}

function mongoIsLikely(source: Source): boolean {
  const { known, all } = source.packages;
  return known ? 'mongoose' in all || 'mongodb' in all : true;
}

function writeSinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, args, label } = call;
  const accepts = (value: Value) => value.trust === 'request' && value.whole && !value.validated && !value.built;
  if (call.isNew) {
    // `new User(req.body)` of Mongoose and friends.
    const [first] = args;
    return first &&
      /^[A-Z]\w+$/.test(name) &&
      (!isOfPackage(call) || isSaved(source, call.node)) &&
      !/^(?:URL|Error|Date|Map|Set|Response|Request|Buffer|URLSearchParams|Proxy|Promise|FormData)$|Error$|Dto$|Command$|Query$|Event$/.test(
        name,
      )
      ? [
          {
            kind: 'write',
            label: `new ${name}`,
            at: call.node,
            target: first,
            accepts: (value) => accepts(value) && /body/i.test(value.source),
          },
        ]
      : [];
  }
  if (!writes.test(name)) return [];
  if (!isStore(source, call)) return [];
  return args.flatMap((argument) => {
    const options = unwrap(argument);
    const data =
      propertyOf(options, 'data') ??
      propertyOf(options, '$set') ??
      propertyOf(options, 'create') ??
      propertyOf(options, 'update');
    return [{ kind: 'write' as const, label, at: call.node, target: data ?? argument, accepts }];
  });
}

/** A class of a package that is none for storing: what it is given need not become a row. */
function isOfPackage({ origin, imported }: CallSite): boolean {
  return imported && !isStoreLibrary(origin) && /^(?:new )?(?:node:)?@?[a-z0-9][\w-]*(?:[./]|$)/.test(origin);
}

/** `const user = new User(req.body); await user.save();` */
function isSaved(source: Source, node: Node): boolean {
  const fn = enclosingFunction(node);
  return /\.(?:save|insert|persist\w*)\(/.test(fn ? source.tree.text.slice(...fn.range) : source.tree.text);
}
