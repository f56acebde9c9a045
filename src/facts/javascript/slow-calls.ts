import type { SlowCall } from '../code.ts';
import { fateOf } from './fate.ts';
import { simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import { remembered } from './remembered.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const sync: readonly (readonly [RegExp, SlowCall['what']])[] = [
  [/^(?:fs|fs-extra|graceful-fs)\.\w+Sync$/, 'file-sync'],
  [/^crypto\.(?:pbkdf2|scrypt|randomFill|generateKeyPair|hkdf|generatePrime)\w*Sync$/, 'crypto-sync'],
  [/^zlib\.\w+Sync$/, 'compress-sync'],
  [/^child_process\.\w+Sync$/, 'process'],
  [/^(?:bcrypt|bcryptjs|bcrypt-nodejs)\.(?:hash|compare|genSalt)Sync$/, 'hash'],
];
const slow: readonly (readonly [RegExp, SlowCall['what']])[] = [
  [
    /\.sendMail$|^@sendgrid\/mail\.send(?:Multiple)?$|resend\.Resend\.emails\.send$|MailerService\.sendMail$|nodemailer\.createTransport\(\)\.sendMail$|postmark\.\w+\.sendEmail$/,
    'mail',
  ],
  [/^(?:new )?sharp(?:\(\))?.*\.(?:toFile|toBuffer)$|^jimp\.(?:Jimp\.)?read$/, 'image'],
  [/^(?:puppeteer(?:-core)?|playwright(?:-core)?(?:\.\w+)?)\.launch$/, 'browser'],
  [/^new (?:twilio|@vonage\/\w+)\b.*\.create$|^twilio\(\)\.messages\.create$/, 'message'],
  [
    /^new (?:exceljs|xlsx-populate)\b.*\.(?:writeBuffer|writeFile|write)$|^exceljs\.Workbook.*\.write\w*$/,
    'spreadsheet',
  ],
  [/^pdf-lib\.PDFDocument\..*save$|^html-pdf(?:-node)?\.\w+$/, 'pdf'],
  [/^archiver\(\)\.finalize$/, 'archive'],
];

/** States work that a user should not wait for: synchronous system calls, mail, images, browsers. */
export function readSlowCalls(source: Source, placeOf: PlaceOf): readonly SlowCall[] {
  const found: SlowCall[] = [];
  const slowOf = remembered((text) => slow.find(([shape]) => shape.test(text)));
  for (const call of source.tree.of('CallExpression')) {
    const origin = source.originOf(call.callee);
    const named = namedWork(source, call);
    if (named) {
      found.push({ ...placeOf(call), ...named, fate: fateOf(call) });
      continue;
    }
    if (origin.from === 'unknown' || origin.from === 'literal') continue;
    const text = origin.text.replace(/^new /, '');
    const known = origin.from === 'import' ? sync.find(([shape]) => shape.test(text)) : undefined;
    const long = known ? undefined : slowOf(text);
    const kind = known ?? long;
    if (!kind) continue;
    found.push({
      ...placeOf(call),
      what: kind[1],
      call: text.split('.').slice(-2).join('.').slice(0, 60),
      sync: known !== undefined,
      evidence: 'import',
      fate: fateOf(call),
    });
  }
  return found;
}

const mails = /^(?:send|deliver|dispatch)\w*(?:E?mails?|Sms|Newsletter|Invite(?:ation)?s?)$/i;
const mailers =
  /^(?:mail|mailer|email|emails|emailer|resend|sendgrid|postmark|smtp|transporter?)(?:Service|Client|Sender)?$/i;

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
  // `fs.readFileSync.apply(…)`.
  const inner = callee.type === 'MemberExpression' && /^(?:apply|call)$/.test(name) ? callee.object : callee;
  const root = inner.type === 'MemberExpression' ? inner.object : inner;
  const sync = simpleName(inner);
  const free = root.type === 'Identifier' && source.tree.bindingOf(root) === undefined;
  return free && /[a-z]Sync$/.test(sync) ? { what: 'file-sync', call: sync, sync: true, evidence: 'name' } : undefined;
}
