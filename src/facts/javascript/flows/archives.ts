import { propertyName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

const libraries =
  /['"](?:adm-zip|unzipper|unzip|unzip2|yauzl|yauzl-promise|tar|tar-stream|tar-fs|jszip|decompress|node-stream-zip|unzip-stream|extract-zip|@zip\.js\/zip\.js|fflate)['"]/;
const fields = /^(?:path|entryName|fileName|filename|name|relativePath)$/;
const lists = /\.(?:getEntries|entries|getFileNames|readEntries)\(|\.(?:entries|files)\b|\bunzipSync\(/;

/** Whether a file works with a library that unpacks archives. */
export function unpacks(source: Source): boolean {
  return libraries.test(source.tree.text);
}

/**
 * Whether an expression is the name of an archive's entry, which whoever packed the archive wrote: `entry.path` of an `entry`
 * event, `entry.entryName` of a loop over the entries, `name` of one over `Object.entries(zip.files)`.
 */
export function isEntryName(source: Source, expression: Node): boolean {
  const node = unwrap(expression);
  if (!unpacks(source)) return false;
  if (node.type === 'MemberExpression')
    return fields.test(propertyName(node) ?? '') && isEntry(source, unwrap(node.object));
  // The name itself is what such loops go over: `for (const [name, file] of Object.entries(zip.files))`.
  return node.type === 'Identifier' && fields.test(node.name) && isEntry(source, node);
}

function isEntry(source: Source, node: Node): boolean {
  if (node.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(node);
  if (!binding) return false;
  const declared = binding.node;
  if (declared.type === 'VariableDeclarator') {
    const loop = declared.parent.parent;
    return loop?.type === 'ForOfStatement' && lists.test(source.tree.text.slice(...loop.right.range));
  }
  const call = binding.kind === 'param' ? declared.parent?.parent : undefined;
  if (call?.type !== 'CallExpression') return false;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return false;
  const [event] = call.arguments;
  if (/^(?:on|once)$/.test(propertyName(callee) ?? '')) return event?.type === 'Literal' && event.value === 'entry';
  return (
    /^(?:forEach|map)$/.test(propertyName(callee) ?? '') && lists.test(source.tree.text.slice(...callee.object.range))
  );
}
