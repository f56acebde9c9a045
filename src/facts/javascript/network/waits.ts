import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Client } from '../../code.ts';
import { hasSpread, propertyName, unwrap } from '../nodes.ts';
import { repaired, withArgument, withProperty } from '../repair.ts';
import type { Source } from '../source.ts';
import { optionsOfMethod } from './clients.ts';
import { makesInstance, waitOfInstance } from './instances.ts';
import { waitOf } from './settings.ts';

type Stated = Pick<Client, 'timeout' | 'setting' | 'asked' | 'repair'>;

/** A client with no sane end of its own: the properties that set one, what to write, and where its options stand. */
interface Wait {
  readonly of: RegExp;
  readonly set: RegExp;
  readonly setting: string;
  readonly write?: string;
  readonly position: number;
}

/**
 * Clients that wait without end, or for ten minutes (OpenAI, Anthropic: 600 s and two more tries; Slack's WebClient: no end, and
 * ten more tries; the AWS SDK 3: `requestTimeout` 0). Stripe gives up after 80 s, Twilio after 30, the AWS SDK 2 after 120:
 * nothing is said of those.
 */
const waits: readonly Wait[] = [
  {
    of: /^@nestjs\/axios\.HttpModule\.register$/,
    set: /^(?:timeout|signal)$/,
    setting: 'timeout',
    write: 'timeout: 10_000',
    position: 0,
  },
  {
    of: /^new ioredis/,
    set: /^(?:commandTimeout|connectTimeout|maxRetriesPerRequest|sentinels|blockingTimeout)$/,
    setting: 'commandTimeout',
    write: 'commandTimeout: 5_000',
    position: 1,
  },
  {
    of: /^new (?:openai|@anthropic-ai)/,
    set: /^(?:timeout|fetch|httpAgent)$/,
    setting: 'timeout',
    write: 'timeout: 60_000',
    position: 0,
  },
  {
    of: /^new @slack\/web-api/,
    set: /^(?:timeout|agent|retryConfig)$/,
    setting: 'timeout',
    write: 'timeout: 10_000',
    position: 1,
  },
  {
    of: /^new @aws-sdk\//,
    set: /^requestHandler$/,
    setting: 'requestHandler.requestTimeout',
    write: 'requestHandler: { requestTimeout: 10_000 }',
    position: 0,
  },
];

/** How long a client waits for an answer, for those that take a setting for it. */
export function waitOfClient(
  source: Source,
  name: string,
  node: TSESTree.NewExpression | TSESTree.CallExpression,
): Stated {
  if (node.type === 'CallExpression' && makesInstance(name)) return waitOfHttp(source, node);
  const known = waits.find(({ of }) => of.test(name));
  if (!known) return { timeout: 'unknown' };
  const options = node.arguments.map(unwrap);
  const objects = options.filter((argument) => argument.type === 'ObjectExpression');
  // Options under a name may hold anything; an address may.
  if (
    options.some(
      (argument, i) => argument.type === 'SpreadElement' || (argument.type === 'Identifier' && i >= known.position),
    )
  )
    return { timeout: 'unknown' };
  if (objects.some(hasSpread) || (name.startsWith('new ioredis') && options[0]?.type === 'Identifier'))
    return { timeout: 'unknown' };
  const given = objects.some((object) =>
    object.properties.some((property) => property.type === 'Property' && known.set.test(propertyName(property) ?? '')),
  );
  if (given) return { timeout: 'given' };
  // `client.withOptions({ timeout })`, and options of single calls.
  if (
    /^new (?:openai|@anthropic-ai|@slack)/.test(name) &&
    /\btimeout\s*:|abortSignal|\bsignal\b/.test(source.tree.text)
  )
    return { timeout: 'unknown' };
  return { timeout: 'none', setting: known.setting, ...repairOf(source, node, known.write, known.position) };
}

/** axios, got and the like: an instance whose requests all set their own timeout needs none. */
function waitOfHttp(source: Source, node: TSESTree.CallExpression): Stated {
  if (node.arguments.length === 0 && /extend$/.test(source.originOf(node.callee).text)) return { timeout: 'unknown' };
  const timeout = waitOfInstance(source, node);
  if (timeout !== 'none') return { timeout };
  const made = source.originOf(node).text;
  const { asked, told } = usesOf(source, made);
  if (told && !asked) return { timeout: 'unknown' };
  const got = /^got/.test(made);
  return {
    timeout,
    setting: 'timeout',
    ...(asked ? { asked } : {}),
    ...repairOf(source, node, got ? 'timeout: { request: 10_000 }' : 'timeout: 10_000', 0),
  };
}

interface Uses {
  /** Some request sets no timeout of its own. */
  readonly asked: boolean;
  /** Some request does. */
  readonly told: boolean;
}

const remembered = new WeakMap<Source, Map<string, Uses>>();

/** Types that a field is declared with which holds such an instance. */
const types = ['new axios.AxiosInstance', 'new axios.Axios', 'new got.Got'];

/** What the requests of a file set that go through instances of an origin. */
function usesOf(source: Source, made: string): Uses {
  const known = remembered.get(source) ?? new Map<string, Uses>();
  remembered.set(source, known);
  const before = known.get(made);
  if (before) return before;
  const own = source.tree.of('CallExpression').flatMap((call) => {
    const { text } = source.originOf(call.callee);
    const root = [made, ...types].find((one) => text === one || text.startsWith(`${one}.`));
    if (root === undefined) return [];
    const position = optionsOfMethod(text === root ? undefined : text.slice(root.length + 1));
    return position === undefined ? [] : [waitOf(source, call.arguments[position])];
  });
  const uses = { asked: own.includes('none'), told: own.some((wait) => wait !== 'none') };
  known.set(made, uses);
  return uses;
}

function repairOf(
  source: Source,
  node: TSESTree.NewExpression | TSESTree.CallExpression,
  write: string | undefined,
  position: number,
): Pick<Client, 'repair'> {
  if (write === undefined) return {};
  const options = node.arguments.map(unwrap).find((argument) => argument.type === 'ObjectExpression');
  const edit =
    options?.type === 'ObjectExpression' ? withProperty(options, write) : withArgument(node, position, `{ ${write} }`);
  const repair = repaired(source.tree, node, Math.min(node.loc.end.line, node.loc.start.line + 5), [edit]);
  return repair ? { repair } : {};
}
