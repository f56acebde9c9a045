import { defineRule } from '../define-rule.ts';

/** Escapes that stop after the first character. */
export const incompleteEscaping = defineRule({
  id: 'incomplete-escaping',
  lesson: 4,
  severity: 'error',
  summary: 'Only the first special character is escaped: use a pattern with the `g` flag, or better a parameter.',
  why: '`replace` with a string, or with a pattern that lacks the `g` flag, changes the first occurrence and leaves the others. An attacker writes two quotes and is through, while every test with one quote passes.',
  fix: 'Bind the value instead of escaping it. Where text must be escaped, use a library, or `replaceAll` and `/…/g`.',
  examples: {
    bad: [
      {
        path: 'src/quote.js',
        code: `
  export function quoted(value) {
>   return "'" + value.replace("'", "''") + "'";
  }`,
      },
      {
        path: 'src/attribute.js',
        code: `
> export const attribute = (value) => value.replace(/"/, '&quot;');`,
      },
      {
        path: 'src/markup.ts',
        code: `
> export const plain = (text: string) => text.replace('<', '&lt;');`,
      },
    ],
    good: [
      {
        path: 'src/quote.js',
        code: `
  export const quoted = (value) => "'" + value.replace(/'/g, "''") + "'";
  export const opened = (text) => text.replace(/^'/, "''");
  export const renamed = (text) => text.replace('a', 'b');`,
      },
    ],
  },
  *check({ code }) {
    for (const { kind, line, endLine } of code?.omissions ?? [])
      if (kind === 'global-replace')
        yield { line, endLine, because: 'The pattern has no `g` flag, so the second one stays.' };
  },
});
