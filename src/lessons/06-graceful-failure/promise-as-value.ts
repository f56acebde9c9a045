import { defineRule } from '../define-rule.ts';

const kinds = new Set(['condition', 'predicate', 'spread']);

/** Promises used as if they were the value they will give. */
export const promiseAsValue = defineRule({
  id: 'promise-as-value',
  lesson: 6,
  severity: 'error',
  summary: 'A promise is used as if it were its value: await it first.',
  why: 'A promise is an object, and an object is always true: a permission check that is not awaited lets everybody in, a filter with an async predicate keeps every row, and a spread promise adds nothing. No error says so.',
  fix: 'Await the promise before it is tested or spread. For a filter, await all answers first: `const keep = await Promise.all(rows.map(isVisible)); rows.filter((_, i) => keep[i])`.',
  examples: {
    bad: [
      {
        path: 'src/access.ts',
        code: `
  async function mayEdit(user: User, page: Page): Promise<boolean> {
    return (await rolesOf(user)).includes(page.role);
  }
  export async function edit(user: User, page: Page) {
>   if (!mayEdit(user, page)) throw new Error('forbidden');
    page.open();
  }`,
      },
      {
        path: 'src/visible.js',
        code: `
  export function visible(rows, policy) {
>   return rows.filter(async (row) => {
      return policy.allows(row);
    });
  }`,
      },
      {
        path: 'src/merge.js',
        code: `
  const defaults = async () => JSON.parse(await readDefaults());
  export function settings(own) {
>   return { ...defaults(), ...own };
  }`,
      },
    ],
    good: [
      {
        path: 'src/access.ts',
        code: `
  async function mayEdit(user: User, page: Page): Promise<boolean> {
    return (await rolesOf(user)).includes(page.role);
  }
  let pending: Promise<void> | undefined;
  export async function edit(user: User, page: Page) {
    if (pending) await pending;
    if (!(await mayEdit(user, page))) throw new Error('forbidden');
  }`,
      },
      {
        path: 'src/visible.js',
        code: `
  export async function visible(rows, policy) {
    const keep = await Promise.all(rows.map(async (row) => policy.allows(row)));
    return rows.filter((_, i) => keep[i]);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, line, endLine, of, by, repair } of code.misusedPromises)
      if (kinds.has(kind))
        yield {
          line,
          endLine,
          because: kind === 'predicate' ? `In \`${of}\`, ${by}.` : `\`${of}\` is a promise here: ${by}.`,
          ...(repair ? { fix: repair } : {}),
        };
  },
});
