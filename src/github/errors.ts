/** GitHub asks us to wait. Whoever runs the job tries again after so many seconds, jitter included. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited';
  readonly seconds: number;
  readonly limit: 'primary' | 'secondary' | 'own';
  constructor(seconds: number, limit: 'primary' | 'secondary' | 'own') {
    super(`GitHub's ${limit} rate limit: wait ${Math.ceil(seconds)} s`);
    this.seconds = seconds;
    this.limit = limit;
  }
}

/** The installation is suspended or removed, or no longer holds the repository: there is nobody to answer. */
export class InstallationGone extends Error {
  override readonly name = 'InstallationGone';
}

/** GitHub did not answer, or answered with a fault of its own (5xx). The request may have had its effect. */
export class AnswerLost extends Error {
  override readonly name: string = 'AnswerLost';
}

/** A GraphQL query asks for more than GitHub gives at once. Asked again it fails again; asked in parts it may not. */
export class QueryTooHeavy extends AnswerLost {
  override readonly name = 'QueryTooHeavy';
}

/** HTTP status of an Octokit error; undefined for anything else. */
export function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : undefined;
}
