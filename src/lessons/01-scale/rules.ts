import type { LessonRule } from '../define-rule.ts';
import { connectionForOneQuery } from './connection-for-one-query.ts';
import { connectionNotReleased } from './connection-not-released.ts';
import { connectionReleasedTwice } from './connection-released-twice.ts';
import { transactionOnPool } from './transaction-on-pool.ts';
import { workloadWithoutLimits } from './workload-without-limits.ts';

export const rules: readonly LessonRule[] = [
  connectionNotReleased,
  connectionReleasedTwice,
  transactionOnPool,
  connectionForOneQuery,
  workloadWithoutLimits,
];
