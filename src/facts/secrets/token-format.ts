/** A credential whose shape its vendor documents. */
export interface TokenFormat {
  readonly id: string;
  readonly provider: string;
  readonly what: string;
  /** Literal that every token holds: what the prefilter looks for. */
  readonly word: string;
  /** The token alone; boundaries are put around it. Every repeat is over one character class: linear. */
  readonly shape: RegExp;
  readonly check?: 'crc32-base62' | 'grafana' | 'jwt';
  /** Default 0.9; lower where such keys may be public by design. */
  readonly confidence?: number;
  readonly docs?: string;
}
