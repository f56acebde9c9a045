/** What is stored beside a password's hash to check it again: its salt is no secret. */
const beside = /hash|derived_?key|iterations|password_?sha|algorithm|digest|pbkdf2|scrypt/i;
const reach = 300;

/**
 * Says whether a name is of the salt of a password's hash that stands beside it, as databases hold and interfaces return it.
 *
 * @param at offset in the text at which the salt is written
 */
export function isSaltOfHash(name: string, text: string, at: number): boolean {
  return /salt$/i.test(name) && beside.test(text.slice(Math.max(0, at - reach), at + reach).replaceAll(name, ''));
}
