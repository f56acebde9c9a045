import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Repository } from '../../src/sandbox/types.ts';

/** A real Octokit with the app's real key, pointed at the sandbox as at GitHub Enterprise Server. */
export function appClient(sandbox: Sandbox, installationId?: number): Octokit {
  const { APP_ID: appId, PRIVATE_KEY: privateKey, GHE_HOST, GHE_PROTOCOL } = sandbox.environment;
  return new Octokit({
    baseUrl: `${GHE_PROTOCOL}://${GHE_HOST}/api/v3`,
    authStrategy: createAppAuth,
    auth: { appId, privateKey, ...(installationId !== undefined && { installationId }) },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
}

export function clientOf(sandbox: Sandbox, repository: Repository): Octokit {
  if (!repository.installation) throw new Error('the app is not installed here');
  return appClient(sandbox, repository.installation.id);
}

/** Status and message of the refusal that a call must end in. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await call;
  } catch (error) {
    const { status, message } = error as { status: number; message: string };
    return { status, message };
  }
  throw new Error('the call was not refused');
}
