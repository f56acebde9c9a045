import { unpacks } from './archives.ts';
import type { Inquiry } from './inquiry.ts';
import { from, type Trust, type Value } from './value.ts';

/** Parts of SQL that code puts together itself, by the names they go by everywhere. */
const sqlParts =
  /(?:table|schema|column|placeholder|prefix|suffix|field|clause|condition|join|order|direction|sort|where|select|database|db_?name|interval|limit|offset|params?|values|cte|subquery|sql|query|filters?)(?:s|_?names?|_?list)?$/i;
const archiveEntry = /^(?:entry|zipEntry|header)\.(?:path|entryName|fileName|name)$/;
/** What multer, busboy, formidable and multipart plug-ins call the name that the client gave its file. */
const uploadName = /(?:^|\.)(?:file\.originalname|originalname|originalFilename|info\.filename|part\.filename)$/;

/** A value by its name: constants by convention are ours, an archive's entries are whoever's packed it. */
export function named(inquiry: Inquiry, trust: Trust, source: string, line: number): Value {
  const last = source.split('.').at(-1) ?? source;
  const { kind } = inquiry;
  if (/^[A-Z][A-Z0-9_]*$/.test(last) && kind !== 'code') return from('safe', source, line);
  if (kind === 'sql' && sqlParts.test(last)) return from('unknown', source, line);
  if (kind === 'path' && uploadName.test(source)) return from('request', source, line);
  if (kind === 'path' && archiveEntry.test(source) && unpacks(inquiry.source)) return from('request', source, line);
  // What hangs on the global object is the program's own.
  if (trust === 'free' && /^(?:global|globalThis)\./.test(source)) return from('unknown', source, line);
  return from(trust, source, line);
}
