import { defineRule } from '../define-rule.ts';

export const asyncCallback = defineRule({
  id: 'async-callback',
  lesson: 6,
  severity: 'warning',
  summary:
    'An async function stands where nobody awaits its promise: its failure is lost and the caller goes on too early.',
  why: 'forEach, timers and the Promise constructor call a function and ignore what it returns. A rejected promise there ends the process, and a filter sees a promise, which is always true.',
  fix: 'Use for…of with await, or `await Promise.all(items.map(…))`; in timers wrap the body in try and catch; await before asking.',
  examples: {
    bad: [
      {
        path: 'src/a.ts',
        code: ' export function send(users) {\n>  users.forEach(async (user) => {\n     await mail(user);\n   });\n }',
      },
      { path: 'src/b.ts', code: '> setInterval(async () => {\n   await poll();\n }, 1000);' },
      { path: 'src/c.ts', code: '> const p = new Promise(async (resolve) => {\n   resolve(await load());\n });' },
    ],
    good: [
      {
        path: 'src/a.ts',
        code: ' export async function send(users) {\n   for (const user of users) await mail(user);\n   await Promise.all(users.map(async (user) => mail(user)));\n }',
      },
    ],
  },
  *check({ code }) {
    for (const promise of code?.promises ?? []) {
      if (code?.browser || promise.form === 'floating' || promise.explained) continue;
      const because =
        promise.form === 'condition'
          ? 'The condition is a promise, which is always true.'
          : `\`${promise.what}\` ignores the promise that this function returns.`;
      yield { line: promise.line, endLine: promise.endLine, because };
    }
  },
});
