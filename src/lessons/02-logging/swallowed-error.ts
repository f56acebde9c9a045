import { defineRule } from '../define-rule.ts';

export const swallowedError = defineRule({
  id: 'swallowed-error',
  lesson: 2,
  severity: 'warning',
  summary: 'An error is caught and nothing is done with it: log it with its context, or let it go on.',
  why: 'The moment something breaks, this is the only place that knows. An empty catch turns a broken payment into silence, and the first report comes from a customer.',
  fix: 'Log the error as a field and rethrow, or return a fallback and say why in a comment.',
  examples: {
    bad: [
      {
        path: 'src/a.ts',
        code: ' export async function pay(order) {\n   try {\n     await charge(order);\n>  } catch (error) {}\n }',
      },
      { path: 'src/b.ts', code: " export async function sync(api) {\n>  await api.push('x').catch(() => {});\n }" },
    ],
    good: [
      {
        path: 'src/a.ts',
        code: " export async function pay(order) {\n   try {\n     await charge(order);\n   } catch (error) {\n     log.error({ error }, 'charge failed');\n   }\n   try {\n     return JSON.parse(order.note);\n   } catch {}\n   try {\n     await warm();\n   } catch {\n     // the cache is only an optimisation\n   }\n }",
      },
    ],
  },
  *check({ code }) {
    for (const clause of code?.catches ?? []) {
      if (code?.browser || clause.commented || clause.explained || clause.guards.includes('probe')) continue;
      yield { line: clause.line, endLine: clause.endLine, because: 'The handler is empty and no comment says why.' };
    }
  },
});
