import { defineRule } from '../define-rule.ts';

const small =
  /^(?:roles|permissions|settings|tags|categories|options|features|flags|plans|locales|translations|status|address|canvas|progress|access)$/i;

/** Lists that come along whole with one row. */
export const includedListWithoutLimit = defineRule({
  id: 'included-list-without-limit',
  lesson: 3,
  severity: 'notice',
  summary: 'A whole list comes along with the row: take as many of it as are shown, or count it.',
  why: 'The query asks for one row and gets all that belongs to it. The workspace with two members becomes the one with twenty thousand, and each request for its name loads them all.',
  fix: 'Write `{ take: 20, orderBy: … }` instead of `true`, use `_count` where only the number is shown, or ask for the list in a request of its own.',
  examples: {
    bad: [
      {
        path: 'app/api/workspaces/[id]/route.ts',
        code: `
  import { prisma } from '@/lib/prisma';
  export async function GET(request: Request, { params }) {
>   const workspace = await prisma.workspace.findUnique({ where: { id: params.id }, include: { members: true } });
    return Response.json(workspace);
  }`,
      },
    ],
    good: [
      {
        path: 'app/api/workspaces/[id]/route.ts',
        code: `
  import { prisma } from '@/lib/prisma';
  export async function GET(request: Request, { params }) {
    const workspace = await prisma.workspace.findUnique({
      where: { id: params.id },
      include: { members: { take: 20 }, roles: true, owner: true, _count: true },
    });
    return Response.json(workspace);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { client, includes, scope, explained } of code.dataCalls) {
      const list = includes.find(({ name }) => !small.test(name));
      if (client !== 'prisma' || list === undefined || scope !== 'request' || explained) continue;
      yield { line: list.line, because: `\`${list.name}: true\` brings along every row of the relation.` };
    }
  },
});
