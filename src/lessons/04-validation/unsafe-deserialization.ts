import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Formats that can hold more than data. */
export const unsafeDeserialization = defineRule({
  id: 'unsafe-deserialization',
  lesson: 4,
  severity: 'error',
  summary: 'Text from outside is read by a format that can hold code or raw memory: use JSON and a schema.',
  why: 'Serialisers that restore functions run what the text says while they read it, before any check of yours. `v8.deserialize` trusts lengths and tags in the bytes, and old versions of js-yaml build functions from `!!js/function`.',
  fix: 'Send JSON and parse it with a schema. For YAML use js-yaml 4 or the JSON schema. What you stored with a client and read back needs a signature, checked first.',
  examples: {
    bad: [
      {
        path: 'src/session.js',
        code: `
  import serialize from 'node-serialize';
  export const restore = (req, res) => {
>   res.json(serialize.unserialize(req.cookies.state));
  };`,
      },
      {
        path: 'src/resume.js',
        code: `
  import v8 from 'node:v8';
  export const resume = (req, res) => {
>   res.json(v8.deserialize(Buffer.from(req.body.state, 'base64')));
  };`,
      },
      {
        path: 'src/manifest.js',
        code: `
  import yaml from 'js-yaml';
  export const manifest = (req, res) => {
>   res.json(yaml.load(req.body.text));
  };`,
        context: { 'package.json': '{ "dependencies": { "js-yaml": "^3.14.1" } }' },
      },
    ],
    good: [
      {
        path: 'src/manifest.js',
        code: `
  import yaml from 'js-yaml';
  export const manifest = (req, res) => res.json(yaml.load(req.body.text, { schema: yaml.JSON_SCHEMA }));`,
      },
      {
        path: 'src/session.js',
        code: `
  export const restore = (req, res) => res.json(State.parse(JSON.parse(req.cookies.state)));`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['deserialise'], 'is restored by');
  },
});
