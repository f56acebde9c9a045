import { classifyName } from './name.ts';
import { classifyValue } from './value.ts';

/** Files that are secrets as a whole, whatever they hold; most are binary and come without text. */
const keyStores =
  /\.(?:jks|keystore|p12|pfx|ppk|kdbx?|ovpn|pkcs12)$|(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.htpasswd|\.pgpass|\.docker\/config\.json|debug\.keystore)$/i;
const stateFiles = /\.tfstate(?:\.backup)?$/i;
const environmentFiles =
  /(?:^|\/)\.env(?:\.(?!example|sample|template|dist|defaults?|test|testing|ci|schema|vault)[\w-]{1,30})?$/i;
const testFolders = /(?:^|\/)(?:__tests__|tests?|fixtures?|testdata|examples?|samples?|docs?)\//i;

/**
 * Says what kind of secret file a path and its text are, if any: a key store, Terraform state, an environment file with real
 * values in it.
 *
 * @param text absent for a binary file
 */
export function secretFileOf(path: string, text: string | undefined): { what: string; confidence: number } | undefined {
  const lowered = testFolders.test(path) ? 0.4 : 0;
  if (keyStores.test(path)) return { what: 'key store or private key file', confidence: 0.8 - lowered };
  if (stateFiles.test(path) && /"(?:resources|outputs)"/.test(text?.slice(0, 200_000) ?? ''))
    return {
      what: 'Terraform state, which holds every secret of its resources in plain text',
      confidence: 0.85 - lowered,
    };
  if (environmentFiles.test(path) && text !== undefined && holdsRealValues(text))
    return { what: 'environment file with real values', confidence: 0.75 - lowered };
  return undefined;
}

/** A secret's name with a value that is no placeholder and no reference. */
function holdsRealValues(text: string): boolean {
  return text
    .slice(0, 100_000)
    .split('\n')
    .some((line) => {
      const found = /^\s{0,20}(?:export\s{1,4})?([A-Za-z_][\w.]{1,80})\s{0,4}=\s{0,4}["']?([^"'\s#]{6,500})/.exec(line);
      if (!found?.[1] || !found[2] || classifyName(found[1]) === 'none') return false;
      // hindsight-ignore-next-line assigned-secret -- a pattern that finds secrets is none
      return ['random', 'password', 'weak'].includes(classifyValue(found[2], found[1]));
    });
}
