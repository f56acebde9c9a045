import type { Finding } from './types.ts';

/** The same rule more often than this in one pull request becomes one comment that lists the places. */
const most = 3;

/** Folds findings of a rule that repeats: the first carries the places of the others in `also`. */
export function fold(findings: readonly Finding[]): Finding[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  return [...byRule.values()].flatMap((same) => {
    const [first, ...rest] = same;
    if (!first || same.length <= most) return same;
    return [{ ...first, also: rest.map(({ path, line }) => ({ path, line })) }];
  });
}
