import { type CheckStore, checkStore } from './checks.ts';
import { type Creations, creations } from './creations.ts';
import { migrate, type StoreDatabase } from './migrations.ts';
import { type PolicyStore, policyStore } from './policies.ts';

/** Findings kept of a review: enough to accept them all, bounded. */
const maxFindings = 2_000;

export interface StoredReview {
  readonly digest: string;
  readonly conclusion: string;
  readonly fingerprints: readonly string[];
}

export interface Dismissal {
  readonly fingerprint: string;
  readonly kind: 'ignored' | 'false-positive' | 'accepted' | 'resolved';
  readonly who: string;
  readonly why: string;
}

/** Thumbs that people put on the comments of a finding. */
interface Feedback {
  readonly fingerprint: string;
  readonly up: number;
  readonly down: number;
}

/** What must outlive a job. */
export interface Store {
  readonly checks: CheckStore;
  readonly creations: Creations;
  readonly policies: PolicyStore;
  /** Whether a delivery has been dealt with. */
  knowsDelivery(guid: string): Promise<boolean>;
  /** Remembers a delivery, once its work is stored. */
  rememberDelivery(guid: string): Promise<void>;
  saveReview(repository: number, pull: number, head: string, review: StoredReview): Promise<void>;
  review(repository: number, pull: number, head: string): Promise<StoredReview | undefined>;
  /** The head that was reviewed last. */
  latestHead(repository: number, pull: number): Promise<string | undefined>;
  /** The newest review of a pull request that saw exactly these contents. */
  reviewOf(repository: number, pull: number, digest: string): Promise<StoredReview | undefined>;
  dismiss(repository: number, dismissals: readonly Dismissal[]): Promise<void>;
  /** Ends the dismissals that rested on a resolved thread, and no others. */
  withdrawResolved(repository: number, fingerprints: readonly string[]): Promise<void>;
  /** Those of these findings that people dismissed. */
  dismissed(repository: number, fingerprints: Iterable<string>): Promise<ReadonlySet<string>>;
  /** Keeps the latest counts: a thumb that was taken back counts no longer. */
  saveFeedback(repository: number, feedback: readonly Feedback[]): Promise<void>;
  /** Removes what is no longer needed: requests counted after an hour, deliveries after two weeks, checks and reviews after ninety days. */
  prune(): Promise<void>;
}

interface ReviewRow {
  readonly digest: string;
  readonly conclusion: string;
  readonly findings: readonly string[];
}

/** Opens the store on a database, its tables up to date. */
export async function openStore(database: StoreDatabase): Promise<Store> {
  await migrate(database);
  const { query } = database;
  const reviewFrom = (row: ReviewRow | undefined): StoredReview | undefined =>
    row && { digest: row.digest, conclusion: row.conclusion, fingerprints: row.findings };
  return {
    checks: checkStore(database),
    creations: creations(database),
    policies: policyStore(database),
    async knowsDelivery(guid) {
      return (await query('SELECT 1 FROM hindsight.deliveries WHERE guid = $1', [guid])).length > 0;
    },
    async rememberDelivery(guid) {
      await query('INSERT INTO hindsight.deliveries (guid) VALUES ($1) ON CONFLICT DO NOTHING', [guid]);
    },
    async saveReview(repository, pull, head, review) {
      await query(
        `INSERT INTO hindsight.reviews (repository, pull, head, digest, conclusion, findings) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (repository, pull, head)
         DO UPDATE SET digest = $4, conclusion = $5, findings = $6, at = now()`,
        [
          repository,
          pull,
          head,
          review.digest,
          review.conclusion,
          JSON.stringify(review.fingerprints.slice(0, maxFindings)),
        ],
      );
    },
    async review(repository, pull, head) {
      const [row] = await query<ReviewRow>(
        'SELECT digest, conclusion, findings FROM hindsight.reviews WHERE repository = $1 AND pull = $2 AND head = $3',
        [repository, pull, head],
      );
      return reviewFrom(row);
    },
    async latestHead(repository, pull) {
      const [row] = await query<{ head: string }>(
        'SELECT head FROM hindsight.reviews WHERE repository = $1 AND pull = $2 ORDER BY at DESC LIMIT 1',
        [repository, pull],
      );
      return row?.head;
    },
    async reviewOf(repository, pull, digest) {
      const [row] = await query<ReviewRow>(
        `SELECT digest, conclusion, findings FROM hindsight.reviews
         WHERE repository = $1 AND pull = $2 AND digest = $3 ORDER BY at DESC LIMIT 1`,
        [repository, pull, digest],
      );
      return reviewFrom(row);
    },
    async dismiss(repository, dismissals) {
      if (dismissals.length === 0) return;
      const list = (key: keyof Dismissal) => dismissals.map((one) => one[key]);
      await query(
        `INSERT INTO hindsight.dismissals (repository, fingerprint, kind, who, why)
         SELECT DISTINCT ON (fingerprint) $1::bigint, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[])
           AS given (fingerprint, kind, who, why)
         ON CONFLICT (repository, fingerprint) DO UPDATE SET kind = excluded.kind, who = excluded.who, why = excluded.why`,
        [repository, list('fingerprint'), list('kind'), list('who'), list('why')],
      );
    },
    async withdrawResolved(repository, fingerprints) {
      if (fingerprints.length === 0) return;
      await query(
        `DELETE FROM hindsight.dismissals WHERE repository = $1 AND kind = 'resolved' AND fingerprint = ANY($2::text[])`,
        [repository, fingerprints],
      );
    },
    async dismissed(repository, fingerprints) {
      const rows = await query<{ fingerprint: string }>(
        'SELECT fingerprint FROM hindsight.dismissals WHERE repository = $1 AND fingerprint = ANY($2::text[])',
        [repository, [...new Set(fingerprints)]],
      );
      return new Set(rows.map((row) => row.fingerprint));
    },
    async saveFeedback(repository, feedback) {
      if (feedback.length === 0) return;
      const given = feedback.flatMap(({ fingerprint, up, down }) => [
        { fingerprint, kind: 'up', count: up },
        { fingerprint, kind: 'down', count: down },
      ]);
      // Most comments have no thumb: a zero is kept only where there was one.
      await query(
        `INSERT INTO hindsight.feedback (repository, fingerprint, kind, count)
         SELECT $1::bigint, fingerprint, kind, sum(count)
         FROM unnest($2::text[], $3::text[], $4::integer[]) AS given (fingerprint, kind, count)
         GROUP BY fingerprint, kind
         HAVING sum(count) > 0 OR EXISTS (SELECT 1 FROM hindsight.feedback AS kept
           WHERE kept.repository = $1 AND kept.fingerprint = given.fingerprint AND kept.kind = given.kind)
         ON CONFLICT (repository, fingerprint, kind) DO UPDATE SET count = excluded.count, at = now()`,
        [
          repository,
          given.map(({ fingerprint }) => fingerprint),
          given.map(({ kind }) => kind),
          given.map(({ count }) => count),
        ],
      );
    },
    async prune() {
      await query(`DELETE FROM hindsight.deliveries WHERE received < now() - interval '14 days'`);
      await query(`DELETE FROM hindsight.checks WHERE ended < now() - interval '90 days'`);
      await query(`DELETE FROM hindsight.reviews WHERE at < now() - interval '90 days'`);
      await query(`DELETE FROM hindsight.creations WHERE at < now() - interval '1 hour'`);
      await query(`DELETE FROM hindsight.feedback WHERE at < now() - interval '365 days'`);
    },
  };
}
