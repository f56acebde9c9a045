import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Validators that go on counting mistakes for as long as the client likes. */
export const everyErrorCollected = defineRule({
  id: 'every-error-collected',
  lesson: 4,
  severity: 'warning',
  summary: 'The validator lists every mistake of what the client sends: stop at the first one.',
  why: 'With `allErrors` Ajv makes an object for each mistake it meets. A list of a million wrong elements becomes a million of them, built while nothing else runs. Ajv’s own documentation tells you to leave it off for input from outside.',
  fix: 'Leave `allErrors` out in production, or bound what is validated first: `maxItems`, `maxLength` and `maxProperties` in the schema, and a limit on the size of bodies.',
  examples: {
    bad: [
      {
        path: 'src/orders.js',
        code: `
  import Ajv from 'ajv';
  import express from 'express';
  const ajv = new Ajv({ allErrors: true });
  const isOrder = ajv.compile({ type: 'array', items: { type: 'string' } });
  const app = express();
  app.post('/orders', (req, res) => {
>   if (!isOrder(req.body)) return res.status(400).json(isOrder.errors);
    res.sendStatus(202);
  });`,
      },
      {
        path: 'src/people.ts',
        code: `
  import Ajv from 'ajv';
  import schema from './person.json' with { type: 'json' };
  const ajv = new Ajv({ allErrors: true, coerceTypes: true });
  export const check = (req, res, next) => {
>   if (ajv.validate(schema, req.body)) return next();
    res.status(422).json(ajv.errors);
  };`,
      },
    ],
    good: [
      {
        path: 'src/orders.js',
        code: `
  import Ajv from 'ajv';
  const ajv = new Ajv();
  const isOrder = ajv.compile({ type: 'array', maxItems: 100 });
  export const check = (req, res, next) => (isOrder(req.body) ? next() : res.sendStatus(400));`,
      },
      {
        path: 'src/config.js',
        code: `
  import Ajv from 'ajv';
  import config from '../config.json' with { type: 'json' };
  const ajv = new Ajv({ allErrors: true });
  if (!ajv.validate({ type: 'object' }, config)) throw new Error(ajv.errorsText());`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['errors'], 'may have as many mistakes as a body holds, each listed by');
  },
});
