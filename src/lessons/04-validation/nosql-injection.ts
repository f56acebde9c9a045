import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Objects from a request used as a filter of a document database. */
export const nosqlInjection = defineRule({
  id: 'nosql-injection',
  lesson: 4,
  severity: 'error',
  summary: 'A value of the request goes into a query’s filter unchecked: make sure it is a string first.',
  why: 'JSON bodies and query strings can hold objects. `{ "password": { "$ne": null } }` in place of a password matches every document, so a login succeeds without one and a delete takes the whole collection. A cast (`as string`) does nothing at run time.',
  fix: 'Parse the input with a schema, or wrap the value: `String(value)` or `{ $eq: value }`. Never hand a whole body or query over as the filter.',
  examples: {
    bad: [
      {
        path: 'src/login.js',
        code: `
  import { Customer } from './customer.js';
  export async function login(req, res) {
>   const customer = await Customer.findOne({ mail: req.body.mail, pin: req.body.pin });
    res.json({ found: Boolean(customer) });
  }`,
      },
      {
        path: 'src/tickets.js',
        code: `
  import { MongoClient } from 'mongodb';
  const client = new MongoClient(process.env.MONGO_URL);
  export async function close(req, res) {
>   await client.db().collection('tickets').deleteMany(req.body);
    res.sendStatus(204);
  }`,
      },
      {
        path: 'src/rooms.js',
        code: `
  import Koa from 'koa';
  import { rooms } from './store.js';
  const app = new Koa();
  app.use(async (ctx) => {
>   ctx.body = await rooms.collection('rooms').findOne({ key: ctx.request.body.key });
  });`,
      },
    ],
    good: [
      {
        path: 'src/login.js',
        code: `
  import { Customer } from './customer.js';
  export async function login(req, res) {
    const customer = await Customer.findOne({ mail: String(req.body.mail) });
    res.json({ found: Boolean(customer) });
  }`,
      },
      {
        path: 'src/login.js',
        code: `
  import { z } from 'zod';
  import { Customer } from './customer.js';
  const credentials = z.object({ mail: z.string() });
  export async function login(req, res) {
    const { mail } = credentials.parse(req.body);
    res.json(await Customer.findOne({ mail }));
  }`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['nosql'], 'may be an object with operators and reaches');
  },
});
