import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The key, or what is wrong with it in words. */
export type PrivateKey =
  | { readonly pem: string; readonly fault?: undefined }
  | { readonly pem?: undefined; readonly fault: string };

/**
 * Reads the App's key: takes PRIVATE_KEY (PEM, its newlines possibly written `\n`, or the whole in base64) or the file of
 * PRIVATE_KEY_PATH, and gives it as PKCS#8 PEM. Never throws, and never repeats what it read.
 */
export function readPrivateKey({
  PRIVATE_KEY: inline,
  PRIVATE_KEY_PATH: path,
}: Readonly<Record<string, string | undefined>>): PrivateKey {
  if (inline === undefined && path === undefined) {
    return {
      fault: 'PRIVATE_KEY_PATH is missing: the path of the .pem file of your GitHub App (or its text in PRIVATE_KEY)',
    };
  }
  let text: string;
  if (inline !== undefined) {
    text = inline.includes('-----BEGIN') ? inline.replaceAll('\\n', '\n') : Buffer.from(inline, 'base64').toString();
  } else {
    try {
      text = readFileSync(path as string, 'utf8');
    } catch {
      return { fault: `PRIVATE_KEY_PATH names the file ${path}, which cannot be read` };
    }
  }
  try {
    // GitHub gives PKCS#1 files; signing takes PKCS#8 everywhere.
    return { pem: createPrivateKey(text).export({ type: 'pkcs8', format: 'pem' }).toString() };
  } catch {
    const source = inline !== undefined ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH';
    return { fault: `${source} holds no private key: it must be the .pem file that GitHub gave you, whole` };
  }
}
