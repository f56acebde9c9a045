import { defineRule } from '../define-rule.ts';

/** Metric labels with values nobody counts. */
export const unboundedMetricLabel = defineRule({
  id: 'unbounded-metric-label',
  lesson: 8,
  severity: 'warning',
  summary: 'A metric’s label takes any value: label with a few known values and put the rest in a log or a trace.',
  why: 'Every combination of label values is a time series of its own, kept in memory by your process and by the metrics server. One label with a user’s id or a raw URL makes millions of them and takes down the very system that should tell you.',
  fix: 'Use the route’s pattern (`req.route.path`) for the path, a status class for the status, and an exemplar or a log field for ids.',
  examples: {
    bad: [
      {
        path: 'src/metrics.ts',
        code: `
  import { Counter } from 'prom-client';
  const requests = new Counter({ name: 'requests_total', help: 'requests', labelNames: ['path'] });
  export function count(req) {
>   requests.inc({ path: req.originalUrl });
  }`,
      },
      {
        path: 'src/orders.ts',
        code: `
  import client from 'prom-client';
  const placed = new client.Counter({ name: 'orders_total', help: 'orders', labelNames: ['user'] });
> export const count = (order) => placed.labels({ user: order.userId }).inc();`,
      },
      {
        path: 'src/latency.ts',
        code: `
  import { Histogram } from 'prom-client';
  const latency = new Histogram({ name: 'latency', help: 'latency', labelNames: ['id'] });
> export const observe = (id, seconds) => latency.observe({ id }, seconds);`,
      },
      {
        path: 'src/timer.ts',
        code: `
  import { Histogram } from 'prom-client';
  const duration = new Histogram({ name: 'seconds', help: 'seconds', labelNames: ['method', 'tenant'] });
  export function measure(req, res, next) {
    const end = duration.startTimer({ method: req.method });
>   res.on('finish', () => end({ tenant: req.tenantId }));
    next();
  }`,
      },
      {
        path: 'src/signups.ts',
        code: `
  import StatsD from 'hot-shots';
  const statsd = new StatsD();
> export const signedUp = (user) => statsd.increment('signups', 1, [\`user:\${user.email}\`]);`,
      },
      {
        path: 'src/durations.js',
        code: `
  const StatsD = require('hot-shots');
  const stats = new StatsD();
> exports.took = (req, ms) => stats.timing(\`took.\${req.url}\`, ms);`,
      },
    ],
    good: [
      {
        path: 'src/metrics.ts',
        code: `
  import { Counter } from 'prom-client';
  const requests = new Counter({ name: 'requests_total', help: 'requests', labelNames: ['path'] });
  export const count = (req) => requests.inc({ path: req.route.path, method: req.method });`,
      },
      {
        path: 'src/queues.ts',
        code: `
  import { Counter } from 'prom-client';
  const done = new Counter({ name: 'jobs_total', help: 'jobs', labelNames: ['queue'] });
  export const count = (queue) => done.inc({ queue: queue.name });`,
      },
    ],
  },
  *check({ code }) {
    for (const { line, label, value } of code?.observability.labels ?? [])
      yield {
        line,
        because: `${label ? `The label \`${label}\`` : 'The name of the metric'} takes \`${value.replace(/`/g, "'")}\`.`,
      };
  },
});
