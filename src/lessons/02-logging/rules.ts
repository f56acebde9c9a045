import type { LessonRule } from '../define-rule.ts';
import { secretInLog } from './secret-in-log.ts';
import { swallowedError } from './swallowed-error.ts';

export const rules: readonly LessonRule[] = [secretInLog, swallowedError];
