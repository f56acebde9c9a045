import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Loop } from '../code.ts';
import type { FoundLoop } from './found-loop.ts';
import { propertyName, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

const batches = /(?:batch|chunk|page|partition|shardGroup)(?:es|s)?$/i;
/** What there are more of when the program grows, and not when it is used. */
const ofProgram =
  /^(?:definitions|plugins?|migrations?|middlewares?|processors|handlers|strategies|adapters|drivers|columns|tables|schemas)$/;
const retries = /^(?:attempt|attempts|retry|retries|tries|tryCount|retryCount|n?Tries)$/i;
const maxConstant = 12;

/** What bounds the turns of a loop: a constant list, batches, pages or retries; undefined where nothing in sight does. */
export function boundOf(source: Source, { node, over, variables, form }: FoundLoop): Loop['bounded'] {
  if (variables.some(({ name }) => retries.test(name))) return 'retry';
  const step = variables.find(({ name }) => /^(?:batch|chunk|page|pageNumber|offset|skip|cursor)$/i.test(name));
  // A page of a site or of a book is one thing, and has a name.
  if (step && isThing(source, step)) return undefined;
  if (step) return 'batches';
  // One element a turn, where it empties a list.
  if (form === 'while') return variables.length > 0 ? undefined : 'pages';
  if (node.type === 'ForStatement') return counted(source, node);
  return over ? boundOfList(source, over, 0) : undefined;
}

function counted(source: Source, node: Node): Loop['bounded'] {
  if (node.type !== 'ForStatement') return undefined;
  if (!node.test || !node.update) return 'pages';
  // `i += size` walks in steps: a batch a turn.
  if (node.update.type === 'AssignmentExpression') return 'batches';
  const limit = node.test.type === 'BinaryExpression' ? unwrap(node.test.right) : undefined;
  if (limit?.type === 'Literal' && typeof limit.value === 'number' && limit.value <= maxConstant) return 'constant';
  if (
    limit?.type === 'Identifier' &&
    /^(?:max|MAX)_?(?:retries|attempts|tries|RETRIES|ATTEMPTS|TRIES|Retries|Attempts)$/.test(limit.name)
  )
    return 'retry';
  const text = limit ? source.tree.text.slice(...limit.range) : '';
  return /retr|attempt/i.test(text) ? 'retry' : undefined;
}

function boundOfList(source: Source, list: Node, depth: number): Loop['bounded'] {
  const node = unwrap(list);
  if (depth > 6) return undefined;
  switch (node.type) {
    case 'ArrayExpression':
      return node.elements.length <= maxConstant &&
        node.elements.every((element) => element && element.type !== 'SpreadElement')
        ? 'constant'
        : undefined;
    case 'ObjectExpression':
      return 'constant';
    case 'Identifier': {
      if (batches.test(node.name)) return 'batches';
      if (isOfProgram(node.name)) return 'constant';
      if (/^[A-Z][A-Z0-9_]+$/.test(node.name)) return 'constant';
      const binding = source.tree.bindingOf(node);
      const init =
        binding?.kind === 'const' && binding.node.type === 'VariableDeclarator' && binding.node.id.type === 'Identifier'
          ? binding.node.init
          : undefined;
      return init ? boundOfList(source, init, depth + 1) : undefined;
    }
    case 'MemberExpression': {
      const name = propertyName(node) ?? '';
      if (batches.test(name)) return 'batches';
      return /^[A-Z][A-Z0-9_]+$/.test(name) || isOfProgram(name) ? 'constant' : undefined;
    }
    case 'CallExpression': {
      const { callee } = node;
      const name = simpleName(callee);
      if (name === 'slice' && node.arguments.some((argument) => argument.type !== 'Literal')) return 'batches';
      if (batches.test(name) || /^(?:chunk|inBatches|splitEvery)/i.test(name)) return 'batches';
      if (
        /^(?:keys|values|entries)$/.test(name) &&
        callee.type === 'MemberExpression' &&
        callee.object.type === 'Identifier' &&
        callee.object.name === 'Object'
      ) {
        const [of] = node.arguments;
        // `Object.values(Role)`: an enumeration is written with a capital.
        if (of?.type === 'Identifier' && /^[A-Z]/.test(of.name)) return 'constant';
        return of ? boundOfList(source, of, depth + 1) : undefined;
      }
      if (/^(?:filter|map|sort|reverse|concat|flat|toSorted)$/.test(name) && callee.type === 'MemberExpression')
        return boundOfList(source, callee.object, depth + 1);
      return undefined;
    }
    default:
      return undefined;
  }
}

/** `pluginNames`, `table.columns`, `migrationFiles`. */
function isOfProgram(name: string): boolean {
  const words = name.replace(/(?:Names?|Files?|List|Map)$/, '').split(/_|(?<=[a-z])(?=[A-Z])/);
  return ofProgram.test((words.at(-1) ?? '').toLowerCase());
}

/** What has a key, an address or a title is no list. */
function isThing(source: Source, name: TSESTree.Identifier): boolean {
  const binding = source.tree.bindingOf(name);
  return (binding ? source.tree.referencesOf(binding) : []).some(
    ({ parent }) =>
      parent.type === 'MemberExpression' && /^(?:_?id|slug|url|path|title|name)$/.test(propertyName(parent) ?? ''),
  );
}
