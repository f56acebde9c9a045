import { allRules } from './lessons/rules.ts';
import { escapeSentence, fenced } from './review/escape.ts';
import { lessonSlugs } from './review/types.ts';
import { exampleLines } from './web/example-code.ts';

/** A rule explained at length, in Markdown: why, what to do, an example of each kind, the lesson. */
export function explanationOf(id: string | undefined, lessonsUrl: string): string {
  const rule = allRules.find((one) => one.id === id);
  if (!rule) return `The lessons are at ${lessonsUrl}.`;
  const [bad] = rule.examples.bad;
  const [good] = rule.examples.good;
  const parts = [
    `**${escapeSentence(rule.summary)}**`,
    `**Why.** ${escapeSentence(rule.why)}`,
    `**What to do.** ${escapeSentence(rule.fix)}`,
  ];
  if (bad) parts.push(`Instead of\n\n${fenced(exampleText(bad.code), '')}`);
  if (good) parts.push(`write\n\n${fenced(exampleText(good.code), '')}`);
  parts.push(`[Lesson ${rule.lesson}](${lessonsUrl}/${lessonSlugs[rule.lesson - 1]}#${rule.id})`);
  return parts.join('\n\n');
}

const exampleText = (code: string): string =>
  exampleLines(code)
    .map(({ text }) => text)
    .join('\n');
