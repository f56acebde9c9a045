import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { NetworkCall, PerItemCall } from '../code.ts';
import { fateOf } from './fate.ts';
import type { LoopsOf } from './loops.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** Calls that do one thing, and what does many of it in one request: as the libraries' references have them. */
const bulk: readonly (readonly [RegExp, string])[] = [
  [/^new openai(?:\.(?:Azure)?OpenAI)?\.embeddings\.create$/, 'one `embeddings.create` with a list as its `input`'],
  [/^new openai(?:\.(?:Azure)?OpenAI)?\.moderations\.create$/, 'one `moderations.create` with a list as its `input`'],
  [/^@sendgrid\/mail\.send$/, '`send` with a list of messages'],
  [/^new resend\.Resend\.emails\.send$/, '`batch.send`'],
  [/^new (?:bullmq|bull)(?:\.Queue)?\.add$/, '`addBulk`'],
  [/^new kafkajs\.Kafka\.producer\(\)\.send$/, 'one `send` with all `messages`'],
  [/^firebase-admin(?:\/messaging)?\.(?:messaging|getMessaging)\(\)\.send$/, '`sendEach`'],
  [/^new @elastic\/elasticsearch\.Client\.(?:index|update|delete)$/, '`bulk`'],
  [/^new @elastic\/elasticsearch\.Client\.get$/, '`mget`'],
  [/^new @opensearch-project\/opensearch\.Client\.(?:index|update|delete)$/, '`bulk`'],
  [/^(?:new )?algoliasearch(?:\.algoliasearch)?\(\)(?:\.initIndex\(\))?\.saveObject$/, '`saveObjects`'],
  [/^(?:new )?algoliasearch(?:\.algoliasearch)?\(\)(?:\.initIndex\(\))?\.deleteObject$/, '`deleteObjects`'],
];
/** Commands of the AWS SDK, and those that take many. */
const commands: Readonly<Record<string, string>> = {
  '@aws-sdk/client-sqs.SendMessageCommand': '`SendMessageBatchCommand`, ten at a time',
  '@aws-sdk/client-sqs.DeleteMessageCommand': '`DeleteMessageBatchCommand`, ten at a time',
  '@aws-sdk/client-sns.PublishCommand': '`PublishBatchCommand`, ten at a time',
  '@aws-sdk/client-s3.DeleteObjectCommand': '`DeleteObjectsCommand`, a thousand at a time',
  '@aws-sdk/client-kinesis.PutRecordCommand': '`PutRecordsCommand`, five hundred at a time',
  '@aws-sdk/client-firehose.PutRecordCommand': '`PutRecordBatchCommand`, five hundred at a time',
  '@aws-sdk/client-cloudwatch.PutMetricDataCommand': 'one `PutMetricDataCommand` with all `MetricData`',
  '@aws-sdk/client-eventbridge.PutEventsCommand': 'one `PutEventsCommand` with ten `Entries`',
};

/** States calls of other services that a loop makes for each of its elements, and what would do for all of them. */
export function readPerItemCalls(
  source: Source,
  placeOf: PlaceOf,
  loops: LoopsOf,
  networkCalls: readonly NetworkCall[],
): readonly PerItemCall[] {
  if (loops.loops.length === 0) return [];
  const asked = new Map(networkCalls.map((call) => [`${call.line} ${call.endLine}`, call]));
  return source.tree.of('CallExpression').flatMap((call) => {
    const fate = fateOf(call);
    if (loops.indexOf(call) === undefined || (fate !== 'awaited' && fate !== 'returned')) return [];
    if (!call.arguments.some((argument) => loops.flowsInto(argument))) return [];
    const instead = insteadOf(source, call);
    const plain = asked.has(`${call.loc.start.line} ${call.callee.loc.end.line}`);
    if (instead === undefined && !plain) return [];
    const name = source.tree.text
      .slice(...call.callee.range)
      .replace(/\s+/g, ' ')
      .slice(-60);
    return [{ ...placeOf(call), call: name, ...(instead === undefined ? {} : { instead }) }];
  });
}

function insteadOf(source: Source, call: TSESTree.CallExpression): string | undefined {
  const [first] = call.arguments;
  if (first?.type === 'NewExpression') return commands[source.originOf(first.callee).text];
  const { text } = source.originOf(call.callee);
  return bulk.find(([pattern]) => pattern.test(text))?.[1];
}
