/** A candidate of the secrets scanner. The value is not here and cannot be had: only a mask and a keyed hash. */
export interface SecretFact {
  readonly line: number;
  readonly endLine: number;
  readonly rule: string;
  /** `provider token`, `assigned password`, `private key`, `url credentials`, `generic key`, `committed file`, … */
  readonly what: string;
  readonly provider?: string;
  /** Fixed prefix … length, never more; empty for a whole file. */
  readonly mask: string;
  /** Keyed hash, 16 hex characters. */
  readonly hash: string;
  readonly confidence: number;
  readonly revoke?: string;
  readonly docs?: string;
}

/** A secret that another scanner's comment lets through: the check says so. */
export interface SecretAllowance {
  readonly rule: string;
  /** Where the comment stands. */
  readonly line: number;
  /** The comment in its own words: `gitleaks:allow`. */
  readonly by: string;
}
