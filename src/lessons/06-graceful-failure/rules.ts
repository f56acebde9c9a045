import type { LessonRule } from '../define-rule.ts';
import { errorDetailsToClient } from './error-details-to-client.ts';

export const rules: readonly LessonRule[] = [errorDetailsToClient];
