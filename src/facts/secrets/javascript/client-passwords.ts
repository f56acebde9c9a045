import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyOf } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import type { Source } from '../../javascript/source.ts';
import type { Tree } from '../../javascript/tree.ts';
import { classifyValue } from '../value.ts';
import { literalsOf, objectBehind } from './literals.ts';

/** A client of a server, and where its options hold the password. */
interface Client {
  /** Module and member that is called, as origins tell it; `new` in front of a class. */
  readonly callee: RegExp;
  readonly argument: number;
  /** Names from the options down. */
  readonly password: readonly string[];
}

const clients: readonly Client[] = [
  { callee: /^new pg(?:\.default)?\.(?:Pool|Client)$/, argument: 0, password: ['password'] },
  { callee: /^(?:mysql2?(?:\/promise)?|mariadb)\.create(?:Connection|Pool)$/, argument: 0, password: ['password'] },
  { callee: /^new sequelize(?:\.Sequelize)?$/, argument: 0, password: ['password'] },
  { callee: /^new typeorm\.DataSource$|^typeorm\.createConnection$/, argument: 0, password: ['password'] },
  { callee: /^knex(?:\.knex)?$/, argument: 0, password: ['connection', 'password'] },
  { callee: /^mongoose\.(?:connect|createConnection)$/, argument: 1, password: ['pass'] },
  { callee: /^new mongodb\.MongoClient$/, argument: 1, password: ['auth', 'password'] },
  { callee: /^new ioredis(?:\.Redis)?$|^redis\.createClient$/, argument: 0, password: ['password'] },
  { callee: /^mssql\.connect$|^new mssql\.ConnectionPool$/, argument: 0, password: ['password'] },
  { callee: /^oracledb\.(?:getConnection|createPool)$/, argument: 0, password: ['password'] },
  { callee: /^snowflake-sdk\.createConnection$/, argument: 0, password: ['password'] },
  { callee: /^new @elastic\/elasticsearch\.Client$/, argument: 0, password: ['auth', 'password'] },
  { callee: /^new kafkajs\.Kafka$/, argument: 0, password: ['sasl', 'password'] },
  { callee: /^amqplib(?:\/callback_api)?\.connect$/, argument: 0, password: ['password'] },
  { callee: /^mqtt\.connect(?:Async)?$/, argument: 1, password: ['password'] },
  { callee: /^nodemailer\.createTransport$/, argument: 0, password: ['auth', 'pass'] },
  { callee: /^new (?:ssh2\.Client|ssh2-sftp-client)\b.{0,20}\.connect$/, argument: 0, password: ['password'] },
  { callee: /^new basic-ftp\.Client\b.{0,20}\.access$/, argument: 0, password: ['password'] },
];
/** What the modules of the table are called in an import. */
const modules =
  /['"](?:pg|mysql2?(?:\/promise)?|mariadb|sequelize|typeorm|knex|mongoose|mongodb|ioredis|redis|mssql|oracledb|snowflake-sdk|@elastic\/elasticsearch|kafkajs|amqplib(?:\/callback_api)?|mqtt|nodemailer|ssh2|ssh2-sftp-client|basic-ftp)['"]/;
const local = /^(?:localhost|127\.|0\.0\.0\.0|\[?::1)/i;

/** The password that a client's options hold. */
export interface ClientPassword {
  readonly value: Node;
  /** The options name this machine as the server, or no server. */
  readonly isLocal: boolean;
}

/** Finds the passwords in the options of a file's clients of servers. */
export function* clientPasswords({ tree, originOf }: Source): Iterable<ClientPassword> {
  if (!modules.test(tree.text)) return;
  for (const call of [...tree.of('CallExpression'), ...tree.of('NewExpression')]) {
    if (call.arguments.length === 0) continue;
    const { from, text } = originOf(call.callee);
    if (from !== 'import') continue;
    const callee = call.type === 'NewExpression' ? `new ${text}` : text;
    const client = clients.find((one) => one.callee.test(callee));
    const options = client && optionsOf(tree, call, client);
    const value = options && propertyOf(options, client.password.at(-1) as string);
    if (!value) continue;
    const host = propertyOf(options, 'host') ?? hostBeside(tree, call, client);
    const hosts = host ? literalsOf(tree, host) : [];
    yield { value, isLocal: !host || hosts.some((one) => local.test(one.value)) };
  }
}

/** The object that holds the password itself. */
function optionsOf(tree: Tree, call: TSESTree.CallExpression | TSESTree.NewExpression, { argument, password }: Client) {
  let node: Node | undefined = objectBehind(tree, call.arguments[argument]);
  for (const name of password.slice(0, -1)) node = node && objectBehind(tree, propertyOf(node, name));
  const options = node;
  return options?.type === 'ObjectExpression' ? options : undefined;
}

/** `createTransport({ host, auth: { user, pass } })`: the server is named one level up, or before the options. */
function hostBeside(
  tree: Tree,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  client: Client,
): Node | undefined {
  const whole = objectBehind(tree, call.arguments[client.argument]);
  for (const name of ['host', 'node', 'brokers', 'service', 'server', 'url']) {
    const found = whole && propertyOf(whole, name);
    if (found) return found;
  }
  return client.argument > 0 ? call.arguments[0] : undefined;
}

/**
 * How likely a literal is a password that opens something, where only a password can stand: words that are placeholders
 * elsewhere (`secret`) are meant here, except for a server of the developer's own machine.
 */
export function clientConfidence(value: string, isLocal: boolean): number {
  const kind = classifyValue(value, '');
  if (kind === 'reference' || kind === 'empty') return 0;
  if (kind === 'random' || kind === 'password' || kind === 'weak') return 0.75;
  return isLocal || /^(?:x+|\*+|\.+|<.*>|your.*|change.?me.*)$/i.test(value) ? 0 : 0.65;
}
