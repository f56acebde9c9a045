import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall, Place, SecondaryCall } from '../code.ts';
import { readCacheCalls } from './cache-calls.ts';
import { enclosingFunction, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { quoted, within } from './within.ts';

/** Clients of services that tell or count something: nothing that a request answers depends on them. */
const clients: readonly (readonly [RegExp, SecondaryCall['service']])[] = [
  [/^new @slack\/webhook\.IncomingWebhook\.send$|^new @slack\/web-api\.WebClient\.chat\.postMessage$/, 'chat'],
  [/^new discord\.js\.WebhookClient\.send$|^new node-telegram-bot-api\.sendMessage$/, 'chat'],
  [/^new posthog-node\.PostHog\.(?:flush|shutdown\w*|captureImmediate|identifyImmediate)$/, 'analytics'],
  [
    /^new @segment\/analytics-node(?:\.Analytics)?\.(?:flush|closeAndFlush)$|^@vercel\/analytics\/server\.track$/,
    'analytics',
  ],
  [
    /^(?:new )?@elastic\/elasticsearch\.Client\.(?:index|update|delete|bulk)$|^(?:new )?@opensearch-project\/opensearch\.Client\.(?:index|update|delete|bulk)$/,
    'search',
  ],
  [/^(?:new )?@nestjs\/elasticsearch\.ElasticsearchService\.(?:index|update|delete|bulk)$/, 'search'],
  [/^(?:new )?meilisearch\.MeiliSearch\.index\(\)\.(?:add|update|delete)Documents?$/, 'search'],
  [
    /^algoliasearch(?:\.algoliasearch|\.default)?\(\)(?:\.initIndex\(\))?\.(?:saveObjects?|partialUpdateObjects?|deleteObjects?|addOrUpdateObject)$/,
    'search',
  ],
  [
    /^new typesense\.(?:Typesense\.)?Client\.collections\(\)\.documents\(\)\.(?:create|upsert|update|delete|import)$/,
    'search',
  ],
  [/^new intercom-client\.(?:Intercom)?Client\.events\.create$|^new customerio-node\.\w+\.track$/, 'analytics'],
];
const mails =
  /^new resend(?:\.Resend)?\.emails\.send$|^@sendgrid\/mail\.send(?:Multiple)?$|^nodemailer\.createTransport\(\)\.sendMail$|^new postmark\.(?:Server)?Client\.sendEmail\w*$/;
const sending = /^(?:fetch|axios(?:\.post)?|got(?:\.post)?|ky(?:\.post)?|undici\.(?:fetch|request)|node-fetch)$/;
const addresses: readonly (readonly [RegExp, SecondaryCall['service']])[] = [
  [/hooks\.slack\.com|slack_?webhook|discord(?:app)?\.com\/api\/webhooks|discord_?webhook|api\.telegram\.org/i, 'chat'],
  [
    /api\.segment\.io|api\.mixpanel\.com|api2?\.amplitude\.com|google-analytics\.com|posthog\.com|plausible\.io|analytics_?(?:url|endpoint|host)/i,
    'analytics',
  ],
];

/** States calls of secondary services that a request waits for, whose result nobody reads, and whose failure nobody takes. */
export function readSecondaryCalls(
  source: Source,
  placeOf: PlaceOf,
  dataCalls: readonly DataCall[],
): readonly SecondaryCall[] {
  const told = source.tree.of('CallExpression').flatMap((call) => {
    const service = serviceOf(source, call);
    if (!service) return [];
    const waited = waitedFor(call);
    const place = waited && placeOf(waited);
    if (place && service === 'mail' && !isStoredBefore(place, dataCalls)) return [];
    if (!place || place.inTry || place.inCatch || place.scope !== 'request' || !hasOtherWork(source, waited)) return [];
    return [{ ...placeOf(call), endLine: call.callee.loc.end.line, service, of: quoted(source.tree, call.callee, 40) }];
  });
  return [...told, ...readCacheCalls(source, placeOf, dataCalls)];
}

function serviceOf(source: Source, call: TSESTree.CallExpression): SecondaryCall['service'] | undefined {
  const { text, from } = source.originOf(call.callee);
  if (from !== 'import' && text !== 'fetch') return undefined;
  const client = clients.find(([shape]) => shape.test(text))?.[1];
  if (mails.test(text)) return 'mail';
  const [address] = call.arguments;
  if (client || !address || !sending.test(text)) return client;
  const words = wordsOf(source, address);
  return addresses.find(([shape]) => shape.test(words))?.[1];
}

/** Whoever is written to is told of a row that is there by now: the request could answer. */
function isStoredBefore({ fn, line }: Place, dataCalls: readonly DataCall[]): boolean {
  return dataCalls.some((one) => one.does === 'insert' && one.fn === fn && one.line < line);
}

/** An address as it is written, and what a name of this file was given. */
function wordsOf(source: Source, address: Node): string {
  const node = unwrap(address);
  const binding = node.type === 'Identifier' ? source.tree.bindingOf(node) : undefined;
  const init = binding?.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
  return [node, ...(init ? [init] : [])].map((one) => source.tree.text.slice(...one.range).slice(0, 200)).join(' ');
}

/** The `await` of it as a statement, or of a `Promise.all` that it is one part of. */
function waitedFor(call: Node): Node | undefined {
  const { parent } = call;
  if (parent?.type === 'AwaitExpression') return parent.parent.type === 'ExpressionStatement' ? parent : undefined;
  const all = parent?.type === 'ArrayExpression' ? parent.parent : undefined;
  return all?.type === 'CallExpression' && simpleName(all.callee) === 'all' && all.parent.type === 'AwaitExpression'
    ? all.parent
    : undefined;
}

/** Something else is waited for: the call is not what the function is there for. */
function hasOtherWork(source: Source, waited: Node): boolean {
  const fn = enclosingFunction(waited);
  return (
    fn !== undefined &&
    within(source.tree, 'AwaitExpression', fn.body).some((one) => one !== waited && enclosingFunction(one) === fn)
  );
}
