import type { Place } from './place.ts';

/** What a file does to be watched in production. */
export interface Observability {
  /** The file has, or mentions, an answer to health checks. */
  readonly answersHealth: boolean;
  /** Labels of metrics whose values have no bound; `label` is empty where the value is part of the metric's name. */
  readonly labels: readonly (Place & { readonly label: string; readonly value: string })[];
  /** Workers of queues, the events that are listened to, and whether they leave the file. */
  readonly workers: readonly (Place & { readonly events: readonly string[]; readonly leaves: boolean })[];
  /** Failures that are logged and otherwise forgotten, where somebody counts on hearing of them. */
  readonly forgotten: readonly (Place & {
    readonly where: 'queue' | 'schedule' | 'payment' | 'webhook';
    readonly of: string;
  })[];
  /** What the change takes away. Lines are of the base. */
  readonly removed: readonly {
    readonly line: number;
    /** `set-up`: the start of an SDK, or a middleware that measures. */
    readonly what: 'health-route' | 'report' | 'set-up' | 'metric';
    readonly of: string;
  }[];
}
