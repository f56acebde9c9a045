import type { CodeFacts, DataCall, HelperCall, Place } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

/** Types of which an answer holds one: the field is resolved once, too. */
const single =
  /^(?:viewer|me|root|session|(?:current|logged)\w*|my[A-Z]\w*|\w*(?:payload|result|connection|response|output|pageinfo|settings?|statistics|stats|summary|dashboard))\./i;

/** A query per object, made by the field's resolver. */
export const resolverWithoutLoader = defineRule({
  id: 'resolver-without-loader',
  lesson: 9,
  severity: 'warning',
  summary: 'This resolver asks the database once for every object in the answer: let a loader ask for all of them.',
  why: 'The library calls a field’s resolver for each object by itself. A list of fifty posts with their authors is fifty-one queries, and with the authors’ teams a hundred and one; the client decides how deep that goes, and no loop stands in the code.',
  fix: 'Make a DataLoader for each request (`new DataLoader((ids) => usersByIds(ids))`), put it into the context and call `context.loaders.user.load(post.authorId)`. With Prisma, `findUnique` and the Pothos plugin batch by themselves.',
  examples: {
    bad: [
      {
        path: 'src/resolvers.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export const resolvers = {
    Query: {
      posts: () => pool.query('SELECT id, author_id FROM posts ORDER BY id LIMIT 50').then(({ rows }) => rows),
    },
    Post: {
      async author(post) {
>       const { rows } = await pool.query('SELECT id, name FROM users WHERE id = $1', [post.author_id]);
        return rows[0];
      },
    },
  };`,
      },
      {
        path: 'src/post.resolver.ts',
        code: `
  import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
  import { InjectRepository } from '@nestjs/typeorm';
  import { Repository } from 'typeorm';
  @Resolver(() => Post)
  export class PostResolver {
    constructor(@InjectRepository(Comment) private readonly comments: Repository<Comment>) {}
    @ResolveField(() => Int)
    commentCount(@Parent() post: Post) {
>     return this.comments.countBy({ postId: post.id });
    }
  }`,
      },
      {
        path: 'src/schema/team.ts',
        code: `
  import { builder } from '../builder';
  import { db } from '../database';
  builder.objectType(Team, {
    fields: (t) => ({
      owner: t.field({
        type: User,
        resolve: (team) =>
>         db.selectFrom('user').select(['id', 'name']).where('id', '=', team.ownerId).executeTakeFirst(),
      }),
    }),
  });`,
      },
      {
        path: 'src/resolvers/order.ts',
        code: `
  import { Customer } from '../models/customer.js';
  export const Order = {
>   customer: (order, _args, context) => Customer.findById(order.customerId),
  };`,
      },
    ],
    good: [
      {
        path: 'src/resolvers.ts',
        code: `
  import { prisma } from './prisma';
  export const resolvers = {
    Query: {
      post: (_parent, { id }) => prisma.post.findFirst({ where: { id } }),
      me: (parent, args, context) => prisma.user.findFirst({ where: { id: context.userId } }),
    },
    Post: {
      author: (post, _args, context) => context.loaders.user.load(post.authorId),
      team: (post) => prisma.team.findUnique({ where: { id: post.teamId } }),
      title: (post) => post.title.trim(),
    },
    Viewer: {
      inbox: (viewer) => prisma.message.findMany({ where: { userId: viewer.id }, take: 20 }),
    },
  };`,
      },
      {
        path: 'src/post.resolver.ts',
        code: `
  import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
  import { Repository } from 'typeorm';
  @Resolver(() => Post)
  export class PostResolver {
    constructor(private readonly posts: Repository<Post>, private readonly users: UserLoader) {}
    @Query(() => Post)
    post(@Args('id') id: string) {
      return this.posts.findOneBy({ id });
    }
    @ResolveField()
    author(@Parent() post: Post) {
      return this.users.load(post.authorId);
    }
    @ResolveField()
    async drafts(@Parent() author: Author, @Viewer() viewer: Author) {
      if (viewer.id !== author.id) return [];
      return this.posts.findBy({ authorId: author.id, draft: true });
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const call of code.dataCalls) {
      if (!isPerObject(code, call) || call.memoised || call.listed || call.client === 'sqlite') continue;
      // Prisma makes one query of all that are asked for in a tick.
      if (call.client === 'prisma' && call.verb === 'findUnique') continue;
      if (/^(?:insert|update|delete|transaction)$/.test(call.does)) continue;
      yield {
        line: call.line,
        endLine: call.endLine,
        because: told(code, call, call.model && call.model !== call.verb ? `${call.model}.${call.verb}` : call.verb),
        // A page for each object does not fit into one plain query.
        ...(call.does === 'read-many' && (call.limit !== 'none' || call.verb.startsWith('findAndCount'))
          ? { severity: 'notice' as const }
          : {}),
      };
    }
    for (const call of code.helperCalls) {
      if (!isPerObject(code, call) || call.does === 'writes' || /loader/i.test(call.call)) continue;
      // What is known by its name and not waited for may be at hand.
      if (/findUnique$/.test(call.reaches) || (call.evidence === 'name' && call.fate === 'stored')) continue;
      yield {
        line: call.line,
        endLine: call.endLine,
        because: `${told(code, call, call.call)}${call.reaches ? ` It reaches \`${call.reaches}\`.` : ''}`,
        ...(call.evidence === 'name' ? { severity: 'notice' as const } : {}),
      };
    }
  },
});

function isPerObject(code: CodeFacts, call: DataCall | HelperCall): boolean {
  const loop = call.loop === undefined ? undefined : code.loops[call.loop];
  if (loop?.form !== 'resolver' || !call.usesLoopVariable || call.explained) return false;
  return !single.test(pathOf(code, call)) && call.fate !== 'floating';
}

function told(code: CodeFacts, call: Place, what: string): string {
  const path = pathOf(code, call);
  return `\`${what}\` runs for every object ${/^[A-Z]\w*\./.test(path) ? `of the type that \`${path}\` is a field of` : 'whose field this resolves'}.`;
}

function pathOf(code: CodeFacts, { handler }: Place): string {
  return handler === undefined ? '' : (code.handlers[handler]?.path ?? '');
}
