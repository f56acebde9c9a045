import { kindOf } from '../../review/paths.ts';
import type { Reader } from '../reader.ts';
import type { SecretFact } from '../secret.ts';
import { scanText } from './scan.ts';

/** Where a password without a shape is nearly always an example. */
const lowered = 0.25;

/** Scans the added lines of every text file. Lock files and vendored code hold hashes, not secrets: provider tokens only. */
export const secretsReader: Reader = {
  id: 'secrets',
  reads: (path) => !/\.(?:png|jpe?g|gif|svg|ico|woff2?|ttf|eot|pdf|zip|gz|map|snap|wasm)$/i.test(path),
  read(file) {
    if (file.after === undefined) return {};
    const kind = kindOf(file.path);
    const facts = scanText(file.path, file.after, new Set(file.added));
    return { secrets: facts.map((fact) => lower(fact, kind)).filter((fact) => fact.confidence >= 0.5) };
  },
};

function lower(fact: SecretFact, kind: ReturnType<typeof kindOf>): SecretFact {
  if (kind === 'vendored' || kind === 'generated')
    return fact.rule === 'provider-token' ? fact : { ...fact, confidence: 0 };
  if (kind === 'test' && fact.rule === 'assigned-secret') return { ...fact, confidence: fact.confidence - lowered };
  return fact;
}
