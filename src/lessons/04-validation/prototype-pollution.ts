import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** `settings[…]` and `rows[+id][…]`, `settings['a'][…]`, whose other name is ours or a number, but not `settings[key][…]`. */
const writesOneLevel = /^(?:(?!\]\[…\]$).)*\[…\]$|\[(?:\+|Number\(|parseInt\(|\d|['"`])[^\]]*\]\[…\]$/;
const calls = /\(\)$/;

/** Property names from a request. */
export const prototypePollution = defineRule({
  id: 'prototype-pollution',
  lesson: 4,
  severity: 'error',
  summary: 'The request names a property to write, merge or call: use a Map, or a list of allowed names.',
  why: '`__proto__` and `constructor` are names like any other to JavaScript. Merging or writing two levels through them changes every object of the process, so one request can make `user.isAdmin` true for all; writing one level gives that object another prototype; calling through them reaches functions you never put in the table.',
  fix: 'Keep such data in a `Map`, check the name with `Object.hasOwn(table, name)` or a list, or parse the object with a strict schema before merging.',
  examples: {
    bad: [
      {
        path: 'src/settings.js',
        code: `
  import express from 'express';
  const app = express();
  const settings = {};
  app.put('/settings/:name', (req, res) => {
>   settings[req.params.name] = req.body.value;
    res.sendStatus(204);
  });`,
      },
      {
        path: 'src/profile.js',
        code: `
  import _ from 'lodash';
  export const update = (req, res) => {
>   _.merge(profile, req.body);
    res.json(profile);
  };`,
      },
      {
        path: 'src/run.js',
        code: `
  import Koa from 'koa';
  const app = new Koa();
  app.use(async (ctx) => {
>   ctx.body = actions[ctx.query.action]();
  });`,
      },
    ],
    good: [
      {
        path: 'src/settings.js',
        code: `
  const settings = new Map();
  export const put = (req, res) => {
    settings.set(req.params.name, req.body.value);
    res.sendStatus(204);
  };`,
      },
      {
        path: 'src/run.js',
        code: `
  export const run = (req, res) => {
    const { action } = req.query;
    if (!Object.hasOwn(actions, action)) return res.sendStatus(404);
    res.json(actions[action]());
  };`,
      },
    ],
  },
  *check(facts) {
    // One level down only that object gets another prototype; two levels down it is the prototype of all. What is called
    // through such a name is a function that JavaScript itself put there.
    yield* flowMatches(facts, ['object'], 'names what is written, merged or called by', ({ sink }) =>
      writesOneLevel.test(sink) ? 'notice' : calls.test(sink) ? 'warning' : undefined,
    );
  },
});
