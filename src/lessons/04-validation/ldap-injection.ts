import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Filters and names of a directory put together from input. */
export const ldapInjection = defineRule({
  id: 'ldap-injection',
  lesson: 4,
  severity: 'error',
  summary: 'Input is written into a question to the directory: escape it, or build the filter from objects.',
  why: 'In an LDAP filter `*` matches everything and parentheses end a condition, so a user name like `*)(uid=*` finds other people, or makes a login’s search succeed without the right name.',
  fix: 'Use the client’s filter objects (`new EqualityFilter({ attribute, value })`), which escape, or replace `\\ * ( )` and NUL by their `\\xx` forms first. Names of entries (DNs) have an escape of their own.',
  examples: {
    bad: [
      {
        path: 'src/people.js',
        code: `
  import ldap from 'ldapjs';
  import { answer } from './answer.js';
  const client = ldap.createClient({ url: process.env.LDAP_URL });
  client.on('error', (error) => console.error(error));
  export function people(req, res, next) {
>   const filter = \`(&(objectClass=person)(uid=\${req.query.uid}))\`;
>   client.search('ou=people,dc=example', { filter, scope: 'sub' }, answer(res, next));
  }`,
      },
      {
        path: 'src/login.ts',
        code: `
  import { Client } from 'ldapts';
  const client = new Client({ url: process.env.LDAP_URL ?? '', timeout: 2_000 });
  export async function login(req, res) {
>   await client.bind('uid=' + req.body.user + ',ou=people,dc=example', req.body.password);
    res.sendStatus(204);
  }`,
      },
    ],
    good: [
      {
        path: 'src/people.ts',
        code: `
  import { Client, EqualityFilter } from 'ldapts';
  const client = new Client({ url: process.env.LDAP_URL ?? '', timeout: 2_000 });
  export async function people(req, res) {
    const filter = new EqualityFilter({ attribute: 'uid', value: String(req.query.uid) });
    const { searchEntries } = await client.search('ou=people,dc=example', { filter, sizeLimit: 20 });
    res.json(searchEntries);
  }`,
      },
      {
        path: 'src/escaped.js',
        code: `
  import ldap from 'ldapjs';
  import { escapeFilter } from './filters.js';
  const client = ldap.createClient({ url: process.env.LDAP_URL });
  client.on('error', (error) => console.error(error));
  export const people = (req, done) =>
    client.search('ou=people', { filter: \`(uid=\${escapeFilter(req.query.uid)})\` }, done);`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['ldap'], 'is written into the question of');
  },
});
