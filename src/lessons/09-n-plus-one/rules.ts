import type { LessonRule } from '../define-rule.ts';
import { queryInLoop } from './query-in-loop.ts';
import { writeInLoop } from './write-in-loop.ts';

export const rules: readonly LessonRule[] = [queryInLoop, writeInLoop];
