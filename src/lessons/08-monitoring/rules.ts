import { imageWithoutHealthcheck } from './image-without-healthcheck.ts';
import { workloadWithoutProbe } from './workload-without-probe.ts';
import type { LessonRule } from '../define-rule.ts';

export const rules: readonly LessonRule[] = [workloadWithoutProbe, imageWithoutHealthcheck];
