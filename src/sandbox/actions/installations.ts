import { briefRepository, installationPayload } from '../events.ts';
import { installationJson, userJson } from '../json/accounts.ts';
import type { Installation, Permissions, Repository } from '../types.ts';
import type { World } from '../world.ts';

type Send = (event: string, payload: Readonly<Record<string, unknown>>) => void;

const repositoriesOf = (world: World, installation: Installation): Repository[] =>
  [...world.repositories.values()].filter((one) => one.installation === installation);

/** Tells the app what happened to its installation, as GitHub does whatever the app subscribed to. */
export function tellInstallation(world: World, send: Send, installation: Installation, action: string): void {
  const payload = installationPayload(world, repositoriesOf(world, installation), action) ?? {
    action,
    installation: installationJson(world, installation),
    repositories: [],
    sender: userJson(world, installation.account),
  };
  send('installation', payload);
}

export function suspend(world: World, send: Send, installation: Installation): void {
  installation.suspended = true;
  tellInstallation(world, send, installation, 'suspend');
}

export function unsuspend(world: World, send: Send, installation: Installation): void {
  installation.suspended = false;
  tellInstallation(world, send, installation, 'unsuspend');
}

export function uninstall(world: World, send: Send, installation: Installation): void {
  tellInstallation(world, send, installation, 'deleted');
  installation.removed = true;
}

/** The administrator approves other permissions; tokens issued before keep theirs until they end. */
export function acceptPermissions(
  world: World,
  send: Send,
  installation: Installation,
  permissions: Permissions,
): void {
  installation.permissions = permissions;
  tellInstallation(world, send, installation, 'new_permissions_accepted');
}

/** Adds a repository to, or removes it from, the installation. */
export function selectRepository(
  world: World,
  send: Send,
  repository: Repository,
  installation: Installation,
  selected: boolean,
): void {
  repository.installation = selected ? installation : undefined;
  send('installation_repositories', {
    action: selected ? 'added' : 'removed',
    installation: installationJson(world, installation),
    repository_selection: 'selected',
    repositories_added: selected ? [briefRepository(repository)] : [],
    repositories_removed: selected ? [] : [briefRepository(repository)],
    requester: null,
    sender: userJson(world, installation.account),
  });
}
