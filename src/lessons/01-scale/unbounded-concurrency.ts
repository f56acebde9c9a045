import { defineRule } from '../define-rule.ts';

const imported =
  /^(?:csv\w*|rows?|records?|lines?|items?|users?|contacts?|files?|inbox(?:es)?|messages?|subscribers?|recipients?|emails?|urls?|links?|events?|documents?|members?|\w*(?:Rows|Records|Users|Contacts|Files|Messages|Subscribers|Recipients|Emails|Urls|Links|Data|Inboxes|Events|Members|List))$/i;

/** As many calls at once as there are elements. */
export const unboundedConcurrency = defineRule({
  id: 'unbounded-concurrency',
  lesson: 1,
  severity: 'warning',
  summary: 'This starts as many calls at once as the list has elements: work in chunks, or with a limit.',
  why: 'With a hundred elements it is fast. With a hundred thousand all sockets, connections and promises exist at once: the other side answers 429, the pool times out for everybody else, and the memory holds every answer until the last one is there.',
  fix: 'Use a limit (`p-limit`, `p-map` with `concurrency`, `async.eachLimit`), or a loop over chunks of the list.',
  examples: {
    bad: [
      {
        path: 'src/notify.ts',
        code: `
  export async function notify(subscribers: Subscriber[]) {
>   await Promise.all(subscribers.map((one) => fetch(one.url, { method: 'POST', signal: AbortSignal.timeout(5000) })));
  }`,
      },
      {
        path: 'src/import.ts',
        code: `
  export async function importContacts(csvData: Row[], context: Context) {
>   const results = csvData.map((row) => processRow(row, context));
    return Promise.all(results);
  }
  async function processRow(row: Row, context: Context) {
    return context.prisma.contact.create({ data: row });
  }`,
      },
      {
        path: 'src/levels.ts',
        code: `
  import { prisma } from './prisma.ts';
  export async function refresh() {
    const shelves = await prisma.shelf.findMany({ select: { code: true } });
>   await Promise.all(shelves.map((shelf) => fetch(urlOf(shelf), { signal: AbortSignal.timeout(2000) })));
  }`,
      },
    ],
    good: [
      {
        path: 'src/notify.ts',
        code: `
  import pLimit from 'p-limit';
  const limit = pLimit(10);
  export async function notify(subscribers: Subscriber[]) {
    await Promise.all(subscribers.map((one) => limit(() => fetch(one.url, { signal: AbortSignal.timeout(5000) }))));
    await Promise.all(['a', 'b'].map((name) => fetch('https://example.com/' + name, { signal: AbortSignal.timeout(5000) })));
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    // A driver of Redis sends what is asked at once over one connection, in one go.
    for (const { line, endLine, over, ofRows, explained, calls } of code.fanOuts)
      if (!explained && !/redis/i.test(calls) && (ofRows || imported.test(over)))
        yield { line, endLine, because: `\`${calls}\` is started for every element of \`${over}\` at once.` };
  },
});
