import { defineRule } from '../define-rule.ts';

/** A query per element, one function away. */
export const helperInLoop = defineRule({
  id: 'helper-in-loop',
  lesson: 9,
  severity: 'warning',
  summary: 'Each turn of the loop calls a function that asks the database: give it all elements at once.',
  why: 'The query is out of sight, and the loop looks like any other. It costs the same as a query written here: one round trip for every element, one after the other, or all at once against a pool of ten.',
  fix: 'Give the function a form that takes a list (`usersByIds(ids)`), call it once before the loop, and look the answers up in a `Map`. In GraphQL use a DataLoader.',
  examples: {
    bad: [
      {
        path: 'src/report.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  async function owner(id: string) {
    return prisma.user.findFirst({ where: { id } });
  }
  export async function report(parts: Part[]) {
    const lines: string[] = [];
    for (const part of parts) {
>     const user = await owner(part.ownerId);
      lines.push(\`\${part.name} \${user?.name}\`);
    }
    return lines;
  }`,
      },
      {
        path: 'src/teams.ts',
        context: {
          'src/members.ts': `
import { Pool } from 'pg';
const pool = new Pool();
export async function membersOf(team: string) {
  const { rows } = await pool.query('SELECT id FROM members WHERE team = $1', [team]);
  return rows;
}
`,
        },
        code: `
  import { membersOf } from './members.ts';
  export const sizes = (teams: string[]) =>
>   Promise.all(teams.map(async (team) => (await membersOf(team)).length));`,
      },
      {
        path: 'src/reports.service.ts',
        context: {
          'src/users.service.ts': `
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
export class UsersService {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
  named(name: string) {
    return this.users.findOneBy({ name });
  }
}
`,
        },
        code: `
  import { UsersService } from './users.service';
  export class ReportsService {
    constructor(private readonly people: UsersService) {}
    async authors(names: string[]) {
      const found: User[] = [];
      for (const name of names) {
>       found.push(await this.people.named(name));
      }
      return found;
    }
  }`,
      },
      {
        path: 'src/projects.service.ts',
        code: `
  export class ProjectsService {
    constructor(private readonly featureService: FeatureService) {}
    async counts(projects: Project[]) {
      for (const project of projects) {
>       project.features = await this.featureService.countByProject(project.id);
      }
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/report.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  import { getLabel } from './labels.ts';
  const prisma = new PrismaClient();
  const cache = new LRUCache({ max: 500 });
  async function team(id: string) {
    const known = cache.get(id);
    if (known) return known;
    return prisma.team.findFirst({ where: { id } });
  }
  export async function teams(parts: Part[]) {
    for (const part of parts) part.team = await team(part.teamId);
  }
  async function owners(ids: string[]) {
    return prisma.user.findMany({ where: { id: { in: ids } } });
  }
  export async function report(parts: Part[]) {
    const users = new Map((await owners(parts.map(({ ownerId }) => ownerId))).map((user) => [user.id, user]));
    return parts.map((part) => \`\${getLabel(part)} \${users.get(part.ownerId)?.name}\`);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const {
      call,
      evidence,
      does,
      reaches,
      fate,
      usesLoopVariable,
      loop: at,
      line,
      endLine,
      explained,
    } of code.helperCalls) {
      const loop = at === undefined ? undefined : code.loops[at];
      if (
        !loop ||
        loop.form === 'resolver' ||
        loop.form === 'walk' ||
        loop.bounded ||
        loop.exits ||
        explained ||
        !usesLoopVariable ||
        does === 'writes'
      )
        continue;
      if (fate !== 'awaited' && fate !== 'returned' && !(fate === 'argument' && evidence !== 'name')) continue;
      // Returned from a plain callback it may be no promise at all.
      if (evidence === 'name' && fate === 'returned' && loop.form !== 'promise-all') continue;
      yield {
        line,
        endLine,
        because: `The loop on line ${loop.line} calls \`${call}\` once per element${reaches ? `, which reaches \`${reaches}\`` : ''}.`,
        // A name says what a function is for, not what it costs; and Prisma joins `findUnique` calls of one tick.
        ...(evidence === 'name' || (/\.findUnique$/.test(reaches) && /^(?:promise-all|map)$/.test(loop.form))
          ? { severity: 'notice' as const }
          : {}),
      };
    }
  },
});
