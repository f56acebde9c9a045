import { defineRule } from '../define-rule.ts';

export const httpNoTimeout = defineRule({
  id: 'http-no-timeout',
  lesson: 6,
  severity: 'warning',
  summary: 'A network call has no timeout: when the other side hangs, so does this one; give it a signal or a timeout.',
  why: 'fetch waits up to five minutes for headers, axios and got for ever. A slow dependency then holds every request, connection and worker, and one broken service takes down all.',
  fix: 'fetch: `signal: AbortSignal.timeout(10_000)`. axios and got: `timeout`. Decide what to answer when it fires.',
  examples: {
    bad: [
      {
        path: 'src/a.ts',
        code: ' export async function rate(id) {\n>  const response = await fetch(`https://api.example.com/rates/${id}`);\n   return response.json();\n }',
      },
      {
        path: 'src/b.ts',
        code: " import axios from 'axios';\n export const push = (event) =>\n>  axios.post('https://hooks.example.com/in', event);",
      },
      {
        path: 'src/c.ts',
        code: " import got from 'got';\n> export const get = () => got('https://api.example.com/x');",
      },
    ],
    good: [
      {
        path: 'src/a.ts',
        code: " import axios from 'axios';\n export const one = (id) => fetch(`https://api.example.com/${id}`, { signal: AbortSignal.timeout(5000) });\n export const two = (options) => fetch('https://api.example.com', options);\n export const three = () => axios.get('https://api.example.com', { timeout: 5000 });\n export const four = () => fetch('/local');",
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { client, timeout, target, waits, madeAt, line, endLine, repair, explained } of code.networkCalls) {
      if (explained || timeout !== 'none' || (target !== 'absolute' && target !== 'configured')) continue;
      yield {
        line,
        endLine,
        because: because(client, waits, madeAt),
        ...(waits === undefined ? {} : { severity: 'notice' as const }),
        ...(repair ? { fix: repair } : {}),
      };
    }
  },
});

function because(
  client: string,
  waits: number | undefined,
  madeAt: { path: string; line: number } | undefined,
): string {
  if (madeAt)
    return `Neither this call nor the instance it goes through (\`${madeAt.path}\`, line ${madeAt.line}) has a timeout.`;
  const end = waits === undefined ? '' : `: it gives up after ${waits} s of silence`;
  return `\`${client}\` gets neither a signal nor a timeout here${end}.`;
}
