import { defineRule } from '../define-rule.ts';

/** Answers that are read as if they were good ones. */
export const uncheckedResponse = defineRule({
  id: 'unchecked-response',
  lesson: 6,
  severity: 'notice',
  summary: 'The answer is read without a look at its status: check `response.ok` first.',
  why: '`fetch` rejects only when there is no answer at all. A 500 with an HTML page becomes a syntax error of `json()` that names neither the address nor the status, and a 404 with a JSON body is stored as if it were the record.',
  fix: 'Write `if (!response.ok) throw new Error(…)` with the status and the address before the body is read, once, in the function that all calls go through.',
  examples: {
    bad: [
      {
        path: 'src/rate.ts',
        code: `
  export async function rate(currency: string) {
    const response = await fetch(\`https://rates.example/\${currency}\`, { signal: AbortSignal.timeout(2000) });
>   return response.json();
  }`,
      },
      {
        path: 'src/page.js',
        code: `
  export const page = (url) =>
>   fetch(url, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.text());`,
      },
      {
        path: 'src/crm.ts',
        code: `
  import { request } from 'undici';
  export async function contact(id: string) {
    const { body } = await request(\`https://crm.example/contacts/\${id}\`, { headersTimeout: 2000 });
>   return body.json();
  }
  export async function remove(id: string) {
>   await fetch(\`https://crm.example/contacts/\${id}\`, { method: 'DELETE', signal: AbortSignal.timeout(2000) });
  }`,
      },
    ],
    good: [
      {
        path: 'src/rate.ts',
        code: `
  export async function rate(currency: string) {
    const response = await fetch(\`https://rates.example/\${currency}\`, { signal: AbortSignal.timeout(2000) });
    if (!response.ok) throw new Error(\`rates answered \${response.status}\`);
    return response.json();
  }
  export async function checked(url: string) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    ensureOk(response);
    return response.json();
  }
  export async function remove(id: string) {
    const { ok } = await fetch(\`https://rates.example/\${id}\`, { method: 'DELETE', signal: AbortSignal.timeout(2000) });
    return ok;
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { method, line, endLine, repair, explained } of code.uncheckedResponses)
      if (!explained)
        yield {
          line,
          endLine,
          because: method
            ? `\`${method}()\` reads the body, and nothing asks for \`ok\` or \`status\`.`
            : 'Nobody looks at the answer: what the service refuses passes for done.',
          ...(repair ? { fix: repair } : {}),
        };
  },
});
