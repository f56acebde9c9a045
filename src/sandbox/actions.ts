import {
  acceptPermissions,
  selectRepository,
  suspend,
  tellInstallation,
  uninstall,
  unsuspend,
} from './actions/installations.ts';
import { enqueue, leaveQueue } from './actions/merge-queue.ts';
import {
  clickAction,
  collaborator,
  commentAs,
  dismissReview,
  editAs,
  reactAs,
  replyAs,
  rerequestRun,
  rerequestSuite,
  resolveAs,
  reviewAs,
  unresolveAs,
} from './actions/people.ts';
import { changeBase, closePull, markReady, openPull, pushToPull, reopenPull, resetPull } from './actions/pulls.ts';
import { createRepository, forkRepository, push, setBranch } from './actions/repositories.ts';
import { reviewLocal } from './actions/review-local.ts';
import type { World } from './world.ts';

/** A function of the world as a function of the rest. */
const bound =
  <A extends readonly unknown[], R>(world: World, act: (world: World, ...rest: A) => R) =>
  (...rest: A): R =>
    act(world, ...rest);

/** What people do on GitHub, for tests and the demo; each has the effects and sends the events it has there. */
export function createActions(world: World, send: (event: string, payload: Readonly<Record<string, unknown>>) => void) {
  return {
    createRepository: bound(world, createRepository),
    fork: bound(world, forkRepository),
    push: bound(world, push),
    setBranch,
    reviewLocal: bound(world, reviewLocal),
    openPull: bound(world, openPull),
    pushToPull: bound(world, pushToPull),
    resetPull: bound(world, resetPull),
    markReady: bound(world, markReady),
    closePull: bound(world, closePull),
    reopenPull: bound(world, reopenPull),
    changeBase: bound(world, changeBase),
    collaborator: bound(world, collaborator),
    replyAs: bound(world, replyAs),
    commentAs: bound(world, commentAs),
    editAs: bound(world, editAs),
    reviewAs: bound(world, reviewAs),
    reactAs: bound(world, reactAs),
    resolveAs: bound(world, resolveAs),
    unresolveAs: bound(world, unresolveAs),
    dismissReview: bound(world, dismissReview),
    rerequestRun: bound(world, rerequestRun),
    rerequestSuite: bound(world, rerequestSuite),
    clickAction: bound(world, clickAction),
    enqueue: bound(world, enqueue),
    leaveQueue: bound(world, leaveQueue),
    tellInstallation: bound(world, (of, ...rest: [Parameters<typeof tellInstallation>[2], string]) =>
      tellInstallation(of, send, ...rest),
    ),
    suspend: bound(world, (of, installation: Parameters<typeof suspend>[2]) => suspend(of, send, installation)),
    unsuspend: bound(world, (of, installation: Parameters<typeof suspend>[2]) => unsuspend(of, send, installation)),
    uninstall: bound(world, (of, installation: Parameters<typeof suspend>[2]) => uninstall(of, send, installation)),
    acceptPermissions: bound(
      world,
      (of, ...rest: [Parameters<typeof acceptPermissions>[2], Parameters<typeof acceptPermissions>[3]]) =>
        acceptPermissions(of, send, ...rest),
    ),
    selectRepository: bound(
      world,
      (of, ...rest: [Parameters<typeof selectRepository>[2], Parameters<typeof selectRepository>[3], boolean]) =>
        selectRepository(of, send, ...rest),
    ),
  };
}

export type Actions = ReturnType<typeof createActions>;
