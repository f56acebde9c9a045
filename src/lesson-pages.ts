import { existsSync, readFileSync } from 'node:fs';
import { allRules } from './lessons/rules.ts';
import { lessonSlugs } from './review/types.ts';
import type { LessonPage } from './web/lesson.ts';

/** Reads the ten lessons for the web pages: each folder's `lesson.md`, and the rules as they run. */
export function readLessonPages(): LessonPage[] {
  return lessonSlugs.map((slug, index) => {
    const number = index + 1;
    const folder = `${String(number).padStart(2, '0')}-${slug}`;
    const file = new URL(`./lessons/${folder}/lesson.md`, import.meta.url);
    const heading = slug.replaceAll('-', ' ').replace(/^(api|.)/, (start) => start.toUpperCase());
    const markdown = existsSync(file) ? readFileSync(file, 'utf8') : `# ${heading}\n`;
    const rules = allRules.filter(({ lesson }) => lesson === number);
    return {
      number,
      slug,
      title: /^# +(.+)$/m.exec(markdown)?.[1]?.trim() ?? heading,
      markdown,
      rules: rules.map(({ id, severity, summary, why, fix, examples }) => ({
        id,
        severity,
        summary,
        why,
        fix,
        bad: examples.bad,
        good: examples.good,
      })),
    };
  });
}
