import type { DataCall } from '../../code.ts';
import type { Link } from '../chain.ts';
import type { Client } from './clients.ts';

/** A query put together by a chain of calls, and the link that says what it does. */
export interface Built extends Client {
  readonly does: DataCall['does'];
  readonly link: Link;
  /** Position of `link` in its chain. */
  readonly at: number;
  readonly table?: string;
}
