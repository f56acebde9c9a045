import type { LessonRule } from '../define-rule.ts';
import { consoleInsteadOfLogger } from './console-instead-of-logger.ts';
import { errorNotLogged } from './error-not-logged.ts';
import { handlersWithoutLog } from './handlers-without-log.ts';
import { logInLoop } from './log-in-loop.ts';
import { messageFromRequest } from './message-from-request.ts';
import { personalDataInLog } from './personal-data-in-log.ts';
import { secretInLog } from './secret-in-log.ts';
import { stringBuiltMessage } from './string-built-message.ts';
import { swallowedError } from './swallowed-error.ts';
import { unreadOutcome } from './unread-outcome.ts';

export const rules: readonly LessonRule[] = [
  swallowedError,
  errorNotLogged,
  unreadOutcome,
  secretInLog,
  personalDataInLog,
  consoleInsteadOfLogger,
  messageFromRequest,
  stringBuiltMessage,
  logInLoop,
  handlersWithoutLog,
];
