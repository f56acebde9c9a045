import type { Facts } from '../facts/facts.ts';
import type { Rule } from '../review/rule.ts';

/** A rule over this project's facts. */
export type LessonRule = Rule<Facts>;

/**
 * Declares a rule. It returns its argument: the function exists so that a rule's file is type-checked where it is written.
 */
export function defineRule(rule: LessonRule): LessonRule {
  return rule;
}
