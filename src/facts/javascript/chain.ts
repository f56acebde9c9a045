import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { constantText } from './constant-text.ts';
import { propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Tree } from './tree.ts';

/** One link of a chain: a name that is read, and called where `args` is there. */
export interface Link {
  readonly name: string;
  readonly args?: readonly Node[];
  /** The member, or the call around it. */
  readonly node: Node;
}

/** `this.db.select().from(users).where(…)`: root `this`, links `db`, `select()`, `from()`, `where()`. */
export interface Chain {
  readonly root: Node;
  readonly links: readonly Link[];
  /** The whole chain. */
  readonly top: Node;
}

const maxLinks = 60;

/** The chains of a file that end in a call or a tagged template, each once, in document order of their ends. */
export function chainsOf(tree: Tree): readonly Chain[] {
  const chains: Chain[] = [];
  for (const call of [...tree.of('CallExpression'), ...tree.of('TaggedTemplateExpression')])
    if (isTop(call)) chains.push(chainOf(tree, call));
  return chains;
}

function isTop(call: Node): boolean {
  let at = call;
  for (;;) {
    const { parent } = at;
    if (
      parent?.type === 'ChainExpression' ||
      parent?.type === 'TSNonNullExpression' ||
      parent?.type === 'TSAsExpression'
    )
      at = parent;
    else if (parent?.type === 'MemberExpression' && parent.object === at) {
      const called = parent.parent.type === 'ChainExpression' ? parent.parent.parent : parent.parent;
      // `rows.query().length`: reading a property of a result ends the chain; calling a method of it does not.
      return !(called?.type === 'CallExpression' && called.callee === parent) && !(called?.type === 'MemberExpression');
    } else return !(parent?.type === 'CallExpression' && parent.callee === at);
  }
}

function chainOf(tree: Tree, top: Node): Chain {
  const links: Link[] = [];
  let at: Node = top;
  while (links.length < maxLinks) {
    if (at.type === 'ChainExpression' || at.type === 'TSNonNullExpression' || at.type === 'TSAsExpression')
      at = at.expression;
    else if (at.type === 'CallExpression' || at.type === 'TaggedTemplateExpression') {
      const callee: Node = bare(at.type === 'CallExpression' ? at.callee : at.tag);
      const args = at.type === 'CallExpression' ? at.arguments : [at.quasi];
      if (callee.type !== 'MemberExpression') {
        if (callee.type === 'Identifier') links.push({ name: callee.name, args, node: at });
        return { root: callee, links: links.reverse(), top };
      }
      links.push({ name: nameOf(tree, callee), args, node: at });
      at = callee.object;
    } else if (at.type === 'MemberExpression') {
      links.push({ name: nameOf(tree, at), node: at });
      at = at.object;
    } else break;
  }
  return { root: at, links: links.reverse(), top };
}

function bare(node: Node): Node {
  return node.type === 'TSNonNullExpression' || node.type === 'TSInstantiationExpression' ? node.expression : node;
}

function nameOf(tree: Tree, member: TSESTree.MemberExpression): string {
  return propertyName(member) ?? (member.computed ? (constantText(tree, member.property) ?? '') : '');
}

/** The receiver of a link: the expression its method is called on. */
export function receiverOf(link: Link): Node | undefined {
  const { node } = link;
  const callee =
    node.type === 'CallExpression' ? bare(node.callee) : node.type === 'TaggedTemplateExpression' ? node.tag : node;
  return callee.type === 'MemberExpression' ? callee.object : undefined;
}
