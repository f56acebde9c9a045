import type { LessonRule } from '../define-rule.ts';
import { consoleInsteadOfLogger } from './console-instead-of-logger.ts';
import { messageFromRequest } from './message-from-request.ts';
import { personalDataInLog } from './personal-data-in-log.ts';
import { secretInLog } from './secret-in-log.ts';
import { swallowedError } from './swallowed-error.ts';

export const rules: readonly LessonRule[] = [
  swallowedError,
  secretInLog,
  personalDataInLog,
  consoleInsteadOfLogger,
  messageFromRequest,
];
