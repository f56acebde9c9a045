import { constantText } from '../constant-text.ts';
import { propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { promisedOrigin } from '../promisified.ts';
import type { Source } from '../source.ts';
import { type CallSite, fromOutside, fromRequest, notConstant, type Sink } from './sink.ts';
import type { Value } from './value.ts';

const shells = /(?:^|[/\\])(?:ba|z|da|k|c|tc|fi)?sh(?:\.exe)?$|(?:^|[/\\])(?:cmd|powershell|pwsh)(?:\.exe)?$/i;
const shellFlags = /^(?:-[a-z]*c|\/[ck]|-command|-encodedcommand|-c)$/i;
/** Programs whose options run other programs or write files: a leading dash in an argument is enough. */
const optionDriven =
  /^(?:git|hg|svn|curl|wget|ssh|scp|rsync|tar|find|zip|docker|ffmpeg|convert|npm|npx|yarn|pip|sendmail|xargs|env)$/;
const shellStrings =
  /^(?:child_process|node:child_process)\.(?:exec|execSync)$|^shelljs\.exec$|^execa\.(?:execaCommand|execaCommandSync|command|commandSync)$/;
/** Commands that a shell on another machine reads. */
const remote = /^new (?:node-ssh|ssh2)\b.*\.(?:exec|execCommand)$/;
const programs = /^(?:spawn|spawnSync|execFile|execFileSync|fork|execa|execaSync)$/;

/** Places that start processes. */
export function commandSinks(source: Source, call: CallSite): readonly Sink[] {
  const [first, second] = call.args;
  if (!first || first.type === 'SpreadElement' || call.isNew) return [];
  const promised = /promisify\(\)$/.test(call.origin) ? promisedOrigin(source, call.node.callee) : undefined;
  const origin = promised ?? call.origin;
  // `const run = execFile` in a fragment that imports nothing.
  const alias = programs.test(origin);
  const name = promised ? promised.replace(/^.*\./, '') : alias ? origin : call.name;
  const sink = { kind: 'command' as const, label: call.label, at: call.node };
  const shell =
    shellStrings.test(origin) ||
    (/promisify\(\)$/.test(origin) && /^exec/.test(name)) ||
    (call.free && /^(?:execaCommand|execaCommandSync)$/.test(name)) ||
    (call.free && /^(?:child_process|childProcess|shelljs)$/.test(call.receiver) && /^exec(?:Sync)?$/.test(name)) ||
    (name === 'raw' && call.receiver === '$');
  if (shell && first.type !== 'ObjectExpression')
    return [{ ...sink, target: first, accepts: (value) => isCommand(value) }];
  // A fragment that imports nothing: `exec('ping ' + host)` is called on nothing, as a pattern's is not.
  if (call.free && call.receiver === '' && /^exec(?:Sync)?$/.test(name))
    return [{ ...sink, target: first, accepts: (value) => fromRequest(value) && isCommand(value) }];
  if (remote.test(origin)) return [{ ...sink, target: first, accepts: isCommand }];
  if (origin === 'Deno.run' || origin === 'Bun.spawn') {
    const cmd = origin === 'Deno.run' ? propertyOf(unwrap(first), 'cmd') : first;
    return cmd ? [{ ...sink, at: cmd, target: cmd, accepts: fromOutside }] : [];
  }
  // `execa({ input })` gives back a function that is called with the program.
  if (first.type === 'ObjectExpression') return [];
  // `child.send(…)`, `shell.stdin.write(…)` talk to a process that runs already.
  const known = /^(?:(?:node:)?child_process|execa|cross-spawn|node-pty)\b[^()]*$/.test(origin);
  if (!programs.test(name) && !known) return [];
  if (!known && !call.free && !alias) return [];
  if (/^(?:exec|execSync)$/.test(name)) return [];
  const options = call.args.at(-1);
  const inShell = propertyOf(options ? unwrap(options) : undefined, 'shell');
  const shellOn = inShell && !(inShell.type === 'Literal' && inShell.value === false);
  const sinks: Sink[] = [
    { ...sink, target: first, accepts: shellOn ? isCommand : known && !second ? isProgram : fromRequest },
  ];
  if (!second) return sinks;
  const program = constantText(source.tree, first) ?? '';
  const shellFirst = isShell(source, first);
  const args = unwrap(second);
  if (args.type === 'ArrayExpression') {
    const script = scriptOf(source, args.elements, shellFirst);
    if (script) sinks.push({ ...sink, target: script, accepts: notConstant });
    else if (program === 'ssh') sinks.push(...remoteSinks(source, call, args.elements));
    else if (optionDriven.test(program)) sinks.push(...optionSinks(source, call, args.elements));
    else if (program === '') {
      const flagged = scriptOf(source, args.elements, true);
      const accepts = (value: Value) => known && value.trust === 'request';
      if (flagged) sinks.push({ ...sink, target: flagged, accepts });
    }
  } else if (shellFirst) sinks.push({ ...sink, target: second, accepts: fromRequest });
  if (shellOn) sinks.push({ ...sink, target: second, accepts: fromOutside });
  return sinks;
}

/** `-c` of a shell has the script behind it: `['-c', script]`, `['exec', container, 'sh', '-c', script]`. */
function scriptOf(source: Source, elements: readonly (Node | null)[], inShell: boolean): Node | undefined {
  const shell = inShell ? -1 : elements.findIndex((element) => element && isShell(source, element));
  if (shell < 0 && !inShell) return undefined;
  const flag = elements.findIndex(
    (element, i) => i > shell && element && constantsOf(source, element).some((text) => shellFlags.test(text)),
  );
  return flag < 0 ? undefined : (elements[flag + 1] ?? undefined);
}

/** `'sh'`, `isWindows ? 'cmd.exe' : '/bin/sh'`, `process.env.SHELL || 'bash'`, `getShell()`. */
function isShell(source: Source, node: Node): boolean {
  if (node.type === 'CallExpression') return /shell|bash/i.test(source.tree.text.slice(...node.range));
  return constantsOf(source, node).some((text) => shells.test(text));
}

/** The constant texts that an expression may be. */
function constantsOf(source: Source, expression: Node, steps = 0): readonly string[] {
  const node = unwrap(expression);
  const text = constantText(source.tree, node);
  if (text !== undefined) return [text];
  if (steps > 4) return [];
  if (node.type === 'ConditionalExpression')
    return [node.consequent, node.alternate].flatMap((one) => constantsOf(source, one, steps + 1));
  if (node.type === 'LogicalExpression') return constantsOf(source, node.right, steps + 1);
  const declared = node.type === 'Identifier' ? source.tree.bindingOf(node)?.node : undefined;
  const init = declared?.type === 'VariableDeclarator' && declared.id.type === 'Identifier' ? declared.init : undefined;
  return init ? constantsOf(source, init, steps + 1) : [];
}

/** What follows the host is read by the shell over there. */
function remoteSinks(source: Source, call: CallSite, elements: readonly (Node | null)[]): readonly Sink[] {
  const last = elements.at(-1);
  if (!last || elements.length < 2) return optionSinks(source, call, elements);
  const accepts = (value: Value) =>
    value.built ? /^[\w./-]+ /.test(value.start) && fromOutside(value) : value.trust === 'request' && !value.validated;
  return [
    ...optionSinks(source, call, elements.slice(0, -1)),
    { kind: 'command', label: call.label, at: call.node, target: last, accepts },
  ];
}

/** Arguments of a program whose options are dangerous, up to the `--` that ends options. */
function optionSinks(source: Source, call: CallSite, elements: readonly (Node | null)[]): readonly Sink[] {
  const sinks: Sink[] = [];
  for (const element of elements) {
    if (!element) continue;
    if (constantText(source.tree, element) === '--') break;
    sinks.push({
      kind: 'command',
      label: call.label,
      at: call.node,
      target: element,
      accepts: (value) => value.trust === 'request' && !value.built && !value.validated,
    });
  }
  return sinks;
}

function isCommand(value: Value): boolean {
  return value.built ? notConstant(value) : fromOutside(value);
}

/** A program with its arguments is what a helper that starts processes is given; one without any is a text from somewhere. */
function isProgram(value: Value): boolean {
  return value.trust === 'request' || value.trust === 'parameter';
}
