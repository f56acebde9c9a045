import type { LessonRule } from '../define-rule.ts';
import { allRowsChanged } from './all-rows-changed.ts';
import { columnTypeChanged } from './column-type-changed.ts';
import { concurrentIndexInTransaction } from './concurrent-index-in-transaction.ts';
import { constraintCheckedUnderLock } from './constraint-checked-under-lock.ts';
import { defaultRewritesTable } from './default-rewrites-table.ts';
import { domainWithConstraint } from './domain-with-constraint.ts';
import { droppedInUse } from './dropped-in-use.ts';
import { eagerListRelation } from './eager-list-relation.ts';
import { filterWithoutIndex } from './filter-without-index.ts';
import { foreignKeyWithoutIndex } from './foreign-key-without-index.ts';
import { includedListWithoutLimit } from './included-list-without-limit.ts';
import { indexBuiltUnderLock } from './index-built-under-lock.ts';
import { indexDroppedUnderLock } from './index-dropped-under-lock.ts';
import { locksWithoutTimeout } from './locks-without-timeout.ts';
import { notNullSetUnderLock } from './not-null-set-under-lock.ts';
import { pageSizeWithoutDefault } from './page-size-without-default.ts';
import { pageSizeWithoutMaximum } from './page-size-without-maximum.ts';
import { partitionDetachedUnderLock } from './partition-detached-under-lock.ts';
import { redisScan } from './redis-scan.ts';
import { reindexUnderLock } from './reindex-under-lock.ts';
import { relationWithoutIndex } from './relation-without-index.ts';
import { renamedInUse } from './renamed-in-use.ts';
import { requiredColumnWithoutDefault } from './required-column-without-default.ts';
import { rowsReadToCount } from './rows-read-to-count.ts';
import { selectStar } from './select-star.ts';
import { tableRewritten } from './table-rewritten.ts';
import { tableWithoutPrimaryKey } from './table-without-primary-key.ts';
import { transactionLeftOpen } from './transaction-left-open.ts';
import { truncateInMigration } from './truncate-in-migration.ts';
import { unboundedRead } from './unbounded-read.ts';
import { uncappedPageSize } from './uncapped-page-size.ts';
import { uniqueConstraintUnderLock } from './unique-constraint-under-lock.ts';
import { unscopedMutation } from './unscoped-mutation.ts';
import { upsertWithoutUnique } from './upsert-without-unique.ts';
import { viewRefreshedUnderLock } from './view-refreshed-under-lock.ts';

export const rules: readonly LessonRule[] = [
  indexBuiltUnderLock,
  indexDroppedUnderLock,
  reindexUnderLock,
  viewRefreshedUnderLock,
  concurrentIndexInTransaction,
  partitionDetachedUnderLock,
  constraintCheckedUnderLock,
  uniqueConstraintUnderLock,
  notNullSetUnderLock,
  columnTypeChanged,
  defaultRewritesTable,
  requiredColumnWithoutDefault,
  droppedInUse,
  renamedInUse,
  truncateInMigration,
  allRowsChanged,
  tableRewritten,
  tableWithoutPrimaryKey,
  foreignKeyWithoutIndex,
  filterWithoutIndex,
  locksWithoutTimeout,
  transactionLeftOpen,
  domainWithConstraint,
  relationWithoutIndex,
  upsertWithoutUnique,
  eagerListRelation,
  redisScan,
  rowsReadToCount,
  includedListWithoutLimit,
  pageSizeWithoutDefault,
  pageSizeWithoutMaximum,
  selectStar,
  unboundedRead,
  uncappedPageSize,
  unscopedMutation,
];
