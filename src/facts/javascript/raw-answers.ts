import type { DataCall, RawAnswer } from '../code.ts';
import { isSerialised, rowOf } from './answered-rows.ts';
import type { FoundHandler } from './handlers/found.ts';
import { decorator } from './handlers/nest.ts';
import { propertyOf } from './nodes.ts';
import { sentAnswers } from './sent-answers.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** A description of the row itself: it says what goes out. */
const ofTheRow = /entity$|model$|schema$|document$/i;

/**
 * Handlers that send a row as the database has it: `return this.users.findOne(id)`, by itself or by the one function it calls, where `documentedAs` names the model
 * that the route's decorators or its return type promise; undefined where nothing in the file does.
 */
export function readRawAnswers(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
  dataCalls: readonly DataCall[],
): readonly RawAnswer[] {
  if (handlers.length === 0 || isSerialised(source)) return [];
  return handlers.flatMap((handler) => {
    if (/^(?:graphql|trpc|lambda)$/.test(handler.framework)) return [];
    const documentedAs = promised(source, handler);
    return sentAnswers(source, handler).flatMap(({ status, body, checkedBy, at }) => {
      const call = body && status < 300 && !checkedBy ? rowOf(source, body, dataCalls) : undefined;
      if (!call || (documentedAs !== undefined && isSame(documentedAs, call.model))) return [];
      const { method, path } = handler;
      return [{ ...placeOf(at), method, path, verb: call.verb, ...(documentedAs && { documentedAs }) }];
    });
  });
}

/** The model that Swagger's decorators name, or that the return type does where it is one for answers. */
function promised(source: Source, { node, fn }: FoundHandler): string | undefined {
  if (node.type === 'MethodDefinition')
    for (const one of node.decorators.map(decorator)) {
      if (!/^Api(?:Ok|Created|Accepted)?Response$/.test(one.name)) continue;
      const type = propertyOf(one.argument, 'type');
      const name = type && source.tree.text.slice(...type.range).match(/\b[A-Z]\w*/)?.[0];
      if (name) return name;
    }
  const returned = fn.returnType && source.tree.text.slice(...fn.returnType.range);
  const describes = '@nestjs/swagger' in source.packages.all || 'tsoa' in source.packages.all;
  return describes ? returned?.match(/\b\w+(?:Dto|DTO|Response|View)\b/)?.[0] : undefined;
}

function isSame(documented: string, model: string | undefined): boolean {
  return ofTheRow.test(documented) || documented.toLowerCase() === model?.toLowerCase();
}
