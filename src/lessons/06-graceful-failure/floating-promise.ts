import { defineRule } from '../define-rule.ts';

export const floatingPromise = defineRule({
  id: 'floating-promise',
  lesson: 6,
  severity: 'warning',
  summary: 'A promise is started and nobody waits for it: await it, return it, or give it a catch.',
  why: 'When such a promise rejects, Node ends the whole process (unhandledRejection), or the failure is never seen. And the code after it runs before the work is done.',
  fix: 'Await it inside the function, or append `.catch(report)`; where it really may run beside, write `void` before it and handle its failure inside.',
  examples: {
    bad: [
      {
        path: 'src/a.ts',
        code: ' async function save() { await db.write(); }\n export function handler() {\n>  save();\n }',
      },
      { path: 'src/b.ts', code: ' export function run(client) {\n>  client.load().then(show);\n }' },
      { path: 'src/c.js', code: ' export function all(jobs) {\n>  Promise.all(jobs);\n }' },
    ],
    good: [
      {
        path: 'src/a.ts',
        code: ' async function save() { await db.write(); }\n export async function handler() {\n   await save();\n   void save();\n   save().catch(report);\n   return save();\n }',
      },
    ],
  },
  *check({ code }) {
    for (const promise of code?.promises ?? []) {
      if (code?.browser || promise.form !== 'floating' || promise.explained) continue;
      yield {
        line: promise.line,
        endLine: promise.endLine,
        because:
          promise.what === 'then'
            ? 'The chain has a `then` and no `catch`.'
            : 'The value of this statement is a promise, and it is thrown away.',
      };
    }
  },
});
