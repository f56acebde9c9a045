import type { LessonRule } from '../define-rule.ts';
import { asyncCallback } from './async-callback.ts';
import { errorDetailsToClient } from './error-details-to-client.ts';
import { floatingPromise } from './floating-promise.ts';
import { httpNoTimeout } from './http-no-timeout.ts';

export const rules: readonly LessonRule[] = [httpNoTimeout, asyncCallback, floatingPromise, errorDetailsToClient];
