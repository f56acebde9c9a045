import type { LessonRule } from '../define-rule.ts';
import { answerAfterStream } from './answer-after-stream.ts';
import { appWithoutErrorMiddleware } from './app-without-error-middleware.ts';
import { asyncCallback } from './async-callback.ts';
import { asyncHandlerRejects } from './async-handler-rejects.ts';
import { clientWithoutTimeout } from './client-without-timeout.ts';
import { emitterWithoutErrorListener } from './emitter-without-error-listener.ts';
import { errorDetailsToClient } from './error-details-to-client.ts';
import { floatingPromise } from './floating-promise.ts';
import { httpNoTimeout } from './http-no-timeout.ts';
import { ignoredCallbackError } from './ignored-callback-error.ts';
import { processExit } from './process-exit.ts';
import { promiseAsValue } from './promise-as-value.ts';
import { proxyRepeatsWrites } from './proxy-repeats-writes.ts';
import { proxyWaitsTooLong } from './proxy-waits-too-long.ts';
import { retryWithoutBackoff } from './retry-without-backoff.ts';
import { secondaryCallWithoutFallback } from './secondary-call-without-fallback.ts';
import { serverWithoutShutdown } from './server-without-shutdown.ts';
import { serviceWithoutRestart } from './service-without-restart.ts';
import { streamWithoutErrorListener } from './stream-without-error-listener.ts';
import { throwingParse } from './throwing-parse.ts';
import { unawaitedReturn } from './unawaited-return.ts';
import { uncaughtExceptionSurvived } from './uncaught-exception-survived.ts';
import { uncheckedResponse } from './unchecked-response.ts';
import { unsentAnswer } from './unsent-answer.ts';

export const rules: readonly LessonRule[] = [
  floatingPromise,
  asyncCallback,
  promiseAsValue,
  unawaitedReturn,
  httpNoTimeout,
  clientWithoutTimeout,
  retryWithoutBackoff,
  secondaryCallWithoutFallback,
  throwingParse,
  uncheckedResponse,
  asyncHandlerRejects,
  unsentAnswer,
  answerAfterStream,
  processExit,
  uncaughtExceptionSurvived,
  streamWithoutErrorListener,
  emitterWithoutErrorListener,
  ignoredCallbackError,
  errorDetailsToClient,
  appWithoutErrorMiddleware,
  serverWithoutShutdown,
  proxyWaitsTooLong,
  proxyRepeatsWrites,
  serviceWithoutRestart,
];
