import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Fix } from '../../../review/types.ts';
import { isFunction, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { type Edit, repaired } from '../repair.ts';
import type { Source } from '../source.ts';
import { argumentOf, partsOf } from './bound-values.ts';
import type { Sink } from './sink.ts';

/** What each function that starts a shell is called where it starts the program itself. */
const direct: Readonly<Record<string, string>> = { exec: 'execFile', execSync: 'execFileSync' };
/** All that a shell gives no meaning to, quotes apart. */
const plain = /^[\w ./:@,+-]*$/;

/**
 * The lines of `execSync('convert ' + file)` without a shell: `execFileSync('convert', [file])`. None where the text asks
 * something of the shell, or where the function that it takes is not at hand.
 */
export function commandRepair(source: Source, sink: Sink): Fix | undefined {
  if (sink.kind !== 'command' || sink.at.type !== 'CallExpression') return undefined;
  const call = sink.at;
  const [command] = call.arguments;
  if (!command || command !== sink.target) return undefined;
  const named = directForm(source, call.callee);
  const words = wordsOf(source, command);
  if (!named || !words || call.arguments.slice(1).some(setsShell)) return undefined;
  const [program, ...args] = words;
  const text = `${program}, [${args.join(', ')}]`;
  return repaired(source.tree, call, call.loc.end.line, [named, { at: command.range[0], to: command.range[1], text }]);
}

/** `cp.execSync` becomes `cp.execFileSync`; a name that was imported alone does only if the other one was, too. */
function directForm(source: Source, expression: Node): Edit | undefined {
  const callee = unwrap(expression);
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  const form = name.type === 'Identifier' ? direct[name.name] : undefined;
  if (!form) return undefined;
  const origin = source.originOf(callee).text;
  if (!/^(?:node:)?child_process\.exec(?:Sync)?$/.test(origin)) return undefined;
  const [at, to] = name.range;
  if (callee.type === 'MemberExpression') return callee.computed ? undefined : { at, to, text: form };
  return isImported(source, form) ? { at, to, text: form } : undefined;
}

function isImported(source: Source, name: string): boolean {
  const imported = source.tree
    .of('ImportSpecifier')
    .some(
      ({ local, parent }) =>
        local.name === name &&
        parent.type === 'ImportDeclaration' &&
        /^(?:node:)?child_process$/.test(parent.source.value),
    );
  return (
    imported ||
    source.tree
      .of('VariableDeclarator')
      .some(
        ({ id, init }) =>
          id.type === 'ObjectPattern' &&
          init &&
          /^require\(['"](?:node:)?child_process['"]\)$/.test(source.tree.text.slice(...init.range)) &&
          id.properties.some((property) => property.type === 'Property' && propertyName(property) === name),
      )
  );
}

function setsShell(argument: TSESTree.CallExpressionArgument): boolean {
  if (isFunction(argument)) return false;
  const options = unwrap(argument);
  return options.type !== 'ObjectExpression' || propertyOf(options, 'shell') !== undefined;
}

/** The words of a command, as code: constant ones as literals, values with the text they touch. Quotes around a value are the shell's. */
function wordsOf(source: Source, command: Node): readonly string[] | undefined {
  const parts = partsOf(command);
  if (!parts || parts.length > 20) return undefined;
  const words: (string | Node)[][] = [[]];
  let quote = '';
  for (const [i, part] of parts.entries()) {
    if (typeof part !== 'string') {
      words.at(-1)?.push(part);
      continue;
    }
    const { text, opens } = withoutQuotes(part, quote, i < parts.length - 1);
    if (!plain.test(text)) return undefined;
    quote = opens;
    for (const [n, piece] of text.split(/ +/).entries()) {
      if (n > 0) words.push([]);
      if (piece !== '') words.at(-1)?.push(piece);
    }
  }
  const written = words.filter((word) => word.length > 0).map((word) => wordOf(source, word));
  const all = written.filter((word) => word !== undefined);
  return all.length === written.length && all.length > 1 && /^'/.test(all[0] ?? '') ? all : undefined;
}

/** `"${file}"` and `'${file}'`: the quotes around one value go; what else is quoted stays, and is no plain text. */
function withoutQuotes(text: string, quote: string, before: boolean): { text: string; opens: string } {
  const closes = quote !== '' && text.startsWith(quote) && /^(?: |$)/.test(text.slice(1));
  const rest = closes ? text.slice(1) : quote + text;
  const opens = before ? (/(?:^| )(["'])$/.exec(rest)?.[1] ?? '') : '';
  return { text: opens === '' ? rest : rest.slice(0, -1), opens };
}

function wordOf(source: Source, word: readonly (string | Node)[]): string | undefined {
  const [first, second, third] = word;
  if (word.every((piece) => typeof piece === 'string')) return `'${word.join('')}'`;
  if (word.length > 3) return undefined;
  const value = [first, second, third].find((piece) => piece !== undefined && typeof piece !== 'string');
  if (value === undefined || typeof value === 'string') return undefined;
  const at = word.indexOf(value);
  const code = source.tree.text.slice(...value.range);
  if (code.includes('\n') || word.filter((piece) => typeof piece !== 'string').length > 1) return undefined;
  const before = word.slice(0, at).join('');
  const behind = word.slice(at + 1).join('');
  return argumentOf(source, { value, before, after: behind, quoted: false });
}
