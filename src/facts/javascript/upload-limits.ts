import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Omission } from '../code.ts';
import { decorator } from './handlers/nest.ts';
import { hasSpread, isFunction, propertyOf, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';

/** A call that makes or runs something by its options. */
export type Construction = TSESTree.CallExpression | TSESTree.NewExpression;

/** What a construction of an upload's parser leaves without a limit, by where its callee comes from. */
export function uploadLimits(origin: string, call: Construction): Omission['kind'] | undefined {
  const [first] = call.arguments;
  const options = first && unwrap(first);
  const literal = options?.type === 'ObjectExpression' && !hasSpread(options) ? options : undefined;
  if (/^(?:new )?formidable(?:\.\w+){0,2}$/.test(origin)) {
    const kept = propertyOf(literal, 'keepExtensions');
    const unbounded = propertyOf(literal, 'maxFileSize');
    if (kept?.type === 'Literal' && kept.value === true) return 'upload-names';
    return unbounded && isInfinite(unbounded) ? 'upload-limits' : undefined;
  }
  if (/^@nestjs\/platform-(?:express|fastify)\.(?:File|Files|AnyFiles|FileFields)Interceptor$/.test(origin))
    return isInterceptorWithoutLimits(origin, call) ? 'upload-limits' : undefined;
  if (/^(?:new )?busboy$/.test(origin)) return literal && !propertyOf(literal, 'limits') ? 'upload-limits' : undefined;
  if (origin === 'multer' || /^(?:@koa\/multer|koa-multer)$/.test(origin))
    return !first || (literal && !propertyOf(literal, 'limits')) ? 'upload-limits' : undefined;
  if (/^(?:express-fileupload|koa-body|@fastify\/multipart|multiparty\.Form)$/.test(origin.replace(/^new /, ''))) {
    if (origin.startsWith('koa-body')) return undefined;
    return origin.includes('express-fileupload') && (!first || (literal && !propertyOf(literal, 'limits')))
      ? 'upload-limits'
      : undefined;
  }
  return undefined;
}

/** Nest's interceptor takes multer's options last; a pipe on the parameter may check the size as well. */
function isInterceptorWithoutLimits(origin: string, call: Construction): boolean {
  const last = call.arguments.at(-1);
  const named = /\.(?:File|Files)Interceptor$/.test(origin);
  const options = last && unwrap(last);
  const bare = named ? call.arguments.length === 1 : !last || options?.type === 'ArrayExpression';
  if (!bare && !(options?.type === 'ObjectExpression' && !hasSpread(options) && !propertyOf(options, 'limits')))
    return false;
  let at: Node | undefined = call;
  while (at && at.type !== 'MethodDefinition' && at.type !== 'ClassDeclaration') at = at.parent;
  if (at?.type !== 'MethodDefinition' || !isFunction(at.value)) return false;
  return !at.value.params.some((parameter) =>
    (parameter.decorators ?? []).some((one) => {
      const { name, argument } = decorator(one);
      return /^UploadedFiles?$/.test(name) && argument !== undefined;
    }),
  );
}

function isInfinite(node: Node): boolean {
  return node.type === 'Identifier' && node.name === 'Infinity';
}

/** Unpacking whatever is in an archive: size, number and names of the entries are its author's. */
export function isArchive(origin: string, call: Construction): boolean {
  const options = call.arguments.map(unwrap).find((argument) => argument.type === 'ObjectExpression');
  if (options && hasSpread(options)) return false;
  if (/^tar\.(?:x|extract)$/.test(origin)) return !propertyOf(options, 'filter') && !propertyOf(options, 'onentry');
  if (/^extract-zip$/.test(origin)) return !propertyOf(options, 'onEntry');
  return /^new adm-zip\.extractAllTo(?:Async)?$/.test(origin) || /^unzipper\.Extract$/.test(origin);
}
