import { constantText } from '../constant-text.ts';
import { enclosingFunction, functionName, hasSpread, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { concatenated } from './built.ts';
import { type CallSite, fromRequest, lastName, type Sink } from './sink.ts';
import type { Value } from './value.ts';

const fs = /^(?:fs|fs-extra|fs\/promises|graceful-fs|original-fs)(?:\.promises)?\.(\w+)$/;
const methods =
  /^(?:access|appendFile|chmod|chown|copy|copyFile|cp|createReadStream|createWriteStream|emptyDir|ensureDir|ensureFile|exists|lstat|mkdir|mkdirp|move|open|openAsBlob|opendir|outputFile|outputJson|readdir|readFile|readJson|readlink|realpath|remove|rename|rm|rmdir|stat|symlink|truncate|unlink|utimes|watch|watchFile|writeFile|writeJson)(?:Sync)?$/;
/** What nothing but a file is read or written by, in a fragment that imports nothing. */
const unmistakable = /^(?:readFile|writeFile|appendFile|createReadStream|createWriteStream|unlink|readdir)(?:Sync)?$/;
/** Files of runtimes other than Node. */
const runtimes =
  /^(?:Bun\.(?:file|write)|Deno\.(?:copyFile|create|lstat|mkdir|open|readDir|readFile|readTextFile|remove|rename|stat|truncate|writeFile|writeTextFile)(?:Sync)?)$/;
const joiners = /^(?:path|upath|pathe)(?:\.(?:posix|win32))?\.(?:join|resolve)$/;

/** Places that name a file. */
export function fileSinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, origin, receiver, args } = call;
  const [first, second] = args;
  if (!first || first.type === 'SpreadElement' || call.isNew) return [];
  const sink = { kind: 'path' as const, label: call.label, at: call.node };
  const byName =
    /^(?:fs|fsp|fsPromises|promises)$/.test(receiver) || (call.free && receiver === '' && unmistakable.test(name));
  const method = fs.exec(origin)?.[1] ?? (byName ? name : '');
  if (methods.test(method)) {
    const imported = call.imported;
    // A parameter is what a storage layer is made of; only a name from nowhere, in a fragment, is worth a word.
    const fragment = imported && !source.packages.known;
    const accepts = fragment ? (value: Value) => fromRequest(value) || value.trust === 'free' : fromRequest;
    const two = /^(?:rename|copy|copyFile|cp|move|symlink|link)(?:Sync)?$/.test(method);
    const targets = two && second ? [first, second] : [first];
    return targets.map((target) => ({ ...sink, target, accepts }));
  }
  if (runtimes.test(origin)) return [{ ...sink, target: first, accepts: fromRequest }];
  // The `send` of Express itself: `send(req, path, { root })`.
  if (origin === 'send' && second && second.type !== 'SpreadElement')
    return args[2] ? [] : [{ ...sink, target: second, accepts: fromRequest }];
  if (/^(?:sendFile|sendfile|download)$/.test(name) && /^(?:res|response|reply|_res|status\(\))$/.test(receiver)) {
    if (name !== 'download' && second && hasRoot(source, second)) return [];
    if (isGlued(source, first)) return [];
    return [{ ...sink, target: first, accepts: fromRequest }];
  }
  if (joiners.test(origin) || (call.free && receiver === 'path' && /^(?:join|resolve)$/.test(name))) {
    // `path.join('/', x)` is made to be joined further, and climbs nowhere.
    if (isCheckedLater(source, call.node) || constantText(source.tree, first) === '/') return [];
    if (isAddress(source, call.node) || isConfined(call.node)) return [];
    const accepts = (value: Value) => fromRequest(value) && !(value.rooted && args.length > 1);
    return args.slice(args.length > 1 ? 1 : 0).map((target) => ({ ...sink, target, accepts }));
  }
  // express-fileupload: `req.files.report.mv(target)`.
  if (name === 'mv' && call.object) return [{ ...sink, target: first, accepts: fromRequest }];
  // multer: `filename(req, file, cb) { cb(null, file.originalname) }`.
  if (args.length === 2 && second && first.type === 'Literal' && first.value === null) {
    const fn = enclosingFunction(call.node);
    if (fn && /^(?:filename|destination)$/.test(functionName(fn)) && fn.params.length >= 3)
      return [{ ...sink, label: 'the stored file’s name', target: second, accepts: fromRequest }];
  }
  return [];
}

