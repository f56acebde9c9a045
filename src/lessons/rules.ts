import { rules as scale } from './01-scale/rules.ts';
import { rules as logging } from './02-logging/rules.ts';
import { rules as queryLimits } from './03-query-limits/rules.ts';
import { rules as validation } from './04-validation/rules.ts';
import { rules as asyncWork } from './05-async-work/rules.ts';
import { rules as gracefulFailure } from './06-graceful-failure/rules.ts';
import { rules as secrets } from './07-secrets/rules.ts';
import { rules as monitoring } from './08-monitoring/rules.ts';
import { rules as nPlusOne } from './09-n-plus-one/rules.ts';
import { rules as apiContract } from './10-api-contract/rules.ts';
import type { LessonRule } from './define-rule.ts';

/** Every rule, in teaching order. A new rule is one file and one line in its lesson's `rules.ts`. */
export const allRules: readonly LessonRule[] = [
  ...scale,
  ...logging,
  ...queryLimits,
  ...validation,
  ...asyncWork,
  ...gracefulFailure,
  ...secrets,
  ...monitoring,
  ...nPlusOne,
  ...apiContract,
];
