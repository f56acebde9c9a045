import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Fix } from '../../review/types.ts';
import type { Fate, SlowCall } from '../code.ts';
import { fateOf } from './fate.ts';
import { enclosingFunction, propertyName, simpleName } from './nodes.ts';
import { isOneTime } from './one-time-calls.ts';
import type { Node } from './parse.ts';
import { promisedOrigin } from './promisified.ts';
import { remembered } from './remembered.ts';
import { awaited, repaired } from './repair.ts';
import type { PlaceOf } from './setting.ts';
import { heavyProgram, mailCommand, occupying, slow, starting, synchronous } from './slow-work.ts';
import type { Source } from './source.ts';

/** States work that a user should not wait for: synchronous system calls, mail, images, documents, browsers. */
export function readSlowCalls(source: Source, placeOf: PlaceOf): readonly SlowCall[] {
  const found: SlowCall[] = [];
  const syncOf = among(synchronous);
  const slowOf = among(slow);
  const occupyingOf = among(occupying);
  for (const call of source.tree.of('CallExpression')) {
    const origin = source.originOf(call.callee);
    const named = namedWork(source, call);
    if (named) {
      found.push({ ...placeOf(call), ...named, fate: fateBeyond(call) });
      continue;
    }
    if (origin.from === 'unknown' || origin.from === 'literal') continue;
    const text = origin.text.replace(/^new /, '');
    const sync = origin.from === 'import' ? syncOf(text) : undefined;
    const held = origin.from === 'import' ? occupyingOf(text) : undefined;
    const what = sync ?? held ?? slowOf(text) ?? commandOf(text, call) ?? programOf(source, text, call);
    if (!what || (sync && isOneTime(source, call))) continue;
    const repair = what === 'hash' ? repairOf(source, call) : undefined;
    found.push({
      ...placeOf(call),
      what,
      call: nameOf(source, call, text, what),
      sync: sync !== undefined,
      evidence: 'import',
      fate: fateBeyond(call),
      ...(held ? { occupies: true } : {}),
      ...(sync && isOfPassword(source, text, call) ? { ofPassword: true } : {}),
      ...(repair ? { repair } : {}),
    });
  }
  return found;
}

function among(known: typeof slow): (text: string) => SlowCall['what'] | undefined {
  return remembered((text) => known.find(([shape]) => shape.test(text))?.[1]);
}

/** `ses.send(new SendEmailCommand(…))`. */
function commandOf(text: string, { arguments: [command] }: TSESTree.CallExpression): SlowCall['what'] | undefined {
  if (!/^@aws-sdk\/client-\w+\.\w+\.send$/.test(text) || command?.type !== 'NewExpression') return undefined;
  return mailCommand.test(simpleName(command.callee)) ? 'mail' : undefined;
}

/** The library's name for it; that of the code where a promise or a chain stands between the two. */
function nameOf(source: Source, { callee }: TSESTree.CallExpression, text: string, what: SlowCall['what']): string {
  if (what === 'video') return 'ffmpeg';
  const name = what === 'process' && /promisify/.test(text) ? source.tree.text.slice(...callee.range) : text;
  return name.split('.').slice(-2).join('.').slice(0, 60);
}

/** `await run('ffmpeg -i …')`: a program that is known to take its time. */
function programOf(
  source: Source,
  text: string,
  { callee, arguments: [program] }: TSESTree.CallExpression,
): SlowCall['what'] | undefined {
  if (!program) return undefined;
  const origin = starting.test(text) ? text : promisedOrigin(source, callee);
  if (origin === undefined || !starting.test(origin)) return undefined;
  return heavyProgram.test(source.tree.text.slice(...program.range)) ? 'process' : undefined;
}

/** What becomes of a call's value: of the AWS SDK 2 by `promise()`, of a callback's work by the promise around it. */
function fateBeyond(call: Node): Fate {
  const { parent } = call;
  if (parent?.type === 'MemberExpression' && propertyName(parent) === 'promise') return fateOf(parent.parent);
  const fate = fateOf(call);
  if (fate === 'awaited' || fate === 'chained') return fate;
  const executor = enclosingFunction(call);
  const around = executor?.parent;
  const isExecutor = around?.type === 'NewExpression' && simpleName(around.callee) === 'Promise';
  return isExecutor && around.arguments[0] === executor ? fateOf(around) : fate;
}

/** `bcrypt.hashSync(word)`, `scryptSync(password, …)`; a salt costs nothing, and other keys are derived once. */
function isOfPassword(source: Source, text: string, { arguments: [first] }: TSESTree.CallExpression): boolean {
  if (/^bcrypt\S*\.(?:hash|compare)Sync$/.test(text)) return first?.type !== 'Literal';
  if (!first || !/^crypto\.(?:pbkdf2|scrypt)Sync$/.test(text)) return false;
  return /pass(?:word|wd|phrase)?\b|pwd|\bplain/i.test(source.tree.text.slice(...first.range).slice(0, 80));
}

/** `bcrypt.compareSync(…)` → `await bcrypt.compare(…)`, where the function is async. */
function repairOf(source: Source, call: TSESTree.CallExpression): Fix | undefined {
  const { callee } = call;
  const edits = awaited(call);
  if (callee.type !== 'MemberExpression' || !edits) return undefined;
  const to = callee.range[1];
  return repaired(source.tree, call, call.loc.end.line, [...edits, { at: to - 'Sync'.length, to, text: '' }]);
}

const mails = /^(?:send|deliver|dispatch)\w*(?:E?mails?|Sms|Newsletter|Invite(?:ation)?s?)$/i;
const mailers =
  /^(?:mail|mailer|email|emails|emailer|resend|sendgrid|sgMail|mailgun|mailjet|mandrill|postmark|smtp|transporter?)(?:Service|Client|Sender)?$/i;

/** Work that is known by its name: an application's own `sendWelcomeEmail`, and synchronous calls of what nobody declared. */
function namedWork(
  source: Source,
  { callee }: { readonly callee: Node },
): Pick<SlowCall, 'what' | 'call' | 'sync' | 'evidence'> | undefined {
  const name = simpleName(callee);
  const receiver = callee.type !== 'MemberExpression' ? '' : simpleName(callee.object);
  const call = receiver ? `${receiver}.${name}` : name;
  if (mails.test(name) || (mailers.test(receiver) && /^send\w*$/.test(name)))
    return { what: 'mail', call, sync: false, evidence: 'name' };
  if (name === 'create' && /twilio\w{0,40}\.messages$/i.test(source.tree.text.slice(...callee.range).slice(0, -7)))
    return { what: 'message', call, sync: false, evidence: 'name' };
  // `fs.readFileSync.apply(…)`.
  const inner = callee.type === 'MemberExpression' && /^(?:apply|call)$/.test(name) ? callee.object : callee;
  const root = inner.type === 'MemberExpression' ? inner.object : inner;
  const sync = simpleName(inner);
  const free = root.type === 'Identifier' && source.tree.bindingOf(root) === undefined;
  return free && /[a-z]Sync$/.test(sync) ? { what: 'file-sync', call: sync, sync: true, evidence: 'name' } : undefined;
}
