import type { StoreDatabase } from './migrations.ts';

/** Policy files of organisations, as they last were when they held no mistake. */
export interface PolicyStore {
  keep(installation: number, text: string): Promise<void>;
  last(installation: number): Promise<string | undefined>;
}

/** Keeps one text an installation, which is one organisation. */
export function policyStore({ query }: StoreDatabase): PolicyStore {
  return {
    async keep(installation, text) {
      await query(
        `INSERT INTO hindsight.policies AS kept (installation, text) VALUES ($1, $2)
         ON CONFLICT (installation) DO UPDATE SET text = $2, at = now() WHERE kept.text <> $2`,
        [installation, text],
      );
    },
    async last(installation) {
      const [row] = await query<{ text: string }>('SELECT text FROM hindsight.policies WHERE installation = $1', [
        installation,
      ]);
      return row?.text;
    },
  };
}
