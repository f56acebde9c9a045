import type { LessonRule } from '../define-rule.ts';
import { failureOnlyLogged } from './failure-only-logged.ts';
import { imageWithoutHealthcheck } from './image-without-healthcheck.ts';
import { removedMonitoring } from './removed-monitoring.ts';
import { serverWithoutHealthRoute } from './server-without-health-route.ts';
import { serviceWithoutHealthcheck } from './service-without-healthcheck.ts';
import { unboundedMetricLabel } from './unbounded-metric-label.ts';
import { workerWithoutErrorListener } from './worker-without-error-listener.ts';
import { workloadWithoutProbe } from './workload-without-probe.ts';

export const rules: readonly LessonRule[] = [
  workloadWithoutProbe,
  imageWithoutHealthcheck,
  serverWithoutHealthRoute,
  removedMonitoring,
  unboundedMetricLabel,
  workerWithoutErrorListener,
  failureOnlyLogged,
  serviceWithoutHealthcheck,
];
