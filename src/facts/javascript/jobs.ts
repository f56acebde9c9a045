import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { exportsOf } from './handlers/exported.ts';
import { decorator } from './handlers/nest.ts';
import { functionsOf } from './handlers/resolve.ts';
import { functionName, isFunction, propertyName, propertyOf } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Source } from './source.ts';

const consumers: readonly RegExp[] = [
  /^new (?:bullmq|bullmq-pro|@taskforcesh\/bullmq-pro)\.Worker$/,
  /^new (?:bull|bee-queue)\.process$/,
  /^new (?:cron|croner)\.(?:CronJob|Cron)/,
  /^new pg-boss(?:\.PgBoss)?\.work$/,
  /^(?:node-cron|cron)\.schedule$/,
  /^node-schedule\.scheduleJob$/,
  /^new (?:agenda|@hokify\/agenda)(?:\.Agenda)?\.(?:define|every)$/,
  /\.createFunction$/,
  /\.(?:consume|subscribeToQueue)$/,
];
const decorators =
  /^(?:Process|Processor|Cron|Interval|Timeout|OnQueue\w*|OnWorkerEvent|SqsMessageHandler|RabbitSubscribe)$/;
const events =
  /\b(?:S3|SQS|SNS|DynamoDBStream|Kinesis\w*|Firehose\w*|Scheduled|EventBridge|CloudWatch\w*|MSK|SES|Cognito\w*)(?:Event|Handler)\b/;
const startup =
  /^(?:main|bootstrap|start\w*|init\w*|boot|setup\w*|createServer|createApp|buildApp|run|shutdown|stop\w*|close\w*|connect\w*|seed\w*|migrate\w*|\w*\.onModuleInit|\w*\.onApplicationBootstrap|\w*\.onModuleDestroy|\w*\.onApplicationShutdown|\w*\.beforeApplicationShutdown|register|onModuleInit)$/;

/** Functions that run in a worker, a queue's consumer or on a schedule. */
export function findJobs(source: Source): readonly FunctionNode[] {
  return [...jobsByKind(source).keys()];
}

/** What runs a job: a queue, which tries a failed one again; a clock; or something that only the folder's name speaks of. */
export type JobKind = 'queue' | 'schedule' | 'unknown';

/** The functions that are jobs, by what runs them. */
export function jobsByKind(source: Source): ReadonlyMap<FunctionNode, JobKind> {
  const found = new Map<FunctionNode, JobKind>();
  for (const call of [...source.tree.of('CallExpression'), ...source.tree.of('NewExpression')]) {
    if (!isConsumer(source, call)) continue;
    const kind = kindOf(source, call.callee);
    for (const argument of call.arguments)
      for (const fn of [...functionsOf(source, argument), ...optionsOf(source, argument)]) found.set(fn, kind);
  }
  for (const method of source.tree.of('MethodDefinition')) {
    const owner = method.parent.parent as TSESTree.ClassDeclaration;
    const mark = method.decorators.map((one) => decorator(one).name).find((name) => decorators.test(name));
    const consumer =
      owner.decorators?.some((one) => decorators.test(decorator(one).name)) ||
      (owner.superClass?.type === 'Identifier' && owner.superClass.name === 'WorkerHost');
    if ((mark !== undefined || consumer) && isFunction(method.value))
      found.set(method.value, /^(?:Cron|Interval|Timeout)$/.test(mark ?? '') ? 'schedule' : 'queue');
  }
  if (/(?:^|\/)(?:workers?|jobs?|cron|crons|queues?|consumers?|processors?|tasks)\//i.test(source.tree.path))
    for (const fn of source.tree.functions)
      if (!found.has(fn) && /^(?:process|handle|perform|run|execute|handler)\b/i.test(bare(fn)))
        found.set(fn, 'unknown');
  for (const name of ['handler', 'lambdaHandler'])
    for (const fn of exportsOf(source).get(name) ?? [])
      if (!found.has(fn) && isForEvents(source, fn)) found.set(fn, 'unknown');
  return found;
}

/** A Lambda function that a bucket, a queue, a topic, a stream or a clock calls: no user waits for it. */
function isForEvents({ tree }: Source, fn: FunctionNode): boolean {
  const [event] = fn.params;
  const from = fn.parent.type === 'VariableDeclarator' ? fn.parent.id.range[0] : fn.range[0];
  if (events.test(tree.text.slice(from, fn.body.range[0]).slice(0, 300))) return true;
  if (event?.type !== 'Identifier') return event?.type === 'ObjectPattern' && propertyNames(event).includes('Records');
  const binding = tree.bindingOf(event);
  return (
    binding !== undefined &&
    tree
      .referencesOf(binding)
      .some(({ parent }) => parent.type === 'MemberExpression' && propertyName(parent) === 'Records')
  );
}

function propertyNames({ properties }: TSESTree.ObjectPattern): readonly (string | undefined)[] {
  return properties.map((one) => (one.type === 'Property' ? propertyName(one) : undefined));
}

function kindOf(source: Source, callee: Node): JobKind {
  const text = source.tree.text.slice(...callee.range);
  if (/cron|schedul|setInterval|every/i.test(text)) return 'schedule';
  // A log of messages waits behind one that is thrown on: whether to skip it is for the consumer to say.
  return /\.(?:run|consume|subscribeToQueue|createFunction)$/.test(text) ? 'unknown' : 'queue';
}

/** Whether a function's name says that it runs at start or stop. */
export function isStartup(fn: FunctionNode): boolean {
  return startup.test(functionName(fn));
}

function bare(fn: FunctionNode): string {
  return functionName(fn).replace(/^.*\./, '');
}

function isConsumer(source: Source, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (call.arguments.length === 0) return false;
  if (call.type === 'NewExpression') {
    const { text } = source.originOf(call);
    return /^new (?:bullmq\.Worker|cron\.CronJob|croner\.Cron)\b/.test(text);
  }
  const { callee } = call;
  const name =
    callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' ? callee.name : undefined;
  if (name === 'setInterval') return true;
  if (
    name === undefined ||
    !/^(?:process|schedule|scheduleJob|work|define|every|consume|run|createFunction|add)$/.test(name)
  )
    return false;
  const { text } = source.originOf(callee);
  if (consumers.some((pattern) => pattern.test(text))) return true;
  const on = callee.type === 'MemberExpression' ? source.tree.text.slice(...callee.object.range) : '';
  if (name === 'process') return /queue$/i.test(on);
  if (name === 'schedule' || name === 'scheduleJob') return /cron|schedul/i.test(on);
  if (name === 'work') return /boss/i.test(on);
  if (name === 'define' || name === 'every') return /agenda/i.test(on);
  return (
    name === 'run' &&
    call.arguments.some((argument) => propertyOf(argument, 'eachMessage') ?? propertyOf(argument, 'eachBatch'))
  );
}

/** kafkajs: `consumer.run({ eachMessage })`. */
function optionsOf(source: Source, argument: Node): readonly FunctionNode[] {
  return ['eachMessage', 'eachBatch', 'onTick'].flatMap((name) => {
    const value = propertyOf(argument, name);
    return value ? functionsOf(source, value) : [];
  });
}
