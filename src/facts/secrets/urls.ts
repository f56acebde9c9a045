/** A URL or connection string that carries a password. Every repeat is over one class and bounded. */
const withUserinfo =
  /\b([a-z][a-z0-9+.-]{1,30}):\/\/([^\s:/@'"`<>{}|\\]{0,100}):([^\s/'"`<>|\\]{3,200})@([^\s/'"`<>|\\:,?)]{1,200})/gi;
const keyValue = /(?:^|[;"'\s?&])(?:password|pwd)\s{0,2}=\s{0,2}([^;"'\s&<>]{3,100})(?=[;"'&]|$)/gi;
const basic = /\bBasic\s+([A-Za-z0-9+/]{12,300}={0,2})/g;

export interface UrlCredential {
  readonly value: string;
  readonly at: number;
  /** A host nobody else reaches: localhost, a compose service, an example domain. */
  readonly local: boolean;
}

/** Finds passwords in URLs, in `Server=…;Password=…` strings and in Basic headers. */
export function credentialsInUrls(line: string): UrlCredential[] {
  const found: UrlCredential[] = [];
  if (line.includes('://')) {
    for (const match of line.matchAll(withUserinfo)) {
      const [whole, , user = '', password = '', host = ''] = match;
      if (/\$|\{|%[sdv]|<|\[|\*{2}|^\.+$/.test(user + password)) continue;
      found.push({
        value: password,
        at: match.index + whole.indexOf(password),
        local: /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|.*\.?example\.|host\b)/.test(host),
      });
    }
  }
  if (/(?:server|host|data source|database|initial catalog|uid|user id|endpoint|jdbc)\s{0,2}[=:]/i.test(line)) {
    for (const match of line.matchAll(keyValue)) found.push({ value: match[1] ?? '', at: match.index, local: false });
  }
  for (const match of line.matchAll(basic)) {
    const text = Buffer.from(match[1] ?? '', 'base64').toString('latin1');
    const colon = text.indexOf(':');
    if (colon > 0 && /^[\x20-\x7e]+$/.test(text))
      found.push({ value: text.slice(colon + 1), at: match.index, local: false });
  }
  return found;
}
