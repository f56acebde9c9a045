import type { LessonRule } from '../define-rule.ts';
import { authWithoutRateLimit } from './auth-without-rate-limit.ts';
import { clientPerCall } from './client-per-call.ts';
import { connectionForOneQuery } from './connection-for-one-query.ts';
import { connectionNotReleased } from './connection-not-released.ts';
import { connectionReleasedTwice } from './connection-released-twice.ts';
import { repeatedWork } from './repeated-work.ts';
import { singleReplica } from './single-replica.ts';
import { sizeFromRequest } from './size-from-request.ts';
import { syncIoInRequest } from './sync-io-in-request.ts';
import { transactionOnPool } from './transaction-on-pool.ts';
import { unboundedConcurrency } from './unbounded-concurrency.ts';
import { unboundedMemory } from './unbounded-memory.ts';
import { unboundedResource } from './unbounded-resource.ts';
import { workloadWithoutLimits } from './workload-without-limits.ts';

export const rules: readonly LessonRule[] = [
  syncIoInRequest,
  clientPerCall,
  connectionNotReleased,
  connectionReleasedTwice,
  transactionOnPool,
  connectionForOneQuery,
  unboundedConcurrency,
  unboundedMemory,
  repeatedWork,
  sizeFromRequest,
  unboundedResource,
  authWithoutRateLimit,
  workloadWithoutLimits,
  singleReplica,
];
