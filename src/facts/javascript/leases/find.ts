import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { importsOf } from '../data-calls/clients.ts';
import { isOfProject } from '../imported.ts';
import { enclosingFunction, isFunction, propertyName, simpleName, unwrap } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** Something taken out of a pool that has to go back. */
export interface FoundLease {
  readonly kind: 'pool' | 'runner' | 'session' | 'browser';
  /** The declarator, or the call that hands it to a callback. */
  readonly node: Node;
  readonly of: string;
  /** The name it goes by; absent where only its methods are taken. */
  readonly handle?: TSESTree.Identifier;
  /** A function of its own that gives it back: `done`, or a destructured `release`. */
  readonly back?: TSESTree.Identifier;
  readonly within: FunctionNode;
  /** Known by its construction or import, not by a conventional name alone. */
  readonly sure: boolean;
  /** Of another file of the project, under a name that says what it is. */
  readonly ours?: boolean;
}

const pools =
  /^(?:new (?:pg|pg-pool|@neondatabase\/serverless|@vercel\/postgres)(?:\.native)?(?:\.Pool)?|(?:mysql2?(?:\/promise)?|mariadb|oracledb)\.createPool\(\)|new mariadb\.Pool)$/;
const drivers = /^(?:pg|pg-pool|mysql2?(?:\/promise)?|mariadb|@neondatabase\/serverless|@vercel\/postgres)$/;
const taking = /^(?:connect|getConnection)$/;

/** Finds what a file takes out of pools: `const client = await pool.connect()`, `pool.connect((err, client, done) => …)`. */
export function findLeases(source: Source): readonly FoundLease[] {
  const { tree } = source;
  const found: FoundLease[] = [];
  for (const declarator of tree.of('VariableDeclarator')) {
    const { init, id } = declarator;
    const fn = enclosingFunction(declarator);
    if (!init || !fn || /using/.test(declarator.parent.kind)) continue;
    const call = unwrap(init);
    const taken = call.type === 'CallExpression' ? takenBy(source, call) : undefined;
    // What is not awaited is still a promise of it.
    if (!taken || (init.type !== 'AwaitExpression' && taken.kind !== 'runner')) continue;
    const base = { ...taken, node: declarator, within: fn };
    if (id.type === 'Identifier') found.push({ ...base, handle: id });
    else if (id.type === 'ObjectPattern') {
      const release = id.properties.find(
        (property) => property.type === 'Property' && propertyName(property) === 'release',
      );
      if (release?.type === 'Property' && release.value.type === 'Identifier')
        found.push({ ...base, back: release.value });
    }
  }
  for (const call of tree.of('CallExpression')) {
    const [callback] = call.arguments;
    if (!isFunction(callback) || callback.params.length < 2) continue;
    const taken = takenBy(source, call);
    if (!taken) continue;
    const [, handle, done] = callback.params;
    found.push({
      ...taken,
      node: call,
      within: callback,
      ...(handle?.type === 'Identifier' ? { handle } : {}),
      ...(done?.type === 'Identifier' ? { back: done } : {}),
    });
  }
  return found;
}

function takenBy(
  source: Source,
  call: TSESTree.CallExpression,
): Pick<FoundLease, 'kind' | 'of' | 'sure' | 'ours'> | undefined {
  const { callee } = call;
  if (callee.type !== 'MemberExpression') return undefined;
  const method = propertyName(callee) ?? '';
  const { text } = source.originOf(callee);
  const of = source.tree.text.slice(...callee.range).slice(0, 60);
  if (taking.test(method)) {
    const origin = source.originOf(callee.object);
    if (pools.test(origin.text) && !isReassigned(source, callee.object)) return { kind: 'pool', of, sure: true };
    if (!isNamedPool(source, callee.object)) return undefined;
    return { kind: 'pool', of, sure: false, ...(origin.from === 'global' ? {} : { ours: true }) };
  }
  if (method === 'createQueryRunner' && /^new typeorm\./.test(text)) return { kind: 'runner', of, sure: true };
  if (method === 'startSession' && /^(?:mongoose|new mongodb\.MongoClient)/.test(text))
    return { kind: 'session', of, sure: true };
  if (
    method === 'launch' &&
    /^(?:puppeteer(?:-core)?|playwright(?:-core)?(?:\.\w+)?|@playwright\/\w+\.\w+)\.launch$/.test(text)
  )
    return { kind: 'browser', of, sure: true };
  return undefined;
}

/** `pool` of another file of the project, of this object or of nobody in sight, where its driver is among the packages, if those are known. */
export function isNamedPool(source: Source, object: Node): boolean {
  if (!/^(?:pg|db|database|my?sql|postgres)?pool$/i.test(simpleName(object))) return false;
  const { from, text, module } = source.originOf(object);
  const ours =
    from === 'import' ? module !== undefined && isOfProject(module) : from === 'global' || text.startsWith('this.');
  if (!ours) return false;
  if (source.packages.known) return Object.keys(source.packages.all).some((name) => drivers.test(name));
  return from !== 'global' || importsOf(source)(drivers) || isBare(source);
}

/** A fragment that imports nothing at all. */
function isBare({ tree }: Source): boolean {
  return tree.of('ImportDeclaration').length === 0 && tree.named('require').length === 0;
}

/** `let pool = new Pool(); pool = other`: it may be another by now. */
export function isReassigned(source: Source, node: Node): boolean {
  if (node.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(node);
  if (!binding || binding.kind === 'const' || binding.kind === 'import') return false;
  const declared = binding.node.type === 'VariableDeclarator' && binding.node.init != null;
  const writes = source.tree
    .referencesOf(binding)
    .filter(({ parent }) => parent.type === 'AssignmentExpression').length;
  return writes + (declared ? 1 : 0) > 1;
}