/** `{ root }`, or a name for it: what climbs out of the folder is refused. */
function hasRoot(source: Source, argument: Node): boolean {
  const plain = unwrap(argument);
  const declared = plain.type === 'Identifier' ? source.tree.bindingOf(plain)?.node : undefined;
  const options = declared?.type === 'VariableDeclarator' && declared.init ? unwrap(declared.init) : plain;
  return options.type === 'ObjectExpression' && (propertyOf(options, 'root') !== undefined || hasSpread(options));
}

/**
 * `` `${__dirname}/files/${name}` ``, not joined and not resolved: of a path that still has `..` in it Express answers 403, and
 * one that begins with a folder of ours is not absolute elsewhere.
 */
function isGlued(source: Source, argument: Node): boolean {
  const plain = unwrap(argument);
  const declared = plain.type === 'Identifier' ? source.tree.bindingOf(plain)?.node : undefined;
  const path = declared?.type === 'VariableDeclarator' && declared.init ? unwrap(declared.init) : plain;
  const [first] =
    path.type === 'BinaryExpression'
      ? concatenated(path)
      : path.type === 'TemplateLiteral'
        ? [path.quasis[0]?.value.cooked || path.expressions[0]]
        : [];
  if (first === undefined) return false;
  const text = typeof first === 'string' ? first : source.tree.text.slice(...first.range);
  return /^['"`]?[/.]|^__dirname$|^process\.cwd\(\)$|^[A-Z][A-Z0-9_]*$/.test(text);
}

/** `h.file(path.join(root, name))` of hapi serves nothing outside of the folder that its files are relative to. */
function isConfined({ parent }: Node): boolean {
  return (
    parent?.type === 'CallExpression' &&
    parent.arguments.length === 1 &&
    parent.callee.type === 'MemberExpression' &&
    propertyName(parent.callee) === 'file' &&
    lastName(parent.callee.object) === 'h'
  );
}

/** `const imagePath = path.join('/uploads', name)` that is only stored, `url.pathname = path.join(prefix, rest)`: no file is named. */
function isAddress(source: Source, node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'AssignmentExpression')
    return (
      parent.left.type === 'MemberExpression' && /^(?:pathname|href|url|path)$/.test(propertyName(parent.left) ?? '')
    );
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(parent.id);
  const uses = binding ? source.tree.referencesOf(binding).filter((use) => use !== parent.id) : [];
  return (
    uses.length > 0 &&
    uses.every(
      ({ parent: use }) =>
        use.type === 'Property' && !/^(?:path|file|cwd|dir|dest|root)/i.test(propertyName(use) ?? ''),
    )
  );
}

/** `const p = path.resolve(root, x); if (!p.startsWith(root)) …`: the check comes after the joining. */
function isCheckedLater(source: Source, node: Node, steps = 0): boolean {
  const { parent } = node;
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(parent.id);
  return (
    binding !== undefined &&
    source.tree.referencesOf(binding).some((reference) => {
      const use = reference.parent;
      if (use.type === 'MemberExpression' && use.object === reference)
        return /^(?:startsWith|indexOf|includes)$/.test(propertyName(use) ?? '');
      if (use.type !== 'CallExpression' || use.callee.type === 'Super') return false;
      const callee = source.tree.text.slice(...use.callee.range);
      if (/\.(?:resolve|normalize)$/.test(callee) && steps < 2 && isCheckedLater(source, use, steps + 1)) return true;
      return (
        /(?:^|\.)(?:relative|is[A-Z]\w*|assert\w*|ensure\w*|validate\w*|check\w*|verify\w*)$/.test(callee) ||
        fs.test(source.originOf(use.callee).text) ||
        /^fsp?\./.test(callee)
      );
    })
  );
}
