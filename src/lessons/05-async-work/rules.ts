import type { LessonRule } from '../define-rule.ts';
import { batchInHandler } from './batch-in-handler.ts';
import { fanOutInHandler } from './fan-out-in-handler.ts';
import { slowWorkInHandler } from './slow-work-in-handler.ts';
import { syncInHandler } from './sync-in-handler.ts';

export const rules: readonly LessonRule[] = [slowWorkInHandler, fanOutInHandler, batchInHandler, syncInHandler];
