import type { Source } from '../source.ts';
import { type CallSite, fromRequest, type Sink } from './sink.ts';
import { safe, type Value } from './value.ts';

const mailers =
  /^(?:new )?(?:nodemailer|@sendgrid\/mail|resend|postmark|mailgun(?:\.js|-js)?|@aws-sdk\/client-ses(?:v2)?|mailersend|node-mailjet|@nestjs-modules\/mailer)\b/;
const sending = /^(?:sendMail|send\w{0,40}[mM]ail\w{0,40}|send)$/;

/** Places that send a mail: a link in it leads where its text says. */
export function linkSinks(_source: Source, call: CallSite): readonly Sink[] {
  const { name, origin, args } = call;
  if (!sending.test(name) || (name === 'send' && !mailers.test(origin))) return [];
  return args.slice(0, 4).map((target) => ({
    kind: 'link' as const,
    label: call.label,
    at: call.node,
    target,
    accepts: fromRequest,
  }));
}

const asked =
  /(?:\.|\[['"])(?:x-forwarded-)?host(?:name)?(?:['"]\])?$|\.(?:get|header)\(['"](?:x-forwarded-)?host['"]\)$/i;

/**
 * Of a request's parts the one that names the host the client asked for: `req.headers.host`, `req.get('host')`. All others
 * are of no concern to the links of a mail.
 *
 * @param text the expression that was read
 */
export function onlyHost(value: Value, text: string): Value {
  if (value.trust !== 'request' || asked.test(value.source)) return value;
  return asked.test(text) ? { ...value, source: text } : safe;
}
