import { workloadWithoutLimits } from './workload-without-limits.ts';
import type { LessonRule } from '../define-rule.ts';

export const rules: readonly LessonRule[] = [workloadWithoutLimits];
