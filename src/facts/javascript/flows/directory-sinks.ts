import { constantText } from '../constant-text.ts';
import { propertyOf, unwrap } from '../nodes.ts';
import type { Source } from '../source.ts';
import type { CallSite, Sink } from './sink.ts';
import type { Value } from './value.ts';

const clients = /^(?:new )?(?:ldapjs|ldapts|ldapjs-client|activedirectory2?|ldap-client)\b/;

/** Places that ask a directory: LDAP filters and names of entries are texts, put together. */
export function directorySinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, origin, receiver, args } = call;
  if (!/^(?:search|bind|findUser|findUsers|find|authenticate|compare|modify|del)$/.test(name)) return [];
  if (!clients.test(origin) && !/^ldap(?:Client|js)?$/i.test(receiver) && !isSearchBelow(source, call)) return [];
  const accepts = (value: Value) => value.trust === 'request' && value.built && !value.validated;
  const sink = { kind: 'ldap' as const, label: call.label, at: call.node, accepts };
  return args.slice(0, 2).flatMap((argument) => {
    const target =
      propertyOf(unwrap(argument), 'filter') ?? (argument.type === 'ObjectExpression' ? undefined : argument);
    return target ? [{ ...sink, target }] : [];
  });
}

/** `client.search('ou=people,dc=acme', { filter })`: nothing but a directory has such a base. */
function isSearchBelow(source: Source, { name, args: [base] }: CallSite): boolean {
  return name === 'search' && base !== undefined && /^(?:dc|ou|cn|o)=/i.test(constantText(source.tree, base) ?? '');
}
