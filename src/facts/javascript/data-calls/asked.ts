import type { DataCall } from '../../code.ts';

/** What a query asks of one table: its rows are chosen by these columns, all at once. */
export type Asked = Pick<DataCall, 'table' | 'conditions' | 'sort'>;
export type Condition = DataCall['conditions'][number];
