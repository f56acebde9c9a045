import type { LessonRule } from '../define-rule.ts';
import { workloadWithoutLimits } from './workload-without-limits.ts';

export const rules: readonly LessonRule[] = [workloadWithoutLimits];
