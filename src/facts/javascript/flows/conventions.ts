import { unpacks } from './archives.ts';
import type { Inquiry } from './inquiry.ts';
import { from, type Trust, type Value } from './value.ts';

/** Parts of SQL that code puts together itself, by the names they go by everywhere. */
const sqlParts =
  /(?:table|schema|column|placeholder|prefix|suffix|field|clause|condition|join|order|direction|sort|where|select|primary_?key|alias|by_?string|database|db_?name|interval|limit|offset|params?|values|cte|subquery|sql|query|filters?)(?:s|_?names?|_?list)?$/i;
const archiveEntry = /^(?:entry|zipEntry|header)\.(?:path|entryName|fileName|name)$/;
/** What multer, busboy, formidable and multipart plug-ins call the name that the client gave its file. */
const uploadName = /(?:^|\.)(?:file\.originalname|originalname|originalFilename|info\.filename|part\.filename)$/;
/** Where the upload's parser put a file is its own choice. */
const storedUpload = /(?:^|\.)file\.(?:path|filepath|destination|tempFilePath)$/;
/** What is a number wherever it goes by such a name: written into the text of a statement it harms nothing. */
const amounts =
  /^(?:(?:timeout|interval|ttl|duration|delay|age|retention|limit|offset|page|batch|max|min|num|number|chunk)(?:_?(?:s|S|ms|Ms|MS|secs?|Secs?|seconds?|minutes?|hours?|days?|size|count|rows|age))?|seconds?|minutes?|hours?|days|weeks|months|years|year|count|size|amount|\w{0,40}(?:Ms|Secs?|Seconds|Minutes|Hours|Days|Count|Size))$/;

/** A value by its name: constants by convention are ours, an archive's entries are whoever's packed it. */
export function named(inquiry: Inquiry, trust: Trust, source: string, line: number): Value {
  const last = source.split('.').at(-1) ?? source;
  const { kind } = inquiry;
  if (/^[A-Z][A-Z0-9_]*$/.test(last) && kind !== 'code') return from('safe', source, line);
  if (kind === 'sql' && sqlParts.test(last)) return from('unknown', source, line);
  if (kind === 'path' && uploadName.test(source)) return from('request', source, line);
  if (kind === 'path' && archiveEntry.test(source) && unpacks(inquiry.source)) return from('request', source, line);
  // What hangs on the global object, or on what the file exports, is the program's own.
  if (trust === 'free' && /^(?:global|globalThis|exports|module|process)\./.test(source))
    return from('unknown', source, line);
  if (kind === 'path' && storedUpload.test(source)) return from('unknown', source, line);
  if (kind === 'sql' && amounts.test(last)) return from('unknown', source, line);
  return from(trust, source, line);
}
