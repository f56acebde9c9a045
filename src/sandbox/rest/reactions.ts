import { type Call, created, listed, ok, type Route } from '../http.ts';
import { reactionContents, reactionJson } from '../json/talk.ts';
import { invalid } from '../refusal.ts';
import type { Reaction } from '../types.ts';
import type { World } from '../world.ts';
import { issueCommentOf, reviewCommentOf } from './find.ts';

const reads = { pull_requests: 'read' } as const;
const writes = { pull_requests: 'write' } as const;
const comments = '/repos/{owner}/{repo}/pulls/comments/{comment_id}';
const issueComments = '/repos/{owner}/{repo}/issues/comments/{comment_id}';

function routesOf(
  path: string,
  needs: NonNullable<Route['needs']>,
  readNeeds: NonNullable<Route['needs']>,
  reactionsOf: (call: Call) => Reaction[],
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: `${path}/reactions`,
      as: 'installation',
      needs: readNeeds,
      answer(call) {
        const content = call.query.get('content');
        const all = reactionsOf(call).filter((one) => content === null || one.content === content);
        return listed(call, all, (one) => reactionJson(call.world, one));
      },
    },
    {
      method: 'POST',
      path: `${path}/reactions`,
      as: 'installation',
      needs,
      answer(call) {
        const { world, body } = call;
        const reactions = reactionsOf(call);
        const known = reactions.find((one) => one.user === world.app.bot && one.content === body.content);
        if (known) return ok(reactionJson(world, known));
        return created(reactionJson(world, react(world, reactions, body.content)));
      },
    },
  ];
}

/** Adds a reaction of the app's bot, or of a person. */
export function react(world: World, reactions: Reaction[], content: string, user = world.app.bot): Reaction {
  if (!(reactionContents as readonly string[]).includes(content))
    throw invalid('Reaction', 'content', 'is not included in the list');
  const reaction: Reaction = { id: world.nextId(), user, content, createdAt: world.now() };
  reactions.push(reaction);
  return reaction;
}

/** Reactions to both kinds of comment. */
export const reactionRoutes: readonly Route[] = [
  ...routesOf(comments, [writes], [reads], (call) => reviewCommentOf(call).reactions),
  ...routesOf(
    issueComments,
    [{ issues: 'write' }, writes],
    [{ issues: 'read' }, reads],
    (call) => issueCommentOf(call).reactions,
  ),
];
