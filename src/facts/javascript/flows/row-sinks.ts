import { propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { type CallSite, fromRequest, type Sink } from './sink.ts';
import type { Value } from './value.ts';

const methods = /^(?:limit|take|top|first|fetchFirst|batchSize)$/;
const options = ['take', 'limit', 'first', 'last', 'top', 'Limit', 'MaxResults', 'pageSize', 'perPage'];

/** Places that say how many rows are wanted, in a chain or among the options. Whether a query is asked, other facts know. */
export function rowSinks(_source: Source, call: CallSite): readonly Sink[] {
  return asked(call).map((target) => ({
    kind: 'rows',
    label: call.label,
    at: target,
    target,
    accepts: (value: Value) => fromRequest(value) && !value.validated,
  }));
}

function asked({ name, object, args }: CallSite): readonly Node[] {
  const [first] = args;
  if (methods.test(name) && object && first && first.type !== 'SpreadElement') return [first];
  return args.slice(0, 3).flatMap((argument) => {
    const plain = unwrap(argument);
    return options.flatMap((key) => propertyOf(plain, key) ?? []);
  });
}
