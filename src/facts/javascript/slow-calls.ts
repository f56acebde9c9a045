import type { SlowCall } from '../code.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const sync: readonly (readonly [RegExp, SlowCall['what']])[] = [
  [/^(?:fs|fs-extra|graceful-fs)\.(?!existsSync)\w+Sync$/, 'file-sync'],
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
  [/^puppeteer\.launch$|^playwright\.\w+\.launch$/, 'browser'],
];

/** States work that a user should not wait for: synchronous system calls, mail, images, browsers. */
export function readSlowCalls(source: Source, placeOf: PlaceOf): readonly SlowCall[] {
  const found: SlowCall[] = [];
  for (const call of source.tree.of('CallExpression')) {
    const origin = source.originOf(call.callee);
    if (origin.from === 'unknown' || origin.from === 'literal') continue;
    const text = origin.text.replace(/^new /, '');
    const known = origin.from === 'import' ? sync.find(([shape]) => shape.test(text)) : undefined;
    const long = known ? undefined : slow.find(([shape]) => shape.test(text));
    const kind = known ?? long;
    if (!kind) continue;
    const awaited = call.parent.type === 'AwaitExpression' || call.parent.type === 'ReturnStatement';
    found.push({
      ...placeOf(call),
      what: kind[1],
      call: text.split('.').slice(-2).join('.').slice(0, 60),
      sync: known !== undefined,
      fate: awaited ? 'awaited' : 'floating',
    });
  }
  return found;
}
