import { issueToken } from '../auth.ts';
import type { Deliveries, Delivery } from '../deliveries.ts';
import { type Call, created, listed, ok, type Route } from '../http.ts';
import { appJson, installationJson, iso, repositoryJson } from '../json/accounts.ts';
import { notFound } from '../refusal.ts';
import type { Installation } from '../types.ts';
import type { World } from '../world.ts';

const living = (world: World): Installation[] => [...world.installations.values()].filter((one) => !one.removed);

function installationOf({ world, params }: Call): Installation {
  const installation = world.installations.get(Number(params.installation_id));
  if (!installation || installation.removed) throw notFound();
  return installation;
}

/** What an app asks about itself, its installations and its deliveries. */
export const appRoutes = (deliveries: Deliveries): readonly Route[] => [
  { method: 'GET', path: '/app', as: 'app', answer: ({ world }) => ok(appJson(world)) },
  {
    method: 'GET',
    path: '/app/installations',
    as: 'app',
    answer: (call) => listed(call, living(call.world), (one) => installationJson(call.world, one)),
  },
  {
    method: 'GET',
    path: '/app/installations/{installation_id}',
    as: 'app',
    answer: (call) => ok(installationJson(call.world, installationOf(call))),
  },
  {
    method: 'POST',
    path: '/app/installations/{installation_id}/access_tokens',
    as: 'app',
    answer(call) {
      const token = issueToken(call.world, installationOf(call), call.body ?? {});
      return created({
        token: token.token,
        expires_at: iso(token.expiresAt),
        permissions: { metadata: 'read', ...token.permissions },
        repository_selection: 'selected',
      });
    },
  },
  ...(['/repos/{owner}/{repo}/installation', '/orgs/{org}/installation'] as const).map(
    (path): Route => ({
      method: 'GET',
      path,
      as: 'app',
      answer({ world, params }) {
        const found = living(world).find(({ account }) => account.login === (params.org ?? params.owner));
        if (!found) throw notFound();
        return ok(installationJson(world, found));
      },
    }),
  ),
  {
    method: 'GET',
    path: '/installation/repositories',
    as: 'installation',
    async answer(call) {
      const { world, token } = call;
      const all = [...world.repositories.values()].filter((one) => one.installation === token?.installation);
      const page = await listed(call, all, (one) => repositoryJson(world, one));
      return { ...page, body: { total_count: all.length, repository_selection: 'selected', repositories: page.body } };
    },
  },
  {
    method: 'GET',
    path: '/app/hook/config',
    as: 'app',
    answer: () => ok({ url: deliveries.target() ?? '', content_type: 'json', insecure_ssl: '0', secret: '********' }),
  },
  { method: 'GET', path: '/app/hook/deliveries', as: 'app', answer: (call) => deliveryPage(call, deliveries.log) },
  {
    method: 'GET',
    path: '/app/hook/deliveries/{delivery_id}',
    as: 'app',
    answer(call) {
      const found = deliveries.log.find(({ id }) => id === Number(call.params.delivery_id));
      if (!found) throw notFound();
      const request = { headers: { 'X-GitHub-Delivery': found.guid }, payload: JSON.parse(found.body) };
      return ok({ ...deliveryJson(found), request, response: { headers: {}, payload: null } });
    },
  },
  {
    method: 'POST',
    path: '/app/hook/deliveries/{delivery_id}/attempts',
    as: 'app',
    answer(call) {
      const id = Number(call.params.delivery_id);
      if (!deliveries.log.some((delivery) => delivery.id === id)) throw notFound();
      void deliveries.redeliver(id); // GitHub accepts first and delivers afterwards
      return { status: 202, body: {} };
    },
  },
];

/** Newest first, by cursor: GitHub gives no page numbers here. */
function deliveryPage(call: Call, log: readonly Delivery[]) {
  const wanted = call.query.get('status');
  const all = [...log].reverse().filter((one) => wanted === null || (one.status === 'OK') === (wanted === 'success'));
  const size = Math.min(100, Math.max(1, Number(call.query.get('per_page')) || 30));
  const cursor = Number(call.query.get('cursor')) || 0;
  const from = cursor === 0 ? 0 : all.findIndex(({ id }) => id < cursor);
  const page = from < 0 ? [] : all.slice(from, from + size);
  const last = page.at(-1);
  const query = new URLSearchParams(call.query);
  if (last) query.set('cursor', String(last.id));
  const more = last !== undefined && all.at(-1) !== last;
  const headers = more ? { link: `<${call.world.apiUrl}${call.path}?${query}>; rel="next"` } : {};
  return ok(page.map(deliveryJson), headers);
}

const deliveryJson = (delivery: Delivery): Record<string, unknown> => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: new Date(delivery.deliveredAt).toISOString(),
  redelivery: delivery.redelivery,
  duration: delivery.durationMs / 1000,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installationId,
  repository_id: delivery.repositoryId,
  throttled_at: null,
});
