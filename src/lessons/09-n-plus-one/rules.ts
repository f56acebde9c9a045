import type { LessonRule } from '../define-rule.ts';
import { callInLoop } from './call-in-loop.ts';
import { helperInLoop } from './helper-in-loop.ts';
import { queryInLoop } from './query-in-loop.ts';
import { resolverWithoutLoader } from './resolver-without-loader.ts';
import { writeInLoop } from './write-in-loop.ts';

export const rules: readonly LessonRule[] = [queryInLoop, helperInLoop, resolverWithoutLoader, writeInLoop, callInLoop];
