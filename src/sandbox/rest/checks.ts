import { createRun, updateRun } from '../checking.ts';
import { emitCheckRun } from '../events.ts';
import { type Call, created, listed, ok, type Route } from '../http.ts';
import { annotationJson, checkRunJson, checkSuiteJson, latestRuns } from '../json/checks.ts';
import { notFound } from '../refusal.ts';
import type { CheckRun } from '../types.ts';
import { repositoryOf, runOf, suiteOf } from './find.ts';

const reads = { checks: 'read' } as const;
const writes = { checks: 'write' } as const;

/** Check runs and check suites. */
export const checkRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/check-runs',
    as: 'installation',
    needs: writes,
    async answer(call) {
      return created(await checkRunJson(call.world, await createRun(call.world, repositoryOf(call), call.body)));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
    as: 'installation',
    needs: reads,
    answer: async (call) => ok(await checkRunJson(call.world, runOf(call))),
  },
  {
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
    as: 'installation',
    needs: writes,
    async answer(call) {
      const run = runOf(call);
      await updateRun(call.world, run, call.body);
      return ok(await checkRunJson(call.world, run));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
    as: 'installation',
    needs: reads,
    answer(call) {
      const run = runOf(call);
      return listed(call, run.annotations, (one) => annotationJson(call.world, run, one));
    },
  },
  {
    // It fires the event and changes nothing: an app that answers the event by calling this goes round for ever (C7).
    method: 'POST',
    path: '/repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest',
    as: 'installation',
    needs: writes,
    async answer(call) {
      await emitCheckRun(call.world, runOf(call), 'rerequested', call.world.app.bot);
      return created({});
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    as: 'installation',
    needs: reads,
    async answer(call) {
      const repository = repositoryOf(call);
      const sha = await call.world.commitOf(repository, call.params.ref ?? '');
      if (sha === undefined) throw notFound();
      return listRuns(
        call,
        repository.runs.filter((run) => run.suite.headSha === sha),
      );
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs',
    as: 'installation',
    needs: reads,
    answer(call) {
      const suite = suiteOf(call);
      return listRuns(
        call,
        suite.repository.runs.filter((run) => run.suite === suite),
      );
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/check-suites/{check_suite_id}',
    as: 'installation',
    needs: reads,
    answer: async (call) => ok(await checkSuiteJson(call.world, suiteOf(call))),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/check-suites',
    as: 'installation',
    needs: reads,
    async answer(call) {
      const repository = repositoryOf(call);
      const sha = await call.world.commitOf(repository, call.params.ref ?? '');
      const suites = repository.suites.filter((suite) => suite.headSha === sha);
      const page = await listed(call, suites, (suite) => checkSuiteJson(call.world, suite));
      return { ...page, body: { total_count: suites.length, check_suites: page.body } };
    },
  },
  {
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/check-suites/preferences',
    as: 'installation',
    needs: writes,
    answer: (call) => ok({ preferences: call.body, repository: repositoryOf(call).name }),
  },
];

async function listRuns(call: Call, all: readonly CheckRun[]) {
  const { query, world } = call;
  const name = query.get('check_name');
  const status = query.get('status');
  const wanted = (query.get('filter') === 'all' ? all : latestRuns(all))
    .filter((run) => name === null || run.name === name)
    .filter((run) => status === null || run.status === status)
    .sort((a, b) => b.id - a.id);
  const page = await listed(call, wanted, (run) => checkRunJson(world, run));
  return { ...page, body: { total_count: wanted.length, check_runs: page.body } };
}
