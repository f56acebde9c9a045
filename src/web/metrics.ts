import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the rest of the program tells about itself. Every label is one of few: no repository, no user, no path. */
export interface Metrics {
  /** An HTTP request was answered. `route` is the template, `other` when there is none. */
  httpRequest(route: string, method: string, status: number, seconds: number): void;
  /** A webhook was acknowledged, or refused. */
  webhook(event: string, status: number, seconds: number): void;
  jobEnded(name: string, outcome: string, seconds: number, waitedSeconds: number): void;
  /** A request to GitHub's API ended. `kind` is its operation, such as `GET /repos/:owner/:repo/pulls/:n/files`. */
  githubRequest(kind: string, status: number, seconds: number): void;
  /** We wait because GitHub's limits say so. */
  rateLimitWait(limit: 'primary' | 'secondary', seconds: number): void;
  /** GitHub refused what we sent as unprocessable (422). */
  unprocessable(kind: string): void;
  reviewEnded(
    conclusion: string,
    seconds: number,
    findings: readonly { readonly lesson: string; readonly severity: string }[],
  ): void;
  redelivered(count: number): void;
  /** Text for Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface MetricsSources {
  /** Read when the metrics are asked for. */
  readonly jobs?: () => Promise<{
    readonly jobs: readonly { readonly name: string; readonly state: string; readonly count: number }[];
    readonly oldest: readonly { readonly name: string; readonly seconds: number }[];
  }>;
}

const quick = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const slow = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** Makes a registry of its own, so that several servers in one process (tests) do not share counts. */
export function createMetrics(sources: MetricsSources = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'hindsight_' });

  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, labelNames: string[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });

  const http = histogram(
    'hindsight_http_request_seconds',
    'Time to answer an HTTP request',
    ['route', 'method', 'status'],
    quick,
  );
  const webhooks = histogram(
    'hindsight_webhook_ack_seconds',
    'Time from a webhook to its answer',
    ['event', 'status'],
    quick,
  );
  const jobTime = histogram('hindsight_job_seconds', 'Time of one attempt at a job', ['job', 'outcome'], slow);
  const jobWait = histogram('hindsight_job_wait_seconds', 'Time a job waited although it could run', ['job'], slow);
  const api = histogram('hindsight_github_request_seconds', 'Time of a request to GitHub', ['kind', 'status'], quick);
  const limited = counter('hindsight_rate_limited_total', 'Times we had to wait because of a rate limit', ['limit']);
  const limitWait = counter('hindsight_rate_limit_wait_seconds_total', 'Time GitHub asked us to wait', ['limit']);
  const refused = counter('hindsight_github_unprocessable_total', 'Requests that GitHub refused with 422', ['kind']);
  const reviews = histogram('hindsight_review_seconds', 'Time of a review', ['conclusion'], slow);
  const findings = counter('hindsight_findings_total', 'Findings', ['lesson', 'severity']);
  const redelivered = counter('hindsight_redeliveries_total', 'Lost webhook deliveries asked for again', []);
  const jobs = new Gauge({
    name: 'hindsight_jobs',
    help: 'Jobs in the database',
    labelNames: ['job', 'state'],
    registers,
  });
  const age = new Gauge({
    name: 'hindsight_job_oldest_seconds',
    help: 'How long the oldest job that could run has waited',
    labelNames: ['job'],
    registers,
  });
  const up = new Gauge({ name: 'hindsight_jobs_readable', help: '1 when the job counts could be read', registers });

  async function readJobs(): Promise<void> {
    if (!sources.jobs) return;
    jobs.reset();
    age.reset();
    try {
      const counts = await sources.jobs();
      // hindsight-ignore-next-line unbounded-metric-label -- the names of our own queues, a handful
      for (const { name, state, count } of counts.jobs) jobs.set({ job: name, state }, count);
      // hindsight-ignore-next-line unbounded-metric-label -- the names of our own queues, a handful
      for (const { name, seconds } of counts.oldest) age.set({ job: name }, seconds);
      up.set(1);
    } catch {
      // The database is away: the other metrics are needed now more than ever.
      up.set(0);
    }
  }

  return {
    httpRequest: (route, method, status, seconds) => http.observe({ route, method, status }, seconds),
    webhook: (event, status, seconds) => webhooks.observe({ event, status }, seconds),
    jobEnded(job, outcome, seconds, waitedSeconds) {
      jobTime.observe({ job, outcome }, seconds);
      jobWait.observe({ job }, waitedSeconds);
    },
    githubRequest: (kind, status, seconds) => api.observe({ kind, status }, seconds),
    rateLimitWait(limit, seconds) {
      limited.inc({ limit });
      limitWait.inc({ limit }, seconds);
    },
    unprocessable: (kind) => refused.inc({ kind }),
    reviewEnded(conclusion, seconds, found) {
      reviews.observe({ conclusion }, seconds);
      for (const { lesson, severity } of found) findings.inc({ lesson, severity });
    },
    redelivered: (count) => redelivered.inc(count),
    async text() {
      await readJobs();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
