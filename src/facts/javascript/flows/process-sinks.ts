import { constantText } from '../constant-text.ts';
import { propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
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
const programs = /^(?:spawn|spawnSync|execFile|execFileSync|fork|execa|execaSync)$/;

/** Places that start processes or run text as code. */
export function processSinks(source: Source, call: CallSite): readonly Sink[] {
  return [...commandSinks(source, call), ...codeSinks(call)];
}

function commandSinks(source: Source, call: CallSite): readonly Sink[] {
  const [first, second] = call.args;
  if (!first || first.type === 'SpreadElement' || call.isNew) return [];
  const promised = /promisify\(\)$/.test(call.origin) ? promisedOrigin(source, call) : undefined;
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
  if (origin === 'Deno.run' || origin === 'Bun.spawn') {
    const cmd = origin === 'Deno.run' ? propertyOf(unwrap(first), 'cmd') : first;
    return cmd ? [{ ...sink, at: cmd, target: cmd, accepts: fromOutside }] : [];
  }
  const known = /^(?:child_process|execa|cross-spawn|node-pty)\b/.test(origin);
  if (!programs.test(name) && !known) return [];
  if (!known && !call.free && !alias) return [];
  if (/^(?:exec|execSync)$/.test(name)) return [];
  const options = call.args.at(-1);
  const inShell = propertyOf(options ? unwrap(options) : undefined, 'shell');
  const shellOn = inShell && !(inShell.type === 'Literal' && inShell.value === false);
  const sinks: Sink[] = [{ ...sink, target: first, accepts: shellOn ? isCommand : known ? isProgram : fromRequest }];
  if (!second) return sinks;
  const program = constantText(source.tree, first) ?? '';
  const args = unwrap(second);
  if (args.type === 'ArrayExpression') {
    const flag = args.elements.findIndex(
      (element) => element && shellFlags.test(constantText(source.tree, element) ?? ''),
    );
    const script = args.elements[flag + 1];
    if (shells.test(program) && flag >= 0 && script) sinks.push({ ...sink, target: script, accepts: notConstant });
    else if (!shells.test(program) && optionDriven.test(program))
      sinks.push(...optionSinks(source, call, args.elements));
    else if (program === '' && flag >= 0 && script)
      sinks.push({
        ...sink,
        target: script,
        accepts: (value) => (known && value.trust === 'request') || (isShellCall(source, first) && notConstant(value)),
      });
  } else if (shells.test(program)) sinks.push({ ...sink, target: second, accepts: fromRequest });
  if (shellOn) sinks.push({ ...sink, target: second, accepts: fromOutside });
  return sinks;
}

/** What `run` stands for in `const run = promisify(exec)`. */
function promisedOrigin(source: Source, { node }: CallSite): string | undefined {
  const callee = unwrap(node.callee);
  const declarator = callee.type === 'Identifier' ? source.tree.bindingOf(callee)?.node : undefined;
  const made = declarator?.type === 'VariableDeclarator' && declarator.init ? unwrap(declarator.init) : undefined;
  const [first] = made?.type === 'CallExpression' ? made.arguments : [];
  const origin = first && source.originOf(first);
  return origin?.from === 'import' ? origin.text : undefined;
}

/** `spawn(getShell(), ['-c', command])`: named like a shell. */
function isShellCall(source: Source, first: Node): boolean {
  return /shell|bash/i.test(source.tree.text.slice(...first.range)) && first.type === 'CallExpression';
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

function isProgram(value: Value): boolean {
  return value.trust === 'request' || value.trust === 'parameter';
}

const vmCalls = /^(?:vm)\.(?:runIn\w+Context|compileFunction|Script|SourceTextModule)$/;
const vm2 = /^new (?:vm2)\.\w+\.run$|^vm2\.VMScript$|^new isolated-vm\b.*\.(?:compileScript|eval)$/;

function codeSinks(call: CallSite): readonly Sink[] {
  const [first] = call.args;
  if (!first || first.type === 'SpreadElement') return [];
  const { name, origin } = call;
  const sink = { kind: 'code' as const, label: call.label, at: call.node };
  if (origin === 'eval' && !call.isNew) return [{ ...sink, target: first, accepts: notConstant }];
  if (origin === 'Function' || origin === 'GeneratorFunction')
    return [
      {
        ...sink,
        label: call.isNew ? 'new Function' : 'Function',
        target: call.args.at(-1) as Node,
        accepts: notConstant,
      },
    ];
  if ((origin === 'setTimeout' || origin === 'setInterval' || origin === 'setImmediate') && !call.isNew)
    return [
      {
        ...sink,
        target: first,
        accepts: (value) =>
          (value.trust === 'request' && first.type !== 'ArrowFunctionExpression') ||
          (value.built && value.start !== '' && notConstant(value)),
      },
    ];
  if (vmCalls.test(origin.replace(/^new /, '')) || vm2.test(origin))
    return [{ ...sink, target: first, accepts: notConstant }];
  if (name === 'require' && origin === 'require') return [{ ...sink, target: first, accepts: fromRequest }];
  return [];
}
