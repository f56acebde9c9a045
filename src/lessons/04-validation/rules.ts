import type { LessonRule } from '../define-rule.ts';

export const rules: readonly LessonRule[] = [];
