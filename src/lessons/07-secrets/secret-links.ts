import type { SecretFact } from '../../facts/secret.ts';
import type { Link } from '../../review/links.ts';

/** The pages that help when a secret is out: where it is revoked, and what its vendor says of it. */
export function linksOf({ revoke, docs }: SecretFact): { readonly links?: readonly Link[] } {
  const links = [
    ...(revoke ? [{ words: 'Revoke it', url: revoke }] : []),
    ...(docs ? [{ words: 'The vendor’s documentation', url: docs }] : []),
  ];
  return links.length > 0 ? { links } : {};
}
