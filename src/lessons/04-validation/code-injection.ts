import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

const runners = /(?:^|\.)(?:runIn\w+|run|compileFunction|compileScript|Script|VMScript)$|^(?:new )?Function$/;

/** Text that is run as code. */
export const codeInjection = defineRule({
  id: 'code-injection',
  lesson: 4,
  severity: 'error',
  summary: 'Text that is not constant is run as code: use a table of functions, a parser, or another process.',
  why: 'Whoever writes the text owns the process: its memory, its environment with every key, its network. Node’s `vm` is not a security boundary, its own documentation says so, and the sandboxes built on it have been escaped again and again.',
  fix: 'Map names to functions in an object of your own, read data with `JSON.parse`, evaluate formulas with a parser for formulas. Code of strangers belongs in a separate, restricted process.',
  examples: {
    bad: [
      {
        path: 'src/discount.js',
        code: `
  import express from 'express';
  const app = express();
  app.post('/discount', (req, res) => {
>   res.json({ discount: eval(req.body.formula) });
  });`,
      },
      {
        path: 'src/rules.js',
        code: `
  export function compileRule(condition) {
>   return new Function('order', 'return ' + condition);
  }`,
      },
      {
        path: 'src/plugin.js',
        code: `
  import vm from 'node:vm';
  export const runPlugin = (source) =>
>   vm.runInNewContext(source, {});`,
      },
    ],
    good: [
      {
        path: 'src/discount.js',
        code: `
  const formulas = { tenth: (total) => total / 10, none: () => 0 };
  export const discount = (name, total) => (formulas[name] ?? formulas.none)(total);`,
      },
      {
        path: 'src/timer.js',
        code: `
  export const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));`,
      },
    ],
  },
  *check(facts) {
    // To run what it is given is what a function around `vm` or `Function` is for; whose script it is, its callers know.
    yield* flowMatches(facts, ['code'], 'is run as code by', ({ certainty, sink }) =>
      certainty === 'unknown' || (certainty === 'parameter' && runners.test(sink)) ? 'notice' : undefined,
    );
  },
});
