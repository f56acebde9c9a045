import { propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { type CallSite, fromOutside, fromRequest, notConstant, type Sink } from './sink.ts';

const vmCalls = /^(?:vm)\.(?:runIn\w+Context|compileFunction|Script|SourceTextModule)$/;
const vm2 = /^new (?:vm2)\.\w+\.run$|^vm2\.VMScript$|^new isolated-vm\b.*\.(?:compileScript|eval)$/;

/** Places that run text as code. */
export function codeSinks(source: Source, call: CallSite): readonly Sink[] {
  const [first] = call.args;
  if (!first || first.type === 'SpreadElement') return [];
  const { name, origin } = call;
  const sink = { kind: 'code' as const, label: call.label, at: call.node };
  // `eval(`import('${path}')`)` keeps a bundler from reading the import.
  if (origin === 'eval' && !call.isNew)
    return [{ ...sink, target: first, accepts: (value) => notConstant(value) && !/^import\(/.test(value.start) }];
  if (origin === 'Function' || origin === 'GeneratorFunction')
    return [
      {
        ...sink,
        label: call.isNew ? 'new Function' : 'Function',
        target: call.args.at(-1) as Node,
        accepts: notConstant,
      },
    ];
  if ((origin === 'setTimeout' || origin === 'setInterval' || origin === 'setImmediate') && !call.isNew)
    return [
      {
        ...sink,
        target: first,
        accepts: (value) =>
          (value.trust === 'request' && first.type !== 'ArrowFunctionExpression') ||
          (value.built && value.start !== '' && notConstant(value)),
      },
    ];
  // `new Worker(text, { eval: true })`
  if (call.isNew && name === 'Worker') {
    const inline = propertyOf(call.args[1] && unwrap(call.args[1]), 'eval');
    return inline?.type === 'Literal' && inline.value === true
      ? [{ ...sink, target: first, accepts: fromOutside }]
      : [];
  }
  if (vmCalls.test(origin.replace(/^new /, '')) || vm2.test(origin))
    return [{ ...sink, target: first, accepts: notConstant }];
  // `require(path.join(folder, name, 'package.json'))` runs nothing.
  if (name === 'require' && origin === 'require' && !/\.json['"`]\)?$/.test(source.tree.text.slice(...first.range)))
    return [{ ...sink, target: first, accepts: fromRequest }];
  return [];
}
