import { isOfProject } from '../../javascript/imported.ts';
import { exportedBy } from '../../javascript/neighbours/exported-by.ts';
import { type Neighbour, neighbourOf } from '../../javascript/neighbours/neighbour.ts';
import { propertyOf, simpleName, unwrap } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import type { Source } from '../../javascript/source.ts';
import { type Literal, literalsOf } from './literals.ts';

/** A literal that another file of the project exports. */
export interface ImportedLiteral extends Literal {
  readonly source: Source;
}

/** `constants.auth.jwt.secret` is as deep as settings go. */
const maxMembers = 4;

/** The literals that an imported name, or a member of one, was declared with in the file that exports it. */
export function importedLiterals(source: Source, expression: Node): readonly ImportedLiteral[] {
  const node = unwrap(expression);
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return [];
  const { text, module } = source.originOf(node);
  if (module === undefined || !isOfProject(module) || !text.startsWith(module)) return [];
  const names = text.slice(module.length).split('.').filter(Boolean);
  if (names.length > maxMembers || names.some((name) => !/^[\w$]+$/.test(name))) return [];
  const neighbour = neighbourOf(source, module);
  if (!neighbour) return [];
  const [first = 'default', ...members] = names;
  const direct = literalsIn(neighbour, first, members);
  // `import config from './config'; config.secret` reads like `import * as config`.
  return direct.length > 0 || first === 'default' ? direct : literalsIn(neighbour, 'default', names);
}

function literalsIn(neighbour: Neighbour, name: string, members: readonly string[]): readonly ImportedLiteral[] {
  const exported = exportedBy(neighbour, name);
  if (!exported) return [];
  const { source } = exported.neighbour;
  let node: Node | undefined = exported.node;
  for (const member of members) node = node && propertyOf(objectBehind(source, node), member);
  return node ? literalsOf(source.tree, node).map((literal) => ({ ...literal, source })) : [];
}

/** What `config` of `const config = Object.freeze({ … })` holds. */
function objectBehind(source: Source, node: Node): Node {
  const plain = unwrap(node);
  const declarator = plain.type === 'Identifier' ? source.tree.bindingOf(plain)?.node : undefined;
  const value = declarator?.type === 'VariableDeclarator' && declarator.init ? unwrap(declarator.init) : plain;
  const [frozen] = value.type === 'CallExpression' && simpleName(value.callee) === 'freeze' ? value.arguments : [];
  return frozen ? unwrap(frozen) : value;
}
