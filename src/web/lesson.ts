/** What a lesson page shows. Plain data, given by whoever knows the lessons: this folder does not. */
export interface LessonPage {
  readonly number: number;
  /** Last part of the page's address. */
  readonly slug: string;
  readonly title: string;
  /** The story, as Markdown; its first heading is the title. */
  readonly markdown: string;
  readonly rules: readonly RuleSection[];
}

export interface RuleSection {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
  readonly bad: readonly ExampleCode[];
  readonly good: readonly ExampleCode[];
}

export interface ExampleCode {
  readonly path?: string | undefined;
  /** Code; `>` in the first column marks a line that is flagged. */
  readonly code: string;
  /** The file before, for rules about change. */
  readonly before?: string | undefined;
}
