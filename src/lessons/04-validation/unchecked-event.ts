import { defineRule } from '../define-rule.ts';

/** AWS Lambda events used as they come. */
export const uncheckedEvent = defineRule({
  id: 'unchecked-event',
  lesson: 4,
  severity: 'notice',
  summary: 'The event’s input is used as it comes: parse it with a schema first.',
  why: 'API Gateway passes on what the client sent: `body` is text or null, path and query parameters may be missing. The types of `@types/aws-lambda` describe the envelope, not what is inside, so the first unexpected request fails somewhere deep in the function.',
  fix: 'Parse `event.body` and the parameters with a schema at the top of the handler and answer 400 when that fails; middy and Powertools have a middleware for it.',
  examples: {
    bad: [
      {
        path: 'src/create.ts',
        code: `
  import type { APIGatewayProxyEvent } from 'aws-lambda';
  export const handler = async (event: APIGatewayProxyEvent) => {
>   const order = JSON.parse(event.body ?? '{}');
    await save(order.item);
    return { statusCode: 201, body: '' };
  };`,
      },
      {
        path: 'src/read.ts',
        code: `
  import type { Handler } from 'aws-lambda';
  export const handler: Handler = async (event) => {
>   const id = event.pathParameters.id;
    return { statusCode: 200, body: await load(id) };
  };`,
      },
      {
        path: 'src/list.ts',
        code: `
  import middy from '@middy/core';
  const list = async (event) => {
>   const { page } = event.queryStringParameters;
    return { statusCode: 200, body: await pageOf(page) };
  };
  export const handler = middy(list);`,
      },
    ],
    good: [
      {
        path: 'src/create.ts',
        code: `
  import type { APIGatewayProxyEvent } from 'aws-lambda';
  export const handler = async (event: APIGatewayProxyEvent) => {
    const order = Order.safeParse(JSON.parse(event.body ?? '{}'));
    if (!order.success) return { statusCode: 400, body: '' };
    return { statusCode: 201, body: await save(order.data) };
  };`,
      },
    ],
  },
  *check({ code }) {
    for (const { kind, of, line, endLine } of code?.omissions ?? [])
      if (kind === 'event-check')
        yield { line, endLine, because: `\`${of}\` is read in a function that checks nothing.` };
  },
});
